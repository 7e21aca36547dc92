"""Writing files so that nothing is lost: whole or not at all, and never over what is there unasked."""

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
    r"""Write a file whole: whoever reads it, even after a crash, finds the old content or the new.

    Parameters
    ----------
    path : str or Path
        A link is followed; the file it leads to keeps its permissions.
    content : str or bytes
        Text is stored as UTF-8, its line ends as they are.
    replace : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    FileExistsError
        If a file is there and may not be replaced.
    OSError
        If the folder is missing or cannot be written to; nothing is changed then.
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
            _move_to_free_place(name, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
    _keep_name(path.parent)


def edit_yaml(path: str | Path, change: Callable[[Any], None]) -> None:
    """Change a YAML file; its comments, order, quotes, indentation and line ends stay.

    Parameters
    ----------
    path : str or Path
    change : callable
        Gets the mapping or list that the file holds, and changes it in place.

    Raises
    ------
    FaultError
        If the file cannot be read as YAML. It is left as it is.
    OSError
        If it cannot be written.
    """
    # Only this function needs YAML; `write` is also for those who have none.
    from ruamel.yaml import YAML, util

    from casebook.diagnostics.document import parse

    path = Path(path)
    raw = path.read_bytes()
    parse(raw, path)
    text = raw.decode("utf-8-sig")
    ends = "\r\n" if "\r\n" in text else "\n"
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
    new = (BOM if raw.startswith(BOM) else b"") + written.getvalue().replace("\n", ends).encode("utf-8")
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


def _move_to_free_place(name: str, path: Path) -> None:
    try:
        path.hardlink_to(name)  # unlike a rename, it fails if someone was quicker
    except FileExistsError:
        raise FileExistsError(17, message("file-exists"), str(path)) from None
    except OSError:  # a file system without links
        Path(name).replace(path)


def _keep_name(folder: Path) -> None:
    """Make the new name as lasting as the content; Windows cannot, and need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
