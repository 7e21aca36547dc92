"""Plain data, as read from YAML or JSON."""

from __future__ import annotations

from typing import TypeAlias

Data: TypeAlias = "str | float | bool | list[Data] | dict[str, Data] | None"

KeyPath = tuple[str | int, ...]
"""The keys and indices that lead from the root of a document to a value."""
