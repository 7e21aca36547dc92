"""The error of a room that cannot be started."""


class CannotStartError(Exception):
    """Raised if a room cannot be started; the message gives the reason and the remedy."""
