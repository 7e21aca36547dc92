"""The command `python -m publish.lite [folder]`, which builds the editor into the built book."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.distribution.extras import required_by
from casebook.messages import message

with required_by("python -m publish.lite", __name__):
    from publish.lite.site import ROOT, build

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m publish.lite", description=message("lite-command"))
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "_build" / "html", help=message("lite-book"))
    folder = build(parser.parse_args().book.resolve())
    print(message("lite-built", folder=str(folder)))
