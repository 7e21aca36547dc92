"""Plain data, as YAML and JSON hold it."""

from __future__ import annotations

from typing import TypeAlias

Data: TypeAlias = "str | float | bool | list[Data] | dict[str, Data] | None"
