"""Notebooks of the book: run again, with their outputs stored as the book needs them."""
