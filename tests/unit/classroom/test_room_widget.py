"""A room led from Python, as a notebook leads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import CASE, READING, Phone

from classroom.server.agenda import Agenda
from classroom.widget import RoomError
from widgets import Room


@pytest.fixture
def led(book: Path, tmp_path: Path, agenda: Agenda, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("classroom.server.server.Agenda", lambda _: agenda)
    room = Room(book, folder=tmp_path)
    yield room
    room.end()


@pytest.fixture
def phone(led: Room) -> Iterator[Phone]:
    joined = Phone(led.address.split("/cases/")[0], led.code)
    yield joined
    joined.close()


def test_a_round_is_asked_closed_and_asked_again_from_a_cell(led, phone):
    round = led.ask("reading", CASE)
    phone.does("vote", round=round, answer=READING)
    assert led.close_vote()["fields"]["pain"]["mechanical"] == 1
    assert led.ask_again() == 2
    assert (led.phase, led.joined, led.round["again"]) == ("open", 1, True)
    assert led.close_vote()["before"]["votes"] == 1
    assert [result["votes"] for result in led.results] == [1, 0]


def test_rounds_and_votes_come_as_frames(led, phone):
    assert led.rounds.empty
    round = led.ask("reading", CASE)
    phone.does("vote", round=round, answer=READING)
    led.close_vote()
    assert led.rounds.loc[round].to_dict() == {
        "kind": "reading",
        "case": CASE,
        "question": "",
        "vote": 1,
        "phase": "closed",
        "votes": 1,
    }
    assert led.votes.set_index("field")["answer"].to_dict() == READING
    assert led.votes["reader"].nunique() == 1


def test_the_buttons_of_the_cell_do_the_same_and_say_what_is_against_it(led):
    def press(**asked: object) -> None:
        led._handle_custom_msg(asked, [])

    press(ask="open", kind="plan", case=CASE)
    assert led.phase == "open"
    press(ask="open", kind="plan", case=CASE)
    assert "still open; close it first" in led._refusal
    press(ask="close")
    assert (led.phase, led._refusal) == ("closed", "")
    press(ask="something else")
    press(ask="end")
    assert led.phase == "ended"


def test_what_cannot_be_asked_is_told_without_a_traceback(led):
    with pytest.raises(RoomError, match="the agenda lists what can be asked") as told:
        led.ask("plan", "colon-s2")
    assert told.value._render_traceback_() == [str(told.value)]
    with pytest.raises(RoomError, match="no such round"):
        led.close_vote()


def test_without_a_built_book_it_says_what_to_build(tmp_path):
    with pytest.raises(RoomError, match="make build"):
        Room(tmp_path)


def test_its_repr_names_no_code_and_no_port_so_that_it_is_the_same_each_time(led):
    assert repr(led) == "Room(waiting, 0 closed)"
    led.ask("plan", CASE)
    assert repr(led) == "Room(open, 0 closed)"


def test_a_room_that_no_longer_runs_says_so_and_what_becomes_of_its_session(led, book, tmp_path):
    led.ask("plan", CASE)
    led.end()
    other = Room(book, folder=tmp_path)
    other.stop()
    other.stop()
    for asked in (
        lambda: led.votes,
        lambda: led.ask("plan", CASE),
        lambda: other.votes,
        lambda: other.rounds,
        lambda: other.ask("plan", CASE),
        other.end,
    ):
        with pytest.raises(RoomError, match="no longer runs"):
            asked()
    assert len(list(tmp_path.iterdir())) == 1  # the session that was stopped, and not ended


def test_the_end_deletes_the_file_and_can_be_asked_for_twice(led, tmp_path):
    led.ask("plan", CASE)
    led.end()
    led.end()
    assert list(tmp_path.iterdir()) == []
    assert (led.phase, led.rounds.empty) == ("ended", True)
