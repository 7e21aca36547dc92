"""The patient of whom a question is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Patient:
    """Whom a question is asked of.

    Parameters
    ----------
    findings : mapping
        What is known.
    stated : mapping of finding id to option id or None
        What a source states of each finding, None where it leaves it open; empty without a case.
    """

    def __init__(self, findings: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
        self.findings = findings
        self.stated = stated
