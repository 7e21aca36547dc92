"""Directives that print parts of the knowledge in pages of the book."""
