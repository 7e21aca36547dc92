"""The knowledge as a whole: loaded, validated and cached."""

from casebook.knowledge_base.loader import FOLDER, Loader, knowledge, load
from casebook.knowledge_base.model import Knowledge

__all__ = ["FOLDER", "Knowledge", "Loader", "knowledge", "load"]
