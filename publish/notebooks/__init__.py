"""Execution of the book's notebooks, with outputs stored as the book needs them."""

from publish.notebooks.execution import client, run, store

__all__ = ["client", "run", "store"]
