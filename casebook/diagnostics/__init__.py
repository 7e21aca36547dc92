"""Diagnostics: where something is wrong, what it is, and what would be right; and the files in which it is."""
