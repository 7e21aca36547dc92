"""Worked cases: loaded, checked, and written."""

from casebook.cases.case import Case, load_case

__all__ = ["Case", "load_case"]
