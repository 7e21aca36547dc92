"""The catalogue of all sentences and labels of the interface, and its renderer."""

from casebook.messages.renderer import message, message_parts

__all__ = ["message", "message_parts"]
