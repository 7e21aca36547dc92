"""What every process of the tests does first."""

from __future__ import annotations

import gc

# Garbage is collected seldom: what the tests hold is large, and little of it is garbage.
gc.set_threshold(10_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look for no garbage in what lives to the end: modules, knowledge, thousands of collected tests."""
    gc.freeze()
