"""Nothing that is written is lost: whole or not at all, and never over what is there unasked."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import writer

from casebook import FaultError
from casebook.cases.case import case_of
from casebook.diagnostics import files
from casebook.diagnostics.document import read


def test_a_new_file_holds_what_was_written_and_nothing_else_is_left(tmp_path):
    files.write(tmp_path / "a.yml", "pain: none\r\n")
    assert (tmp_path / "a.yml").read_bytes() == b"pain: none\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path):
    (tmp_path / "a.yml").write_text("old")
    with pytest.raises(FileExistsError):
        files.write(tmp_path / "a.yml", "new")
    assert (tmp_path / "a.yml").read_text() == "old"
    files.write(tmp_path / "a.yml", "new", replace=True)
    assert (tmp_path / "a.yml").read_text() == "new"


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(tmp_path, monkeypatch):
    (tmp_path / "a.yml").write_text("theirs")
    monkeypatch.setattr(Path, "exists", lambda path: False)
    with pytest.raises(FileExistsError):
        files.write(tmp_path / "a.yml", "mine")
    assert (tmp_path / "a.yml").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_where_the_system_knows_no_links_a_file_is_written_all_the_same(tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    files.write(tmp_path / "a.yml", "new")
    assert (tmp_path / "a.yml").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_permissions_stay_and_a_link_stays_a_link(tmp_path):
    real = tmp_path / "real.yml"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "link.yml").symlink_to(real)
    files.write(tmp_path / "link.yml", "new", replace=True)
    assert (tmp_path / "link.yml").is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch, step):
    def full(*_):
        raise OSError(28, "No space left on device")

    (tmp_path / "a.yml").write_text("old")
    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(OSError, match="No space"):
        files.write(tmp_path / "a.yml", "new", replace=True)
    assert (tmp_path / "a.yml").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


# editing


EDITED = """\
# Head.
root: book/introduction   # where it starts
parts:
  - caption: 'Cases'  # the patients

    chapters:
      # oldest first
      - file: cases/colon-s1
  - caption: "Scores"
    chapters: [{file: book/scores/sins, title: SINS}]
# Foot.
"""


def add(data):
    data["parts"][0]["chapters"].append({"file": "cases/mine"})


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", files.BOM])
def test_an_edit_adds_its_line_and_keeps_comments_order_quotes_and_line_ends(tmp_path, ends, mark):
    path = tmp_path / "_toc.yml"
    path.write_bytes(mark + EDITED.replace("\n", ends).encode())
    files.edit_yaml(path, add)
    expected = EDITED.replace("cases/colon-s1\n", "cases/colon-s1\n      - file: cases/mine\n")
    assert path.read_bytes() == mark + expected.replace("\n", ends).encode()


@pytest.mark.parametrize("name", ["_toc.yml", "_config.yml", "cases/colon-s1.yml", "cases/endometrial-ilium.yml"])
def test_an_edit_that_changes_nothing_changes_no_byte(root, tmp_path, name):
    path = tmp_path / "copy.yml"
    shutil.copy(root / name, path)
    files.edit_yaml(path, lambda data: None)
    assert path.read_bytes() == (root / name).read_bytes()


@pytest.mark.parametrize("broken", ["parts: [", "a: 1\na: 2\n", "a: !new 1\n", "\tparts: 1\n", "a: \x00\n"])
def test_a_file_that_cannot_be_read_is_never_written_again(tmp_path, broken):
    path = tmp_path / "_toc.yml"
    path.write_text(broken)
    with pytest.raises(FaultError):
        files.edit_yaml(path, add)
    assert path.read_text() == broken


# killed


class Writers:
    """Processes that write, one after the other, each until it is killed or has ended."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, writer.__file__, *words]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.parent = subprocess.Popen(command, cwd=folder, **streams, text=True, bufsize=1)
        assert self.parent.stdout.readline() == "ready\n"

    def __enter__(self) -> Writers:
        return self

    def __exit__(self, *_: object) -> None:
        with self.parent:
            self.parent.stdin.close()

    def killed_after(self, seconds: float) -> int:
        """Let one write for so long and kill it; return how it ended."""
        process = self._begin()
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        return self._end()

    def ended(self) -> int:
        """Let one write to its end; return how it ended."""
        self._begin()
        return self._end()

    def _begin(self) -> int:
        self.parent.stdin.write("next\n")
        return int(self.parent.stdout.readline())

    def _end(self) -> int:
        self.parent.stdin.write("wait\n")
        return int(self.parent.stdout.readline())


def test_whoever_writes_is_killed_at_any_moment_and_the_file_is_whole(tmp_path):
    chance = random.Random("kill")
    path = tmp_path / "case.yml"
    seen = set()
    with Writers(tmp_path, str(path)) as writers:
        for _ in range(190):
            assert writers.killed_after(chance.uniform(0, 0.012)) == -signal.SIGKILL
            seen.add(writer.CONTENTS.index(path.read_text()))
    assert seen == {0, 1}, "no kill fell between two writes"


def test_the_tool_is_killed_at_any_moment_and_its_files_are_whole(root, tmp_path):
    (tmp_path / "cases").mkdir()
    shutil.copy(root / "_toc.yml", tmp_path / "_toc.yml")
    old = (tmp_path / "_toc.yml").read_text()
    chance = random.Random("kill the tool")
    words = "new mine --yes --title Mine --teaches Nothing. --vignette Pain. --treatment None. --outcome Unknown."
    with Writers(tmp_path, *words.split(), "--source", "mika2018: l. 1") as tools:
        began = time.monotonic()
        assert tools.ended() == 0
        whole = time.monotonic() - began
        new = (tmp_path / "_toc.yml").read_text()
        assert new != old
        for _ in range(10):
            for path in (tmp_path / "cases").iterdir():
                path.unlink()
            (tmp_path / "_toc.yml").write_text(old)
            assert tools.killed_after(chance.uniform(0.3, 1.0) * whole) in (0, -signal.SIGKILL)
            assert (tmp_path / "_toc.yml").read_text() in (old, new)
            if (tmp_path / "cases" / "mine.yml").exists():
                assert case_of(read(tmp_path / "cases" / "mine.yml"), "mine").title == "Mine"
