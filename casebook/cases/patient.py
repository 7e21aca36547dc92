"""The patient that a quiz question is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Patient:
    """The findings of the patient that a quiz question is about.

    Parameters
    ----------
    findings : mapping
        The known findings.
    stated : mapping of finding id to option id or None
        The value that a source states for each finding, or None where no source does; empty without a case.
    """

    def __init__(self, findings: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
        self.findings = findings
        self.stated = stated
