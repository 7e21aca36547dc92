"""Writers to be killed: for each line on standard input a process that writes until it dies; see test_files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from casebook import files

CONTENTS = tuple(f"# {word}\n" * 40_000 for word in ("old", "new"))
"""Two contents of different bytes, each larger than one write of the system."""


def write_for_ever(path: Path) -> None:
    """Write one content after the other; print the number of the process once the first stands."""
    files.write(path, CONTENTS[0], replace=True)
    print(os.getpid(), flush=True)
    while True:
        for content in reversed(CONTENTS):
            files.write(path, content, replace=True)


if __name__ == "__main__":
    for _ in sys.stdin:
        writer = os.fork()
        if not writer:
            write_for_ever(Path(sys.argv[1]))
        _, status = os.waitpid(writer, 0)
        print(os.WTERMSIG(status), flush=True)
