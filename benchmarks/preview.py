"""From the saving of a case file to the change on the screen, while `make serve` runs on a copy of the whole book.

Each turn writes another sentence into the vignette, another value into a finding, and waits until an open page of the
case shows both. The next turn begins when the preview has warmed its next kernel: an editor pauses, too.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure, spread
from benchmarks.setting import ROOT, Setting

BUDGET = 5000.0
TURNS = 7
PAUSE = 15
CASE = "colon-s1"
PATIENCE = 120_000
SHOWN = """([words, points]) => document.querySelector('.casebook-vignette')?.textContent.includes(words)
  && document.querySelector('[data-score="sins"]')?.dataset.low === points"""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield how long an edit takes to be seen."""
    with TemporaryDirectory() as folder, previewed(Path(folder)) as address, setting.browser() as browser:
        case = Path(folder) / "cases" / f"{CASE}.yml"
        text = case.read_text("utf-8")
        page = browser.new_page()
        page.goto(f"{address}cases/{CASE}.html")
        taken = []
        for turn in range(TURNS):
            time.sleep(PAUSE)
            pain, points = (("mechanical", "11"), ("occasional", "9"))[turn % 2]
            words = f"He is seen for the {turn}th time."
            edited = text.replace("value: occasional", f"value: {pain}").replace("A man of 78", f"{words} A man of 78")
            if pain == "mechanical":  # the published total is another, and so is what a question asks for
                edited = edited.replace("sins: {total: 9,", "sins: {total: 11,").replace("sins == 6", "sins == 8")
            began = time.perf_counter()
            case.write_text(edited, "utf-8")
            page.wait_for_function(SHOWN, arg=[words, points], timeout=PATIENCE)
            taken.append((time.perf_counter() - began) * 1000)
    yield Figure("a case saved → seen, median", median(taken), "ms", BUDGET, {"turns": taken, **spread(taken)})
    yield Figure("a case saved → seen, slowest", max(taken), "ms", BUDGET)


@contextmanager
def previewed(folder: Path) -> Iterator[str]:
    """Copy the book into a folder, serve it as ``make serve`` does, and give its address."""
    for name in ("book", "cases"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(ROOT / name, folder)
    for notebook in folder.rglob("*.ipynb"):
        notebook.touch()
    command = [sys.executable, "-m", "publish.preview", "--port", "0", "--book", folder]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield found[0]
                return
        raise SystemExit("The preview did not start.")
    finally:
        server.terminate()
        server.wait()
