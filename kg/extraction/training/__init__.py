"""Annotated corpora in, the packaged language model out. Needs the extra ``train``; not imported at run time."""
