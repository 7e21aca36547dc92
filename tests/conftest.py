"""What every process of the tests does first."""

from __future__ import annotations

import gc

import pytest

# Garbage is collected seldom: what the tests hold is large, and little of it is garbage.
gc.set_threshold(10_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look for no garbage in what lives to the end: modules, knowledge, thousands of collected tests."""
    gc.freeze()


LONGEST, WAITING = "test_accessibility.py", ("/tests/room/", "/tests/notebooks/", ".ipynb")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what waits more than it works, for a server or a kernel, while another process has the longest work to do."""

    def turn(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return 0 if path.endswith(LONGEST) else 1 if any(part in path for part in WAITING) else 2

    items.sort(key=turn)
