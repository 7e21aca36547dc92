"""Build the editor into the built book: `python -m publish.lite [folder]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.extras import required_by
from casebook.messages import message

with required_by("python -m publish.lite", __name__):
    from publish.lite.site import ROOT, build

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m publish.lite", description=__doc__)
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "_build" / "html", help=message("lite-help-book"))
    print(message("lite-ready", folder=str(build(parser.parse_args().book.resolve()))))
