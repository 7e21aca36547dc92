"""The package as others install it: a wheel, in a clean environment, far from the repository.

``make test`` tries it with one Python and without extras; with EVERY_PYTHON set, as ``make test-package`` sets it, every
Python that is found is tried, and then every extra.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import casebook
from casebook.cases.case import load_case
from casebook.cli import app

ROOT = Path(__file__).parents[2]
EVERY_PYTHON = bool(os.environ.get("EVERY_PYTHON"))
VERSIONS = ("3.11", "3.12", "3.13")
PACKAGES = ("casebook", "widgets", "classroom", "publish")

pytestmark = pytest.mark.xdist_group("package")


def pythons() -> dict[str, str]:
    """Return every Python that the casebook runs on, by its version; the one of these tests first."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {own: getattr(sys, "_base_executable", sys.executable)}
    folder = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for version in VERSIONS if EVERY_PYTHON else ():
        named = [shutil.which(f"python{version}"), *map(str, sorted(folder.glob(f"{version}.*/bin/python")))]
        for python in filter(None, named):
            told = subprocess.run(
                [python, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
                capture_output=True,
                text=True,
            )
            if told.stdout.strip() == version:
                found.setdefault(version, python)
    return found


PYTHONS = pythons()


def pip(*arguments: str | Path, python: Path | None = None) -> None:
    into = [] if python is None else ["--python", str(python)]
    command = [sys.executable, "-m", "pip", *into, *map(str, arguments), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@dataclass
class Installed:
    """An environment, a folder to work in, and what was installed."""

    python: Path
    folder: Path
    wheel: Path

    def run(self, *words: str | Path, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python with arguments, in the folder, as somebody who has never seen the repository."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        return subprocess.run(
            [str(self.python), *map(str, words)],
            cwd=self.folder,
            env=kept | {"COLUMNS": "120"},
            input=typed,
            capture_output=True,
            text=True,
        )

    def casebook(self, *words: str | Path, code: int = 0) -> str:
        """Run the console script; return what it printed."""
        done = self.run(self.python.with_name("casebook"), *words)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def add(self, *extras: str) -> None:
        """Install extras, beside what is there."""
        pip("install", "-c", ROOT / "constraints.txt", f"{self.wheel}[{','.join(extras)}]", python=self.python)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it would be committed: no build of yesterday is in it."""
    target = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # not what was deleted and is still in the index
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture(scope="session")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", target, source)
    (made,) = target.glob("*.whl")
    return made


def environment(folder: Path, version: str) -> Path:
    """Make an environment with nothing in it; return its Python."""
    subprocess.run([PYTHONS[version], "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.fixture(scope="session", params=list(PYTHONS))
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with what every installation has, and no more."""
    place = tmp_path_factory.mktemp("installed")
    python = environment(place / "environment", request.param)
    (place / "work").mkdir()
    made = Installed(python, place / "work", wheel)
    pip("install", "--no-compile", "-c", ROOT / "constraints.txt", wheel, python=python)
    return made


@pytest.fixture(scope="session")
def book(installed: Installed) -> Path:
    """A book of somebody else: two of the cases, and a table of contents."""
    folder = installed.folder / "book"
    (folder / "cases").mkdir(parents=True)
    for name in ("colon-s1", "sacral-ala-cement"):
        for end in (".yml", ".ipynb"):
            shutil.copy(ROOT / "cases" / f"{name}{end}", folder / "cases")
    entries = "".join(f"      - file: cases/{name}\n" for name in ("colon-s1", "sacral-ala-cement"))
    head = "format: jb-book\nroot: book/index\nparts:\n  - caption: Cases\n    chapters:\n"
    (folder / "_toc.yml").write_text(head + entries, encoding="utf-8")
    (folder / "book").mkdir()
    (folder / "book" / "index.md").write_text("# A book\n", encoding="utf-8")
    return folder


# What is in the wheel.


def listed(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_packages_with_types_and_cases_and_no_tests(wheel):
    names = listed(wheel)
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)
    assert {f"{package}/py.typed" for package in PACKAGES} <= names
    cases = {path.name for path in (ROOT / "cases").glob("*.yml")}
    assert {name.rpartition("/")[2] for name in names if name.startswith("casebook/cases/installed/")} == cases
    assert not [name for name in names if re.search(r"(^|/)(tests?|conftest)[/_.]|(^|/)test_[^/]*\.py$", name)]


def test_the_wheel_holds_every_file_of_the_packages_but_the_sources_of_the_page(source, wheel):
    committed = {
        path.relative_to(source).as_posix()
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file()
    }
    of_page = {name for name in committed if name.endswith((".ts", ".tsx", ".css", ".mjs")) and "/static/" not in name}
    assert not committed - of_page - listed(wheel)


def test_the_long_description_has_no_link_that_leads_nowhere(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = archive.read(name).decode("utf-8")
    head, _, text = metadata.partition("\n\n")
    assert "Description-Content-Type: text/markdown" in head
    assert "# The sacral casebook" in text
    relative = [link for link in re.findall(r"\]\(([^)]*)\)", text) if not re.match(r"https?:|#", link)]
    assert not relative, f"these links of the README lead nowhere outside the repository: {relative}"


def test_links_lead_to_the_repository_once_its_address_is_known():
    settings: dict[str, Callable[[str, str], str]] = {"__name__": "setup", "__file__": str(ROOT / "setup.py")}
    exec((ROOT / "setup.py").read_text("utf-8"), settings)
    text = settings["long_description"](
        "![A page](book/a.png) [here](book/b.md), [there](https://example.org)",
        'repository:\n  url: "https://example.org/book"\n',
    )
    assert text == (
        "![A page](https://example.org/book/raw/HEAD/book/a.png) "
        "[here](https://example.org/book/blob/HEAD/book/b.md), [there](https://example.org)"
    )


@pytest.mark.skipif(not EVERY_PYTHON, reason="make test-package")
def test_a_source_distribution_makes_the_same_wheel(source, wheel, tmp_path):
    python = environment(tmp_path / "environment", next(iter(PYTHONS)))
    pip("install", "setuptools>=77", python=python)
    code = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    subprocess.run([python, "-c", code, tmp_path], cwd=source, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert not (unpacked / "tests").exists()
    pip("wheel", "--no-deps", "--wheel-dir", tmp_path, unpacked)
    (again,) = tmp_path.glob("*.whl")
    assert listed(again) == listed(wheel)


# Every verb, from a folder that knows nothing of the repository.


def test_the_installed_packages_are_those_of_the_wheel(installed):
    code = "import casebook, importlib.metadata as m; print(casebook.__file__, casebook.__version__, m.version('sacral-casebook'))"
    path, version, same = installed.run("-c", code).stdout.split()
    assert Path(path).is_relative_to(installed.python.parents[1])
    assert version == same == casebook.__version__


def test_help_lists_every_verb(installed):
    said = installed.casebook("--help")
    for command in (*app.registered_commands, "room"):
        name = command if isinstance(command, str) else command.name
        assert re.search(rf"\b{name}\b", said)


def test_assess_gives_the_plan_of_a_case_by_its_name(installed):
    assert json.loads(installed.casebook("assess", "colon-s1", "--json")) == load_case("colon-s1").assess().to_dict()


def test_score(installed):
    assert "SINS" in installed.casebook("score", "sins", "location=junctional", "pain=mechanical")


def test_show(installed):
    assert load_case("colon-s1").title in installed.casebook("show", "colon-s1")
    assert "did you mean colon-s1" in installed.casebook("show", "colon-s2", code=2)


def test_new_and_check_in_a_book_of_ones_own(installed, book):
    installed.folder = book
    words = ("--title", "A lesion of S2", "--teaches", "What is unknown stays unknown.", "--constructed", "--yes")
    given = ("--vignette", "A patient with pain.", "--source", "fisher2010: p. 1", "--assumed", "level=S2: taught here")
    try:
        installed.casebook("check")
        said = installed.casebook("new", "lung-s2", *words, *given)
        assert (book / "cases" / "lung-s2.yml").is_file(), said
        installed.casebook("show", "lung-s2")
        assert "cases/lung-s2.ipynb" in installed.casebook("check", code=1)  # it was not run yet
    finally:
        installed.folder = book.parent


def test_diff_of_two_folders(installed, book):
    other = book.with_name("other")
    shutil.copytree(book, other)
    path = other / "cases" / "colon-s1.yml"
    path.write_text(path.read_text("utf-8").replace("minutes: 15", "minutes: 25"), encoding="utf-8")
    assert "colon-s1" in installed.casebook("diff", book / "cases", other / "cases", code=1)


def test_verify_proves_every_claim(installed):
    assert "fail" not in installed.casebook("verify").lower()


@pytest.mark.parametrize("verb", ["schemas", "messages"])
def test_what_is_written_from_the_knowledge_is_up_to_date(installed, verb):
    assert "up to date" in installed.casebook(verb)


def test_the_widgets_work(installed):
    code = "from widgets import CaseExplorer; e = CaseExplorer('colon-s1'); print(e.assessment.scores['sins'].total, e)"
    done = installed.run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{load_case('colon-s1').assess().scores['sins'].total} ")


# What needs more says so in one sentence.

NEEDED = {
    "classroom": ["-m", "classroom"],
    "book": ["-m", "publish.notebooks", "a.ipynb"],
    "book, preview": ["-m", "publish.preview"],
    "lite": ["-m", "publish.lite"],
}


@pytest.mark.parametrize("part", NEEDED)
def test_a_program_names_the_extra_that_it_needs(installed, part):
    done = installed.run(*NEEDED[part])
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert f'pip install "sacral-casebook[{part.partition(",")[0]}]"' in done.stderr


def test_the_room_names_the_extra_that_it_needs(installed):
    for words in (["room"], ["room", "--lan", "--port", "0"]):
        said = installed.casebook(*words, code=2)
        assert 'pip install "sacral-casebook[classroom]"' in said
        assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("from widgets import Room; Room()", "classroom"),
        ("from widgets import CaseExplorer; CaseExplorer('colon-s1').scores", "data"),
        ("import casebook.cohort", "data"),
    ],
)
def test_python_is_told_the_extra_that_it_needs(installed, code, extra):
    done = installed.run("-c", code)
    assert f'pip install "sacral-casebook[{extra}]"' in done.stderr.splitlines()[-1]


@pytest.fixture(scope="session")
def whole(installed: Installed) -> Installed:
    """The same with every extra; the last tests, since nothing takes them away again."""
    if not EVERY_PYTHON:
        pytest.skip("make test-package")
    installed.add("book", "classroom", "data")
    return installed


def test_with_its_extra_each_part_works(whole):
    assert "--lan" in whole.casebook("room", "--help")
    for module in ("classroom", "publish.preview"):
        done = whole.run("-m", module, "--help")
        assert done.returncode == 0, done.stderr
    code = "import pandas, casebook.cohort as c; print(len(c.assess_frame(pandas.DataFrame([{'level': 'S2'}]))))"
    done = whole.run("-c", code)
    assert done.stdout == "1\n", done.stderr
