"""Writers to be killed: for each line on standard input a process that writes until it dies; see test_files.

With a file, it is written again and again; with the words of a command, the tool runs once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from casebook.diagnostics import files

CONTENTS = tuple(f"# {word}\n" * 40_000 for word in ("old", "new"))
"""Two contents of different bytes, each larger than one write of the system."""


def write_for_ever(path: Path) -> None:
    """Write one content after the other; print the number of the process once the first stands."""
    files.write(path, CONTENTS[0], replace=True)
    print(os.getpid(), flush=True)
    while True:
        for content in reversed(CONTENTS):
            files.write(path, content, replace=True)


def run_tool(words: list[str]) -> None:
    """Print the number of the process and run the tool, which says nothing."""
    from casebook.cli import app

    print(os.getpid(), flush=True)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    app(words)


def think_before() -> None:
    """Read and compile what the tool needs before it writes, so that kills fall where it writes."""
    import casebook.cli

    assert casebook.cli.app
    casebook.assess({})


if __name__ == "__main__":
    first, *words = sys.argv[1:]
    if words:
        think_before()
    print("ready", flush=True)
    for _ in iter(sys.stdin.readline, ""):
        writer = os.fork()
        if not writer:
            run_tool([first, *words]) if words else write_for_ever(Path(first))
        sys.stdin.readline()  # until then whoever ended keeps its number, and no other is killed for it
        _, status = os.waitpid(writer, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
