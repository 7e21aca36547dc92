"""Data models of the knowledge and of cases."""
