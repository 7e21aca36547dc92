"""Writing of files without loss: completely or not at all, and over an existing file only on request."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from casebook.messages import message

BOM = b"\xef\xbb\xbf"


def write(path: str | Path, content: str | bytes, *, replace: bool = False) -> None:
    r"""Write a file atomically: a reader finds the old or the new content, even after a crash.

    Parameters
    ----------
    path : str or Path
        A link is followed; the file it leads to keeps its permissions.
    content : str or bytes
        Text is stored as UTF-8; its line endings are kept.
    replace : bool
        Whether an existing file may be replaced.

    Raises
    ------
    FileExistsError
        If the file exists and may not be replaced.
    OSError
        If the folder is missing or cannot be written to; nothing is changed.
    """
    path = Path(path).resolve()
    if not replace and path.exists():
        raise FileExistsError(17, message("file-exists"), str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            Path(name).chmod(_mode(path))
            os.fsync(file.fileno())
        if replace:
            Path(name).replace(path)
        else:
            _move_to_free_name(name, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
    _flush_folder(path.parent)


def edit_yaml(path: str | Path, change: Callable[[Any], None]) -> None:
    """Change a YAML file; its comments, order, quotes, indentation and line endings are kept.

    Parameters
    ----------
    path : str or Path
    change : callable
        Receives the mapping or list in the file and modifies it in place.

    Raises
    ------
    FaultError
        If the file cannot be read as YAML. The file is not changed.
    OSError
        If it cannot be written.
    """
    # Imported here because `write` is also used where no YAML package is installed.
    from ruamel.yaml import YAML, util

    from casebook.diagnostics.document import parse

    path = Path(path)
    raw = path.read_bytes()
    parse(raw, path)
    text = raw.decode("utf-8-sig")
    line_ending = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    _, indent, offset = cast("tuple[object, int | None, int | None]", util.load_yaml_guess_indent(text, yaml=YAML()))
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=indent or 2, offset=offset or 0)
    data = yaml.load(text)
    change(data)
    written = io.StringIO()
    yaml.dump(data, written)
    new = (BOM if raw.startswith(BOM) else b"") + written.getvalue().replace("\n", line_ending).encode("utf-8")
    parse(new, path)
    write(path, new, replace=True)


def _mode(path: Path) -> int:
    """Return the permissions of the file at `path`, or those that a new file gets."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _move_to_free_name(name: str, path: Path) -> None:
    try:
        path.hardlink_to(name)  # unlike a rename, a link fails if the name was taken in the meantime
    except FileExistsError:
        raise FileExistsError(17, message("file-exists"), str(path)) from None
    except OSError:  # a file system without hard links
        Path(name).replace(path)


def _flush_folder(folder: Path) -> None:
    """Flush the folder to disk, so that the new name survives a crash; not possible, and not needed, on Windows."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
