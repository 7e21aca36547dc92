"""Notebooks of the book: run again, with their outputs stored as the book needs them."""

from publish.notebooks.execution import client, run, store

__all__ = ["client", "run", "store"]
