"""What a room is for: everyone commits, nobody sees, the screen shows how many, closing shows what."""

from __future__ import annotations

import csv
import io
import socket

from rooms import CASE, OTHER, READING, Browser, until

from classroom.server import store
from classroom.server.limits import RATES, Rate


def test_the_room_commits_before_anyone_sees_and_closing_shows_it_to_all(presenter, phones):
    round = presenter.opens()
    one, two, three = phones(3)
    with presenter.watching() as screen, one.watching() as phone:
        assert until(screen, phase="open")["committed"] == 0
        for each, pain in ((one, "mechanical"), (two, "occasional"), (three, "unknown")):
            each.votes(round, pain=pain)
        seen = until(screen, committed=3)
        assert seen["result"] is None
        assert seen["rounds"][0]["result"] is None
        result = presenter.closes(round)
        assert next(state for state in screen if state["result"])["result"] == result
        assert next(state for state in phone if state["result"])["result"] == result
    assert result["votes"] == 3
    assert result["fields"]["pain"] == {"none": 0, "occasional": 1, "mechanical": 1, "unknown": 1}
    assert [(each["low"], each["high"], each["n"]) for each in result["totals"]] == [(8, 11, 1), (9, 9, 1), (11, 11, 1)]
    assert result["bands"] == {"potentially unstable": 3}


def test_no_part_of_an_answer_waits_until_a_phone_has_acknowledged_the_part_before(room, phones):
    (phone,) = phones(1)
    phone.state()
    open_now = [each.transport.get_extra_info("socket") for each in room._server.web.server_state.connections]
    assert open_now
    assert all(each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in open_now)


def test_the_last_vote_before_closing_counts(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    phone.votes(round, pain="none")
    phone.votes(round, pain="occasional")
    assert phone.state()["mine"]["pain"] == "occasional"
    result = presenter.closes(round)
    assert result["votes"] == 1
    assert result["fields"]["pain"]["occasional"] == 1


def test_a_second_vote_stands_beside_the_first(presenter, phones):
    one, two = phones(2)
    first = presenter.opens()
    for phone, pain in ((one, "mechanical"), (two, "occasional")):
        phone.votes(first, pain=pain)
    before = presenter.closes(first)
    second = presenter.opens(again=first)
    assert one.state()["round"]["again"] is True
    assert one.state()["result"] is None
    for phone in (one, two):
        phone.votes(second, pain="occasional")
    after = presenter.closes(second)
    assert after["before"] == before
    assert after["agreement"]["pairs"]["pain"] == 1
    assert before["agreement"]["pairs"]["pain"] == 0
    assert presenter.ask("open", kind="reading", case=CASE, again=first).status_code == 409
    assert presenter.ask("open", kind="reading", case=CASE, again=second).status_code == 409


def test_a_plan_is_chosen_among_the_actions_of_the_case(presenter, phones):
    round = presenter.opens("plan", OTHER)
    (phone,) = phones(1)
    (field,) = phone.state()["round"]["fields"]
    assert {"id": "decompression", "label": "Decompression of the sacral canal"} in field["options"]
    phone.does("vote", round=round, answer={"plan": "decompression"})
    result = presenter.closes(round)
    assert result["fields"]["plan"]["decompression"] == 1
    assert list(result["plans"]) == ["Decompression of the sacral canal: emergency"]


def test_a_phone_that_drops_out_comes_back_with_its_vote_and_a_late_one_joins_at_the_present_round(
    room, presenter, phones, browsers
):
    presenter.closes(presenter.opens("plan", CASE))
    round = presenter.opens()
    (phone,) = phones(1)
    phone.votes(round, pain="none")
    again = browsers(Browser)  # the same browser, its page loaded anew
    again.cookies = phone.cookies
    again.does("join", code=room.code)
    state = again.state()
    assert (state["joined"], state["mine"]["pain"]) == (1, "none")
    (late,) = phones(1)
    state = late.state()
    assert (state["round"]["id"], state["mine"], state["result"]) == (round, None, None)


def test_two_windows_of_the_presenter_agree(room, presenter, phones, browsers):
    other = browsers(type(presenter), room.console.split("key=")[1])
    (phone,) = phones(1)
    with presenter.watching() as one, other.watching() as two:
        round = presenter.opens()
        assert until(one, phase="open") == until(two, phase="open")
        phone.votes(round)
        assert until(one, committed=1) == until(two, committed=1)
        result = other.closes(round)
        assert presenter.closes(round) == result  # both pressed the button
        shown = [next(state for state in each if state["result"]) for each in (one, two)]
        assert shown[0] == shown[1]
    assert presenter.ask("open", kind="reading", case=OTHER).is_success
    refused = other.ask("open", kind="plan", case=OTHER)
    assert refused.status_code == 409
    assert "still open" in refused.json()["error"]


def test_everything_on_the_agenda_can_be_played_and_exported(monkeypatch, presenter, phones):
    monkeypatch.setitem(RATES, "phone_requests", Rate(10_000, 4))  # nobody plays that fast
    monkeypatch.setattr(store, "BATCH_SECONDS", 0)  # one vote comes after another: there is nothing to gather
    voters = phones(2)
    played = []
    for case in presenter.get("/room/api/agenda").json()["cases"]:
        for item in case["items"]:
            round = presenter.opens(item["kind"], case["id"], question=item["question"])
            asked = voters[0].state()["round"]
            answer = {
                each["id"]: [one["id"] for one in each["options"]] if asked["rank"] else each["options"][0]["id"]
                for each in asked["fields"]
            }
            for phone in voters:
                phone.does("vote", round=round, answer=answer)
            result = presenter.closes(round)
            assert result["votes"] == 2
            assert (result["key"] is not None) == (item["kind"] == "quiz")
            columns = len(result["fields"])
            assert all(sum(counts.values()) == 2 for counts in result["fields"].values())
            played += [(str(round), item["kind"], case["id"], item["question"] or "")] * 2 * columns
    lines = list(csv.DictReader(io.StringIO(presenter.get("/room/api/export.csv").text)))
    assert list(lines[0]) == ["round", "vote", "kind", "case", "question", "reader", "field", "answer"]
    assert [(line["round"], line["kind"], line["case"], line["question"]) for line in lines] == played
    assert len({line["reader"] for line in lines}) == 2


def test_a_reader_has_another_number_in_each_export(presenter, phones):
    round = presenter.opens()
    for phone in phones(3):
        phone.votes(round)
    presenter.closes(round)
    once, again = (
        {line["reader"] for line in csv.DictReader(io.StringIO(presenter.get("/room/api/export.csv").text))}
        for _ in range(2)
    )
    assert len(once) == len(again) == 3
    assert once != again


def test_an_open_round_is_not_exported(presenter, phones):
    phones(1)[0].votes(presenter.opens())
    assert len(presenter.get("/room/api/export.csv").text.splitlines()) == 1


def test_a_notebook_leads_the_same_room(room, phones):
    told: list[dict] = []
    ended = room.watch(told.append)
    round = room.open("reading", CASE)
    phones(1)[0].votes(round)
    result = room.close(round)
    assert room.results() == [result]
    assert room.state()["result"] == result
    assert READING["pain"] in room.export()
    ended()
    assert told[-1]["code"] == room.code
    assert told[-1]["result"] == result
