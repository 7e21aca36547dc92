"""The knowledge as a whole: loaded, checked and held."""

from casebook.knowledge_base.library import Knowledge, knowledge, load

__all__ = ["Knowledge", "knowledge", "load"]
