"""Directives that print the knowledge in pages of prose."""
