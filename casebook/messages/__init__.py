"""Every sentence and label that a reader meets: one catalogue, and what fills it in."""

from casebook.messages.renderer import message, message_parts

__all__ = ["message", "message_parts"]
