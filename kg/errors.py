"""The errors a user can meet, as one small tree. Each message is one line that says what to do next."""


class KgError(Exception):
    """Anything that went wrong in a way the user can mend. The message is shown as it is, without a traceback."""


class UsageError(KgError):
    """The call itself was wrong: a query that does not exist, a format nobody knows (exit code 2)."""


class Refused(KgError):  # noqa: N818 - the word of the design: inputs are read or refused
    """An input that can't be read, with the reason. A batch goes on without it."""


class StoreError(KgError):
    """The store can't be opened or written."""


class OntologyError(KgError):
    """A file of ``ontologies/`` says something that can't be used."""
