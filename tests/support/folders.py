"""Copies of files that a test may break, and what is then said of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casebook import Fault, FaultError
from casebook.inference.assessment import Engine
from casebook.knowledge_base import load

TINY = Path(__file__).with_name("tiny")
"""A reduced copy of the knowledge: a few findings, one score of two items, six rules, one conflict."""


EXTENSION = Path(__file__).with_name("extension")
"""What a clinician might add: three findings, an action, a rule and two scores, as text to be added to the knowledge."""


class Folder:
    """A folder of text files, edited by a passage and its replacement."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def copied(cls, source: Path, target: Path) -> Folder:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        return cls(target)

    def edit(self, file: str, old: str, new: str) -> int:
        """Replace the one place where `old` stands; return the line where `new` begins."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    @contextmanager
    def broken(self, *files: str) -> Iterator[None]:
        """Let a test do anything to some files; put back what they held, or take away what was not there."""
        paths = [self.path / file for file in files]
        held = [path.read_bytes() if path.exists() else None for path in paths]
        try:
            yield
        finally:
            for path, raw in zip(paths, held, strict=True):
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                path.unlink(missing_ok=True)
                if raw is not None:
                    path.write_bytes(raw)

    def write(self, file: str, text: str) -> None:
        """Make a file, or make it anew."""
        (self.path / file).write_text(text, encoding="utf-8")

    def append(self, file: str, new: str) -> int:
        """Add text at the end; return the line where it begins."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text + new, encoding="utf-8")
        return text.count("\n") + 1

    def extend(self) -> None:
        """Add the extension to a copy of the knowledge: entries at the end of their files, and files of their own."""
        for name, file in (("findings", "findings"), ("actions", "actions"), ("rules", "rules/prognosis")):
            self.append(f"{file}.yml", (EXTENSION / f"{name}.yml").read_text(encoding="utf-8"))
        shutil.copytree(EXTENSION / "scores", self.path / "scores", dirs_exist_ok=True)

    def lines(self, file: str, first: str) -> range:
        """Return the lines of the list entry that begins with `first`, up to the next one as deep."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        start = next(place for place, line in enumerate(lines) if line.strip().startswith(first))
        depth = re.match(r" *", lines[start])[0]
        later = (place for place in range(start + 1, len(lines)) if re.match(rf"{depth}(- |\S)", lines[place]))
        return range(start + 1, next(later, len(lines)) + 1)

    def engine(self) -> Engine:
        return Engine(load(self.path))

    def faults(self) -> list[Fault]:
        """Return what is wrong with the folder as knowledge."""
        try:
            load(self.path)
        except FaultError as error:
            return list(error.faults)
        return []

    def fault(self) -> Fault:
        """Return the one thing that is wrong with the folder."""
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults)) or "nothing was found to be wrong"
        return faults[0]


def place(fault: Fault) -> tuple[str, int]:
    """Return the name of the file and the line that a fault names."""
    path, line, _ = fault.where.rsplit(":", 2)
    return Path(path).name, int(line)
