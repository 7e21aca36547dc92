"""What an editor waits for: everything checked, and what one edit means, each from a new process."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figure import Figure, spread
from benchmarks.setting import ROOT, Setting
from casebook.knowledge_base import FOLDER

RUNS = 5
BUDGET = 10.0
EDIT = ("scores/sins.yml", '"not mechanical", points: 1', '"not mechanical", points: 2')
"""An edit on which most actions hang."""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the time of each command."""
    with tempfile.TemporaryDirectory() as place:
        edited = Path(place) / "knowledge"
        shutil.copytree(FOLDER, edited)
        file, old, new = EDIT
        text = (edited / file).read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"“{old}” no longer stands once in {file}")
        (edited / file).write_text(text.replace(old, new), "utf-8")
        diffs = [timed("diff", str(FOLDER), str(edited), code=1) for _ in range(RUNS)]
    checks = [timed("check", code=0) for _ in range(RUNS)]
    yield Figure("casebook diff, points of one item changed", median(diffs), "s", BUDGET, spread(diffs))
    yield Figure("casebook check, the whole book", median(checks), "s", None, spread(checks))


def timed(*words: str, code: int) -> float:
    """Run a command; return how long it took, in seconds."""
    began = perf_counter()
    ran = subprocess.run([sys.executable, "-m", "casebook.cli", *words], cwd=ROOT, capture_output=True, check=False)
    if ran.returncode != code:
        raise RuntimeError(f"casebook {' '.join(words)} ended with {ran.returncode}: {ran.stderr.decode()}")
    return perf_counter() - began
