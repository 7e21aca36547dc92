"""The version of the casebook; pyproject.toml reads it from here."""

__version__ = "0.2.0"
