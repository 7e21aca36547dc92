"""Worked cases: loading, validation and authoring."""

from casebook.cases.case import Case, load_case

__all__ = ["Case", "load_case"]
