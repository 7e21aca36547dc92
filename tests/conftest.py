"""What every process of the tests does first, and the built book for all that look at it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from built import built

# Garbage is collected seldom: what the tests hold is large, and little of it is garbage.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """Look for no garbage in what lives to the end: modules, knowledge, thousands of collected tests."""
    gc.freeze()


FIRST = ("/test_parity_explain.py", "/unit/notebooks/", "/unit/classroom/", "/test_parity.py", ".ipynb")

pytest_plugins = ["browser_fixtures"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what waits much, for a server or a kernel, while another process compares page and Python, busy on both."""

    def turn(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((place for place, part in enumerate(FIRST) if part in path), len(FIRST))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def book(request: pytest.FixtureRequest) -> Path:
    """The folder of the built book."""
    return built(request.session)
