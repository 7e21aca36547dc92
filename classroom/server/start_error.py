"""The error of a room that cannot be started."""


class CannotStartError(Exception):
    """A room cannot be started; the message says why and what would help."""
