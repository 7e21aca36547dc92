"""What someone in the lecture hall, or a page that one of its phones has open, could try."""

from __future__ import annotations

import http.client
import json
import resource
import secrets
import socket
from contextlib import ExitStack

import pytest
from rooms import CASE, READING, Browser, Phone

from classroom import running
from classroom.server import limits
from classroom.server.limits import BODY_BYTES, RATES, Rate
from classroom.server.rate_limiter import CAPACITY, RateLimiter

PRESENTERS = {
    "open": {"kind": "reading", "case": CASE},
    "close": {"round": 1},
    "end": {},
}
SQL = "lytic'); DROP TABLE vote; --"


# A phone that wants more than a vote.


def test_a_phone_can_neither_open_nor_close_nor_end(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    for what, body in PRESENTERS.items():
        assert phone.ask(what, **body).status_code == 401
    assert presenter.state()["rounds"][-1]["phase"] == "open"
    assert presenter.state()["round"]["id"] == round


def test_a_phone_can_neither_export_nor_read_the_agenda(presenter, phones):
    presenter.closes(presenter.opens())
    (phone,) = phones(1)
    for what in ("agenda", "export.csv"):
        answer = phone.get(f"/room/api/{what}")
        assert answer.status_code == 401
        assert CASE not in answer.text


def test_the_token_of_a_phone_is_no_presenters_token(room, presenter, phones):
    (phone,) = phones(1)
    phone.cookies.set("room_presenter", phone.cookies["room_reader"], path="/room")
    assert phone.ask("open", kind="reading", case=CASE).status_code == 401
    phone.cookies.set("room_presenter", room.code, path="/room")
    assert phone.get("/room/api/agenda").status_code == 401


def test_nothing_that_a_phone_sees_tells_what_others_voted_before_closing(presenter, phones):
    round = presenter.opens()
    voter, looker = phones(2)
    seen = []
    for pain in ("none", "mechanical"):
        voter.votes(round, pain=pain)
        state = looker.state()
        state.pop("committed")
        seen.append(state)
    assert seen[0] == seen[1]
    assert seen[0]["result"] is None
    with looker.watching() as states:
        assert next(states)["result"] is None


NO_READINGS = [
    {**READING, "pain": "terrible"},
    {**READING, "pain": SQL},
    {**READING, "pain": None},
    {**READING, "pain": ["none"]},
    {**READING, "pain": {"none": 1}},
    {**READING, "pain": True},
    {**READING, "pain": "\ud800"},
    {**READING, "name": "Ada"},
    {id: option for id, option in READING.items() if id != "pain"},
    {"plan": "decompression"},
    {},
    [],
    "mechanical",
    None,
    7,
]


def test_only_listed_options_are_taken(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    for answer in NO_READINGS:
        assert phone.ask("vote", round=round, answer=answer).status_code == 422, answer
    assert presenter.closes(round)["votes"] == 0


def test_only_a_round_that_there_is_can_be_voted_in(presenter, phones):
    presenter.opens()
    (phone,) = phones(1)
    for round in (2, 0, -1, "1", True, 1.0, None, [1], 10**30, SQL):
        assert phone.ask("vote", round=round, answer=READING).status_code == 404, round


def test_a_vote_after_closing_changes_nothing(presenter, phones):
    round = presenter.opens()
    voter, late = phones(2)
    voter.votes(round)
    result = presenter.closes(round)
    for phone in (voter, late):
        assert phone.ask("vote", round=round, answer=READING | {"pain": "none"}).status_code == 409
    assert presenter.closes(round) == result


def test_two_votes_of_one_phone_are_one_vote(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    for _ in range(5):
        phone.votes(round)
        phone.does("join", code=presenter.state()["code"])  # which gives no second seat
    assert presenter.state()["joined"] == 1
    assert presenter.closes(round)["votes"] == 1


# Someone without a seat.


def test_a_stranger_reads_nothing_and_does_not_vote(presenter, stranger):
    round = presenter.opens()
    for what in ("state", "events", "agenda", "export.csv"):
        answer = stranger.get(f"/room/api/{what}")
        assert answer.status_code == 401
        assert CASE not in answer.text
    assert stranger.ask("vote", round=round, answer=READING).status_code == 401


def test_a_forged_token_or_one_of_another_session_is_nobodys(presenter, base):
    round = presenter.opens()
    forged = ("", "x", "0" * 43, "é" * 20, SQL.replace(";", ""), "A" * 5000, secrets.token_urlsafe(32))
    link = http.client.HTTPConnection(base.removeprefix("http://"), timeout=10)
    for token in forged:
        cookie = f"room_reader={token}; room_presenter={token}".encode("latin-1")
        headers = {"Origin": base, "Cookie": cookie, "Content-Type": "application/json"}
        for what, body in {"vote": {"round": round, "answer": READING}, **PRESENTERS}.items():
            link.request("POST", f"/room/api/{what}", json.dumps(body), headers)
            answer = link.getresponse()
            assert answer.status == 401, (what, token)
            answer.read()
    link.close()


def test_a_guesser_of_codes_is_soon_refused_and_those_who_sit_are_not(room, presenter, phones, stranger):
    round = presenter.opens()
    (phone,) = phones(1)
    burst = int(RATES["address_wrong_codes"].burst)
    tried = [stranger.ask("join", code=f"{number:06}").status_code for number in range(burst + 3)]
    assert tried[:burst] == [403] * burst
    assert set(tried[burst + 1 :]) == {429}
    answer = stranger.ask("join", code=room.code)
    assert answer.status_code == 429  # the right one, too, or else the answer would tell which is right
    assert int(answer.headers["retry-after"]) >= 1
    phone.does("join", code=room.code)
    phone.votes(round)


def test_a_code_that_is_none_opens_nothing(stranger):
    for code in (None, 7, [], {}, "", "\ud800", SQL, "A" * 4000):
        assert stranger.ask("join", code=code).status_code == 403
    assert "room_reader" not in stranger.cookies


def test_a_code_is_taken_in_small_letters_too(room, browsers):
    browsers(Phone, f" {room.code.lower()} ")


def test_a_guesser_of_keys_is_soon_refused(presenter, stranger):
    burst = int(RATES["address_wrong_keys"].burst)
    tried = [stranger.ask("enter", key=key).status_code for key in [None, 7, "\ud800", *"abcdefghij"]]
    assert tried[:burst] == [403] * burst
    assert set(tried[burst:]) == {429}
    assert "room_presenter" not in stranger.cookies
    assert presenter.state()["phase"] == "waiting"


def test_keys_that_are_sent_slowly_and_together_are_no_more_guesses(base):
    burst = int(RATES["address_wrong_keys"].burst)
    host, _, port = base.removeprefix("http://").partition(":")
    body = b'{"key": "a"}'
    head = [
        "POST /room/api/enter HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: {base}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    with ExitStack() as stack:
        links = [stack.enter_context(socket.create_connection((host, int(port)), 10)) for _ in range(burst + 5)]
        for link in links:
            link.sendall("\r\n".join(head).encode())
        with Browser(base) as reader:
            reader.get("/room/api/state")  # by its answer, what was sent before has been read
        for link in links:
            link.sendall(body)
        answers = [link.recv(100).split()[1] for link in links]
    assert sorted(answers) == [b"403"] * burst + [b"429"] * 5


def test_what_is_secret_cannot_be_guessed(room):
    assert len(room.console.split("key=")[1]) >= 43  # 256 bits
    codes = len(limits.CODE_LETTERS) ** limits.CODE_LENGTH
    guesses = RATES["wrong_codes"].burst + RATES["wrong_codes"].per_second * 3600 * limits.HOURS
    assert guesses / codes < 1e-4


# A page of another origin, or another name for this machine.


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "https://127.0.0.1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


def test_a_foreign_page_can_neither_ask_nor_change(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    body = {"round": round, "answer": READING}
    for headers in FOREIGN:
        assert phone.post("/room/api/vote", json=body, headers=headers).status_code == 403
        assert phone.get("/room/api/state", headers=headers).status_code == 403
        assert presenter.post("/room/api/close", json={"round": round}, headers=headers).status_code == 403
    assert presenter.state()["phase"] == "open"
    assert presenter.state()["committed"] == 0


def test_a_change_without_an_origin_is_refused(room, presenter, base):
    link = http.client.HTTPConnection(base.removeprefix("http://"), timeout=10)
    cookie = f"room_presenter={presenter.cookies['room_presenter']}"
    link.request("POST", "/room/api/end", "{}", {"Content-Type": "application/json", "Cookie": cookie})
    assert link.getresponse().status == 403
    link.close()
    assert presenter.state()["phase"] == "waiting"


def test_a_name_that_was_made_to_point_here_is_refused(presenter, base):
    port = base.rpartition(":")[2]
    for name in ("evil.example", "127.0.0.1.evil.example", "127.0.0.2", "[::1]", "127.0.0.1:1", "localhost@evil"):
        for host in (name, f"{name}:{port}"):
            for path in ("/", "/cases/colon-s1.html", "/room/", "/room/api/state"):
                answer = presenter.get(path, headers={"Host": host})
                assert answer.status_code == 421
                assert "colon" not in answer.text


def test_answers_say_what_a_browser_must_not_do(presenter, phones):
    for answer in (presenter.get("/room/"), phones(1)[0].get("/room/api/state")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    for answer in (presenter.get("/room/"), presenter.get("/cases/colon-s1.html")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_a_cookie_is_for_this_site_and_no_script(room, stranger):
    cookie = stranger.ask("join", code=room.code).headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/room"} <= {part.strip() for part in cookie.split(";")}


# Too much, too long, too slow, or not what it should be.


def test_a_body_that_is_too_long_is_refused_however_it_comes(presenter, phones):
    round = presenter.opens()
    (phone,) = phones(1)
    long = json.dumps({"round": round, "answer": READING, "more": "x" * BODY_BYTES}).encode()
    kind = {"Content-Type": "application/json"}
    for content in (long, iter([long[:2000], long[2000:]])):  # with its length, and in chunks without one
        assert phone.post("/room/api/vote", content=content, headers=kind).status_code == 413
    assert presenter.closes(round)["votes"] == 0


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch, presenter, phones, base):
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.05)
    (phone,) = phones(1)
    host, _, port = base.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as link:
        lines = [
            "POST /room/api/vote HTTP/1.1",
            f"Host: {host}:{port}",
            f"Origin: {base}",
            "Content-Type: application/json",
            f"Cookie: room_reader={phone.cookies['room_reader']}",
            "Content-Length: 100",
            "",
            '{"round": 1',
        ]
        link.sendall("\r\n".join(lines).encode())
        assert link.recv(100).startswith(b"HTTP/1.1 408")


def test_a_form_of_another_page_is_not_json(presenter):
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        sent = presenter.post("/room/api/end", content=b"{}", headers={"Content-Type": content_type})
        assert sent.status_code == 415
    assert presenter.state()["phase"] == "waiting"


def test_what_is_no_json_or_no_vote_is_refused(phones):
    no_json = [b"", b"x", b"{", b"\xff\xfe{}", b"[" * 4000, b'{"round": NaN}']
    no_vote = [b"[]", b"null", b"1", b'"vote"', b'{"round": 1}', b'{"round": 1, "answer": {}, "x": 1}']
    (phone,) = phones(1)
    for status, contents in ((400, no_json), (422, no_vote)):
        for content in contents:
            sent = phone.post("/room/api/vote", content=content, headers={"Content-Type": "application/json"})
            assert sent.status_code == status, content


NOT_ON_THE_AGENDA = [
    {"kind": SQL, "case": CASE},
    {"kind": "reading", "case": SQL},
    {"kind": "reading", "case": "../../etc/passwd"},
    {"kind": "reading", "case": "\ud800"},
    {"kind": "quiz", "case": CASE, "question": SQL},
    {"kind": ["reading"], "case": CASE},
    {"kind": "reading", "case": CASE, "question": 7},
]


def test_only_what_is_on_the_agenda_is_opened(presenter):
    for body in NOT_ON_THE_AGENDA:
        assert presenter.ask("open", **body).status_code == 422
    assert presenter.state()["phase"] == "waiting"


def test_one_phone_that_floods_is_refused_and_the_others_are_not(presenter, phones):
    round = presenter.opens()
    flooder, other = phones(2)
    burst = int(RATES["phone_requests"].burst)
    answers = [flooder.ask("vote", round=round, answer=READING) for _ in range(4 * burst)]
    assert [answer.status_code for answer in answers[:burst]] == [200] * burst
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) >= 1
    other.votes(round)
    assert presenter.closes(round)["votes"] == 2


def test_an_address_that_floods_is_refused(monkeypatch, stranger):
    monkeypatch.setitem(RATES, "address_requests", Rate(5, 0.001))
    answers = [stranger.get("/room/api/state").status_code for _ in range(8)]
    assert answers == [401] * 5 + [429] * 3


def test_all_seats_can_be_taken_but_no_more(monkeypatch, room, phones, stranger):
    monkeypatch.setattr("classroom.server.session.SEATS", 2)
    phones(2)
    assert stranger.ask("join", code=room.code).status_code == 503


def test_a_phone_keeps_its_newest_streams_and_the_room_has_an_end_of_them(monkeypatch, presenter, phones):
    (phone,) = phones(1)
    with ExitStack() as stack:
        streams = [stack.enter_context(phone.watching()) for _ in range(limits.STREAMS_PER_PHONE + 1)]
        assert len(list(streams[0])) == 1  # the oldest was ended, so that a phone that lost it can come back
        assert [next(stream)["phase"] for stream in streams[1:]] == ["waiting"] * limits.STREAMS_PER_PHONE
        monkeypatch.setattr(limits, "STREAMS", 1)
        assert presenter.get("/room/api/events").status_code == 503


def test_a_rate_lets_a_burst_in_and_then_a_few_per_second():
    now = 0.0
    limiter = RateLimiter(lambda: now)
    for _ in range(20):
        assert limiter.retry_after("phone_requests", "one") == 0
        limiter.record("phone_requests", "one")
    assert limiter.retry_after("phone_requests", "one") == pytest.approx(0.25)
    assert limiter.retry_after("phone_requests", "two") == 0
    now += 1
    for _ in range(4):
        assert limiter.retry_after("phone_requests", "one") == 0
        limiter.record("phone_requests", "one")
    assert limiter.retry_after("phone_requests", "one") > 0


def test_what_is_remembered_of_floods_has_an_end():
    limiter = RateLimiter(lambda: 0.0)
    for number in range(2 * CAPACITY):
        limiter.record("address_requests", number)
    assert len(limiter._buckets) == CAPACITY


def test_a_system_that_begins_with_few_open_files_lets_the_whole_room_in(book, agenda, tmp_path, monkeypatch):
    monkeypatch.setattr("classroom.server.server.Agenda", lambda _: agenda)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        with running(book, folder=tmp_path):
            assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > limits.CONNECTIONS
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


# Files that are not for the room.


OUTSIDE = [
    "/../secret.txt",
    "/../../secret.txt",
    "/%2e%2e/%2e%2e/secret.txt",
    "/..%2f..%2fsecret.txt",
    "/cases/../../../secret.txt",
    "//secret.txt",
    "/..\\..\\secret.txt",
    "/room/../../../secret.txt",
    "/secret.txt%00.html",
    "/_build/room/",
]


def test_nothing_but_the_built_book_is_given_out(base):
    link = http.client.HTTPConnection(base.removeprefix("http://"), timeout=10)
    for path in OUTSIDE:
        link.request("GET", path)
        answer = link.getresponse()
        assert answer.status in {400, 404}, path
        assert b"not for the room" not in answer.read()
    link.close()


def test_the_book_itself_is_given_to_anyone(base):
    with Browser(base) as reader:
        assert reader.get("/").text == "the book"
        assert reader.get("/cases/colon-s1.html").text == "the page of colon-s1"
        assert reader.post("/cases/colon-s1.html").status_code == 405
