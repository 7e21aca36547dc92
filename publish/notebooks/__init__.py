"""Execution of the book's notebooks, with outputs stored as the book needs them."""
