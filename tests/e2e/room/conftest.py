"""A teaching room that goes on running, and windows that stay from test to test, each time with nothing of before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from reader import ROOT
from room_people import Phone, Someone, Wall, elsewhere
from sessions import renew

from classroom.server.background import Running, running

Windows = defaultdict[type[Someone], list[Someone]]


@pytest.fixture(scope="module")
def running_room(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(ROOT, folder=tmp_path_factory.mktemp("sessions")) as room:
        yield room


@pytest.fixture
def room(running_room: Running, tmp_path: Path) -> Running:
    """A room on this machine, with a session of its own."""
    renew(running_room, tmp_path)
    return running_room


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """Every window there is: in one that has shown a page before, it loads in a third of the time."""
    made: Windows = defaultdict(list)
    yield made
    for someone in (each for kind in made.values() for each in kind):
        someone.leave()


@pytest.fixture
def people(browser: Browser, windows: Windows) -> Iterator[Callable[..., Any]]:
    """Brings walls and phones; none of them asks another host for anything."""
    here: list[Someone] = []

    def bring(kind: type[Someone], address: str, scheme: str = "light") -> Someone:
        free = [each for each in windows[kind] if each not in here]
        if not free:
            free.append(kind(browser))
            windows[kind].append(free[0])
        here.append(free[0])
        free[0].enters(address, scheme)
        return free[0]

    yield bring
    outside = [url for someone in here for url in someone.outside]
    for someone in here:
        someone.goes()
    assert outside == []


@pytest.fixture
def wall(room: Running, people: Callable[..., Any]) -> Wall:
    """The presenter's window."""
    return people(Wall, room.console)


@pytest.fixture
def phones(room: Running, people: Callable[..., Any]) -> list[Phone]:
    """Three phones that have joined: by the address on the wall, or from where they were in the book."""
    joined = [people(Phone, address) for address in (room.address, *[elsewhere(room.address)] * 2)]
    for phone in joined:
        phone.joins()
    return joined


@pytest.fixture
def phone(room: Running, people: Callable[..., Any]) -> Phone:
    """One phone that has joined, from where it was in the book."""
    joined = people(Phone, elsewhere(room.address))
    joined.joins()
    return joined
