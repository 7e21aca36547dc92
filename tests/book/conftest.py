"""The built book, for tests that read its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import built


@pytest.fixture(scope="session")
def book(request: pytest.FixtureRequest) -> Path:
    """The folder of the built book."""
    return built(request.session)
