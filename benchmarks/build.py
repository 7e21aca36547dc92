"""A clean build of the book, as a reader's first ``make build`` does it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figure import Figure, spread
from benchmarks.setting import ROOT, Setting

BUDGET = 60.0
BUILDS = 3


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the seconds of a build that finds nothing built before."""
    times = [clean_build() for _ in range(BUILDS)]
    yield Figure("clean build of the book, median", median(times), "s", BUDGET, spread(times))


def clean_build() -> float:
    """Build the book into an empty folder and return the seconds it took."""
    command = Path(sys.executable).with_name("jupyter-book")
    with tempfile.TemporaryDirectory() as output:
        began = perf_counter()
        done = subprocess.run(
            [command, "build", ROOT, "--path-output", output, "--all", "--quiet"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = perf_counter() - began
    if done.returncode:
        raise SystemExit(f"The book does not build:\n{done.stderr}")
    return seconds
