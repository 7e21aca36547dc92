"""The command `python -m publish.lite [folder]`, which builds the editor into the built book."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from casebook.distribution.extras import required_by
from casebook.messages import message

with required_by("python -m publish.lite", __name__):
    # First what only the editor needs, so that its extra is named, which brings what the book needs as well.
    import_module("jupyterlite_pyodide_kernel")
    from publish.lite.site import ROOT, build

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m publish.lite", description=message("lite-command"))
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "_build" / "html", help=message("lite-book"))
    folder = build(parser.parse_args().book.resolve())
    print(message("lite-built", folder=str(folder)))
