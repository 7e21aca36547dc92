"""The book in a pseudo-language, which shows the texts that cannot be translated: `python -m publish.pseudo`.

A copy of the project in which every letter of the catalogue, of the YAML files and of the pages' prose has an accent.
Any text on its pages without accents is written in code.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML

from casebook.messages import store

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "_build" / "pseudo"
COPIED = ("book", "cases", "casebook", "classroom", "publish", "widgets")
ROOT_FILES = ("_config.yml", "_toc.yml", "package.json", "tsconfig.json")

PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ACCENTED = "ÁƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽáƀçđéƒĝĥîĵķļṁñöþǫŕšţûṽŵẋýž"
LETTERS = str.maketrans(PLAIN, ACCENTED)

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
MARKDOWN = re.compile(r"\{[\w:]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|<[^>]*>|^(?:`{3}|:).*$", re.MULTILINE)
"""The parts of prose that are not changed: roles and code, the targets of links, tags, the marks of directives."""

WITHOUT_TEXT = frozenset(["figure.yml", "synonyms.yml"])
"""Files of ids and of words that readers type, with nothing that they read."""

TEXTS = frozenset(
    (
        "text",
        "label",
        "note",
        "title",
        "short",
        "feedback",
        "help",
        "reading",
        "say",
        "question",
        "ask",
        "meaning",
        "error",
        "definition",
        "phrase",
        "resolution",
        "topic",
        "caption",
        "answer",
        "measures",
        "range",
        "direction",
        "in_book",
        "unverified",
        "agree",
        "lead",
        "sentences",
        "first",
        "aims",
        "teaches",
        "vignette",
        "otherwise",
        "name",
        "against",
        "convention",
        "statistic",
    )
)
"""Keys of the YAML files with prose."""

SOURCES = frozenset({"source", "sources", "authority"})
"""Keys under which each citation has a locator."""


def accented(text: str, plain: re.Pattern[str] = PLACEHOLDER) -> str:
    """Return a text with an accent on every letter; what `plain` matches, such as placeholders, is not changed."""
    parts = zip([*plain.findall(text), ""], plain.split(text), strict=True)
    return "".join(part.translate(LETTERS) + placeholder for placeholder, part in parts)


def build(target: Path = TARGET, cases: Iterable[str] = ()) -> Path:
    """Build the book, or the pages of some cases alone, in the pseudo-language.

    Parameters
    ----------
    target : Path
        The folder of the copy; its content is replaced.
    cases : iterable of str
        Names of cases; without any, the book has all its pages.

    Returns
    -------
    Path
        The folder of the built pages.

    Raises
    ------
    subprocess.CalledProcessError
        If the pages or the scripts cannot be built.
    """
    copy(target)
    translate(target)
    names = list(cases)
    if names:
        chapters = "".join(
            f"  - file: {page}\n" for page in (*(f"cases/{name}" for name in names[1:]), "book/references")
        )
        toc = "\n".join(["format: jb-book", f"root: cases/{names[0]}", "chapters:", chapters])
        (target / "_toc.yml").write_text(toc, encoding="utf-8")
    notebooks = [target / "cases" / f"{name}.ipynb" for name in names] or sorted(target.glob("cases/*.ipynb"))
    environment = {**os.environ, "PYTHONPATH": str(target)}
    for command in (
        ["node", "publish/bundles.mjs"],
        [sys.executable, "-m", "publish.notebooks", *map(str, notebooks)],
        [str(Path(sys.executable).with_name("jupyter-book")), "build", ".", "--quiet"],
    ):
        subprocess.run(command, cwd=target, env=environment, check=True)
    return target / "_build" / "html"


def copy(target: Path) -> None:
    """Copy the sources of the book."""
    shutil.rmtree(target, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ROOT_FILES:
        shutil.copy(ROOT / name, target)
    (target / "node_modules").symlink_to((ROOT / "node_modules").resolve())


def translate(target: Path) -> None:
    """Put an accent on every letter of the catalogue, of the YAML files and of the prose of the cases in a copy."""
    path = target / store.compiled().relative_to(ROOT)
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    catalogue["messages"] = {name: _message(pattern) for name, pattern in catalogue["messages"].items()}
    path.write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    yaml = YAML(typ="safe", pure=True)
    written = (*target.glob("casebook/knowledge/**/*.yml"), *target.glob("cases/*.yml"))
    for path in (path for path in written if path.name not in WITHOUT_TEXT):
        yaml.dump(_data(yaml.load(path.read_text(encoding="utf-8")), "", ""), path)
    for path in target.glob("cases/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = accented("".join(cell["source"]), MARKDOWN)
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


Json: TypeAlias = "str | float | bool | list[Json] | dict[str, Json] | None"


def _message(pattern: Json) -> Json:
    if isinstance(pattern, str):
        return accented(pattern)
    return [_part(part) for part in pattern] if isinstance(pattern, list) else pattern


def _part(part: Json) -> Json:
    if isinstance(part, str):
        return accented(part)
    return [*part[:1], *map(_variants, part[1:])] if isinstance(part, list) else part


def _variants(given: Json) -> Json:
    return {key: _message(variant) for key, variant in given.items()} if isinstance(given, dict) else given


def _data(value: Json, key: str, parent: str) -> Json:
    if isinstance(value, dict):
        return {name: _data(each, str(name), key) for name, each in value.items()}
    if isinstance(value, list):
        return [_data(each, key, parent) for each in value]
    if isinstance(value, str) and (key in TEXTS or parent in SOURCES):
        return accented(value)
    return value


if __name__ == "__main__":
    print(build(cases=sys.argv[1:]))
