"""Where the rulebook comes from: the file beside the knowledge, or a compilation where that is out of date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from casebook.diagnostics import files
from casebook.inference.compiler import Compiler, variables
from casebook.inference.roots import compiled_roots, flattened
from casebook.inference.rulebook import Rulebook
from casebook.inference.rulebook_file import FORMAT, Json, decoded, encoded, text
from casebook.inference.sifting import sifted
from casebook.knowledge_base import Knowledge

NAME = "rulebook.json"

WORTH_SIFTING = 0.1
"""The share of nodes that another order must save to be worth the command."""


@lru_cache(maxsize=16)
def rulebook_of(knowledge: Knowledge) -> Rulebook:
    """Return the rulebook of the knowledge: from its file, or compiled where that is out of date."""
    given = _read(path_of(knowledge))
    if given is not None and _is_of(knowledge, given):
        with suppress(LookupError, TypeError, ValueError, StopIteration):
            return decoded(given, knowledge)
    return compiled(knowledge, given["names"] if given else ())


def compiled(knowledge: Knowledge, order: Sequence[str] = ()) -> Rulebook:
    """Compile the whole knowledge.

    Parameters
    ----------
    knowledge : Knowledge
    order : sequence of str
        Names of variables, from the first level down; others follow.
    """
    compiler = Compiler(knowledge, variables(knowledge, order))
    return Rulebook(knowledge, compiler.variables, compiler.diagrams, compiled_roots(compiler))


def path_of(knowledge: Knowledge) -> Path:
    """Return where the rulebook of the knowledge is kept."""
    return knowledge.folder / NAME


def is_current(knowledge: Knowledge) -> bool:
    """Return whether the file holds the rulebook of the knowledge."""
    given = _read(path_of(knowledge))
    return given is not None and _is_of(knowledge, given)


def renew(knowledge: Knowledge, sift: bool = False) -> tuple[Path | None, float]:
    """Write the rulebook if its file is out of date.

    Parameters
    ----------
    knowledge : Knowledge
    sift : bool
        Whether the order of the variables is sought anew.

    Returns
    -------
    path : Path or None
        The file, if it was written.
    saving : float
        The share of nodes that another order would save, if it was.
    """
    path, before = path_of(knowledge), _read(path_of(knowledge))
    order = before["names"] if before else ()
    rulebook = compiled(knowledge, order)
    if not sift and before is not None and text(encoded(rulebook)) == path.read_text("utf-8"):
        return None, 0.0
    better, size = better_order(rulebook)
    saving = 1 - size / len(rulebook.nodes)
    if sift:
        rulebook, saving = compiled(knowledge, better), 0.0
    files.write(path, text(encoded(rulebook)), replace=True)
    return path, saving


def better_order(rulebook: Rulebook) -> tuple[list[str], int]:
    """Return the names of the variables in a better order, and how many nodes there are then."""
    levels, size = sifted(rulebook.diagrams, flattened(rulebook.roots))
    return [rulebook.names[level] for level in levels], size


def _read(path: Path) -> Json | None:
    with suppress(OSError, ValueError, LookupError, TypeError):
        given: Json = json.loads(path.read_bytes())
        if given["format"] == FORMAT:
            return given
    return None


def _is_of(knowledge: Knowledge, given: Json) -> bool:
    return given["fingerprint"] == knowledge.fingerprint
