"""The explorer: pages on which a fact, its sentence and its speaker are one click apart. See :mod:`kg.explorer.rooms`.

The pages are written on the server (Jinja2, everything escaped) and work without a script; one small script of our own
makes them quicker to use. So the policy for scripts is as strict as can be, every view has a plain address, and nothing
is fetched from anywhere else.
"""
