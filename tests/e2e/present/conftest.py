"""Pages of cases that stay open from test to test, with a stage or without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reader import CASES, Reader
from staging import COLON, Stage, as_opened

from casebook.cases.case import Case, load_case


@pytest.fixture(scope="module")
def podium(online_desk: Reader) -> Stage:
    online_desk.open_case(COLON)
    return Stage(online_desk)


@pytest.fixture
def stage(podium: Stage) -> Iterator[Stage]:
    """The page of one case, where what is asked does not hang on the case."""
    with as_opened(podium):
        yield podium


@pytest.fixture
def colon(stage: Stage) -> Case:
    """The same with the stage over it, at its beginning."""
    stage.begin().press("Home")
    return load_case(COLON)


@pytest.fixture(scope="module", params=CASES)
def seated(request: pytest.FixtureRequest, beside: Reader) -> tuple[Stage, Case]:
    beside.open_case(request.param)
    return Stage(beside), load_case(request.param)


@pytest.fixture
def each(seated: tuple[Stage, Case]) -> Iterator[tuple[Stage, Case]]:
    """The page of each case, and the case."""
    with as_opened(seated[0]):
        yield seated


@pytest.fixture(scope="module")
def anywhere(desk: Reader) -> Stage:
    desk.open_case(COLON)
    return Stage(desk)


@pytest.fixture
def either_page(anywhere: Stage) -> Iterator[Stage]:
    """A page over http and from disk, where something depends on what the browser fetches, opens or addresses."""
    with as_opened(anywhere):
        yield anywhere


@pytest.fixture
def either_way(either_page: Stage) -> Stage:
    """The same with the stage over it, at its beginning."""
    return either_page.begin().press("Home")
