"""Quiz questions and their answer keys."""
