"""The one error of the embedded servers: a sentence the operator can act on."""


class CannotStart(Exception):
    """Says in Chinese why a server cannot run here and what to do about it."""
