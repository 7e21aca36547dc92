"""What is imported is declared, and what is declared is imported: in pyproject.toml and requirements-dev.txt."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import casebook
from casebook.distribution.extras import requirement

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OWN = {"casebook", "classroom", "publish", "widgets"}
DISTRIBUTIONS = packages_distributions()

EXTRAS = {
    "casebook": {"data"},
    "widgets": {"data"},
    "classroom": {"classroom", "data"},
    "publish": {"book", "lite"},
}
"""What each package may import besides the packages that every installation has."""

BY_NAME = {
    "ipykernel": "the kernel of every notebook",
    "ipywidgets": "what anywidget's widgets are made of; readers link and box them",
    "sphinxcontrib-bibtex": "an extension of the book, named in _config.yml",
    "matplotlib": "the plots of a notebook of the book",
    "jupyterlite-core": "run as a program",
    "jupyterlite-pyodide-kernel": "imported by its name, where make lite installed it",
}
"""What is declared and imported by no module of a package, and why it is there."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(lines: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in lines if line[:1].isalpha()}


DECLARED = names(PROJECT["dependencies"])
OF_EXTRA = {extra: names(lines) - {PROJECT["name"]} for extra, lines in PROJECT["optional-dependencies"].items()}
EVERYTHING = DECLARED.union(*OF_EXTRA.values())


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what the modules of a folder import from other distributions, and where."""
    own = (
        OWN
        | {"tests", "benchmarks"}
        | {path.stem for name in ("tests", "book") for path in (ROOT / name).rglob("*.py")}
    )
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            else:
                continue
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in own:
                    yield from ((normal(found), f"{path.relative_to(ROOT)}:{node.lineno}") for found in of(module))


def of(module: str) -> list[str]:
    """Return the distribution of a module; of a namespace, which several share, the one that is called so."""
    top, *_ = parts = module.split(".")
    found = DISTRIBUTIONS.get(top, [top])
    return found if len(found) == 1 else [name for name in found if normal(name) == normal(".".join(parts[:2]))]


@pytest.mark.parametrize("package", EXTRAS)
def test_every_import_of_a_package_is_declared(package):
    allowed = DECLARED.union(*(OF_EXTRA[extra] for extra in EXTRAS[package]))
    missing = [f"{where} imports {name}" for name, where in imported(ROOT / package) if name not in allowed]
    assert not missing, "pyproject.toml does not name:\n" + "\n".join(missing)


@pytest.mark.parametrize("folder", ["tests", "benchmarks"])
def test_every_import_of_the_checks_is_declared(folder):
    allowed = EVERYTHING | names((ROOT / "requirements-dev.txt").read_text("utf-8").splitlines())
    missing = [f"{where} imports {name}" for name, where in imported(ROOT / folder) if name not in allowed]
    assert not missing, "requirements-dev.txt does not name:\n" + "\n".join(missing)


def test_nothing_is_declared_that_is_not_used():
    used = {name for package in EXTRAS for name, _ in imported(ROOT / package)}
    assert EVERYTHING - used == set(BY_NAME)


def test_every_dependency_has_its_reason_in_a_line():
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    cells = " ".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)).lower()
    node = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    told = {*re.findall(r"[@\w./-]+", cells), *map(normal, re.findall(r"[\w.-]+", cells))}
    wanted = EVERYTHING | names((ROOT / "requirements-dev.txt").read_text("utf-8").splitlines()) | set(node)
    assert wanted <= told, f"CONTRIBUTING.md gives no reason for {sorted(wanted - told)}"


def test_the_version_is_the_same_wherever_it_is_written():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    citation = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert package["version"] == citation[1] == casebook.__version__


def test_a_missing_package_is_named_with_the_extra_that_brings_it():
    assert requirement("sse_starlette") == "sacral-casebook[classroom]"
    assert requirement("nbformat") == "sacral-casebook[book]"
    assert requirement("pandas") == "sacral-casebook[data]"
    assert requirement("numpy", "no-such-distribution") == "numpy"
