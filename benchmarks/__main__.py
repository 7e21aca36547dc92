"""Run the benchmarks, print a table, and keep the figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.setting import ROOT, Setting

MEASUREMENTS = ("bytes", "live", "change", "assess", "cohort", "editing", "mutants", "preview", "room", "build")
APART = ("lite",)
"""What is measured only when it is named, because it needs more than the book."""

WITHOUT_BOOK = {"assess", "cohort", "editing", "mutants", "preview", "room"}
RESULTS = Path(__file__).with_name("results")
HEAD = ("figure", "measured", "budget", "holds")


def main() -> None:
    """Read the command line and run what it asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="name",
        help=f"some of: {', '.join(MEASUREMENTS + APART)}; default all but {', '.join(APART)}",
    )
    parser.add_argument("--book", type=Path, default=ROOT / "_build/html", help="the built book")
    arguments = parser.parse_args()
    wrong = set(arguments.names).difference(MEASUREMENTS, APART)
    if wrong:
        parser.error(f"there is no {' or '.join(sorted(wrong))}; one of {', '.join(MEASUREMENTS + APART)}")
    setting = Setting(book=arguments.book.resolve(), cache=ROOT / "_build/benchmarks")
    needs_book = not arguments.names or set(arguments.names) - WITHOUT_BOOK
    if needs_book and not (setting.book / setting.page).exists():
        parser.error(f"{setting.book / setting.page} is missing: build the book first (make build)")
    figures = list(run(arguments.names or MEASUREMENTS, setting))
    print(f"\nKept in {keep(figures).relative_to(ROOT)}")
    failed = [figure.name for figure in figures if figure.holds is False]
    if failed:
        print(f"Over budget: {'; '.join(failed)}")


def run(names: Iterable[str], setting: Setting) -> Iterable[Figure]:
    """Run measurements by name, printing each figure as soon as it is known."""
    print_row(HEAD)
    print_row(("-" * 60, "-" * 14, "-" * 14, "-" * 5))
    for name in names:
        for figure in import_module(f"benchmarks.{name}").measure(setting):
            print_row(figure.row())
            yield figure


def print_row(row: tuple[str, str, str, str]) -> None:
    """Print one line of the table, at once."""
    name, measured, budget, holds = row
    print(f"{name:<60} | {measured:>14} | {budget:>14} | {holds}", flush=True)


def keep(figures: Iterable[Figure]) -> Path:
    """Write figures and machine to a new file, and return its path."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now().astimezone()
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}.json"
    machine = {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }
    record = {
        "date": now.isoformat(timespec="seconds"),
        "machine": machine,
        "figures": [figure.to_dict() for figure in figures],
    }
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
