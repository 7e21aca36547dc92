"""A room that is open on this machine, with another session for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from rooms import Browser, Phone, Presenter, built_book
from sessions import renew

from classroom import running
from classroom.server.agenda import Agenda
from classroom.server.background import Running


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_book(tmp_path_factory.mktemp("book").resolve())


@pytest.fixture(scope="session")
def agenda(book: Path) -> Agenda:
    return Agenda(book)


@pytest.fixture(scope="module", autouse=True)
def read_once(book: Path, agenda: Agenda) -> Iterator[None]:
    """Every room of this book asks the same, so what can be asked is read once for all of them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("classroom.server.server.Agenda", lambda folder: agenda if folder == book else Agenda(folder))
        yield


@pytest.fixture(scope="module")
def running_room(book: Path, tmp_path_factory: pytest.TempPathFactory, read_once: None) -> Iterator[Running]:
    with running(book, folder=tmp_path_factory.mktemp("sessions")) as room:
        yield room


@pytest.fixture
def room(running_room: Running, tmp_path: Path) -> Running:
    """A room with a session of its own; a test that stops it starts one for itself."""
    renew(running_room, tmp_path)
    return running_room


@pytest.fixture
def base(room: Running) -> str:
    """The address of the room without its path."""
    return room.address.split("/cases/")[0]


@pytest.fixture
def browsers(base: str) -> Iterator[Callable[..., Browser]]:
    """Makes browsers of any kind, and closes them."""
    with ExitStack() as stack:

        def make(kind: Callable[..., Browser], *given: str) -> Browser:
            made = kind(base, *given)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def presenter(room: Running, browsers: Callable[..., Browser]) -> Presenter:
    return browsers(Presenter, room.console.split("key=")[1])


@pytest.fixture
def phones(room: Running, browsers: Callable[..., Browser]) -> Callable[[int], list[Phone]]:
    """Makes phones that have joined."""
    return lambda number: [browsers(Phone, room.code) for _ in range(number)]


@pytest.fixture
def stranger(browsers: Callable[..., Browser]) -> Browser:
    """A browser that has neither code nor key."""
    return browsers(Browser)
