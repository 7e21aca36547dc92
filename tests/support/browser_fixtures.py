"""A built book, the ways to reach it, and a browser that can reach nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from chromium import running
from playwright.sync_api import Browser
from reader import CASES, Reader
from server import Quiet, serving

from casebook.cases.case import Case, load_case


@pytest.fixture(scope="session")
def http(book: Path) -> Iterator[str]:
    """The address of the book on a server."""
    with serving(partial(Quiet, directory=str(book))) as address:
        yield address


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, book: Path, http: str) -> str:
    """Each of the two ways to reach the book."""
    return http if request.param == "http" else book.as_uri()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Callable[[bool], Browser]]:
    """Gives an installed Chromium, whole or bare, the same to all modules unless it died; without one the tests fail.

    It ends with the tests of this folder, because Playwright keeps an event loop running that other
    tests of the same process would meet.
    """
    with running() as browser:
        yield browser


@pytest.fixture(scope="module")
def whole() -> bool:
    """Whether the tests of a module need the whole browser."""
    return False


@pytest.fixture(scope="module")
def browser(chromium: Callable[[bool], Browser], whole: bool) -> Browser:
    """The Chromium that is running."""
    return chromium(whole)


@pytest.fixture
def readers(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Makes readers of any kind, each with a browser that knows nothing of the others."""
    made: list[Reader] = []

    def make(address: str, **context: object) -> Reader:
        made.append(Reader(browser, address, **context))
        return made[-1]

    yield make
    for reader in made:
        reader.leave()
        reader.was_left_alone()


@pytest.fixture(scope="package")
def window(chromium: Callable[[bool], Browser]) -> Iterator[Callable[..., Reader]]:
    """Gives a window by its name and address, left open from module to module: a warm page loads in a third of the time."""
    opened: dict[tuple[str, str, bool], Reader] = {}

    def named(name: str, address: str, whole: bool = False, **context: object) -> Reader:
        reader = opened.get((name, address, whole))
        if reader is None or not reader.context.browser.is_connected():
            reader = opened[name, address, whole] = Reader(chromium(whole), address, **context)
        reader.forget()
        return reader

    yield named
    for reader in opened.values():
        reader.leave()


@pytest.fixture(scope="module")
def desk(window: Callable[..., Reader], address: str, whole: bool) -> Reader:
    """A reader whose page stays open from test to test."""
    return window("desk", address, whole)


@pytest.fixture
def reader(desk: Reader) -> Iterator[Reader]:
    """A reader at a desk, with each way to reach the book."""
    desk.begin()
    yield desk
    desk.was_left_alone()


@pytest.fixture(scope="module")
def online_desk(window: Callable[..., Reader], http: str, whole: bool) -> Reader:
    """The same, over http alone."""
    return window("online", http, whole)


@pytest.fixture
def online(online_desk: Reader) -> Iterator[Reader]:
    """A reader at a desk, where one way to reach the book is enough."""
    online_desk.begin()
    yield online_desk
    online_desk.was_left_alone()


@pytest.fixture(scope="module")
def beside(window: Callable[..., Reader], http: str, whole: bool) -> Reader:
    """Another window over http, for a page that stays open from test to test whatever `online` opens."""
    return window("beside", http, whole)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, reader: Reader) -> Case:
    """Each case of the book, open before the reader."""
    reader.open_case(request.param)
    return load_case(request.param)


@pytest.fixture(params=CASES)
def online_case(request: pytest.FixtureRequest, online: Reader) -> Case:
    """The same, over http alone."""
    online.open_case(request.param)
    return load_case(request.param)


@pytest.fixture
def disk(window: Callable[..., Reader], book: Path) -> Iterator[Reader]:
    """The same without a server."""
    reader = window("disk", book.as_uri())
    yield reader
    reader.was_left_alone()


@pytest.fixture(scope="module")
def opened_once(window: Callable[..., Reader], http: str) -> Callable[[str], Reader]:
    """Gives the page of a case, which stays open from test to test."""

    @cache
    def page_of(case: str) -> Reader:
        reader = window(case, http)
        reader.open_case(case)
        return reader

    return page_of


@pytest.fixture
def published(opened_once: Callable[[str], Reader]) -> Iterator[Callable[[str], Reader]]:
    """The same, its explorer at the findings of the case; what a test unfolds stays open."""
    used: list[Reader] = []

    def page_of(case: str) -> Reader:
        used.append(opened_once(case))
        used[-1].begin()
        return used[-1]

    yield page_of
    for reader in used:
        reader.resets()
        reader.was_left_alone()


@pytest.fixture(params=CASES)
def published_case(request: pytest.FixtureRequest, published: Callable[[str], Reader]) -> tuple[Case, Reader]:
    """Each case and its page, which stays open from test to test."""
    return load_case(request.param), published(request.param)
