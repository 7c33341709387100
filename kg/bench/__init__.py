"""What we claim, measured: articles in, figures out."""
