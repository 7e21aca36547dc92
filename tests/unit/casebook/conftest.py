"""What the tests of the engine share."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import TINY, Folder
from hypothesis import HealthCheck, settings

settings.register_profile(
    "casebook", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("casebook")


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """A small folder of knowledge that a test may break."""
    return Folder.copied(TINY, tmp_path / "knowledge")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[3]
