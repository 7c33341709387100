"""Annotated corpora in, the packaged language model out. Needs the extra ``train``; nothing here is imported at run time."""
