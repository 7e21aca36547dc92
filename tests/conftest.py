"""What every process of the tests does first."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and never look for it in what lives to the end: modules, knowledge, collected tests."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
