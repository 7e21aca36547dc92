"""What a room keeps, what it does not, and that nothing which was acknowledged is lost."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from processes import Process
from rooms import CASE, OTHER, READING, ROOT, Phone, Presenter

from classroom.server import statements, store
from classroom.server.background import Running, running
from classroom.server.limits import CODE_LETTERS
from classroom.server.session import new_session
from classroom.server.start_error import CannotStartError
from classroom.server.store import Store, UnreadableError


def stored(path: Path) -> dict[str, list[tuple]]:
    """Every line of every table of a session's file."""
    connection = sqlite3.connect(path)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: list(connection.execute(f"SELECT * FROM {table}")) for table in tables}
    finally:
        connection.close()


# What is in the file.


def test_a_stored_session_holds_nothing_that_identifies_anyone(book, agenda, tmp_path):
    began = int(time.time())
    with running(book, folder=tmp_path) as room:
        base = room.address.split("/cases/")[0]
        presenter = Presenter(base, room.console.split("key=")[1])
        phones = [Phone(base, room.code) for _ in range(5)]
        agents = [phone.headers["user-agent"] for phone in phones]
        for kind, case, answers in (
            ("reading", CASE, [{**READING, "pain": pain} for pain in ("none", "occasional", "unknown")]),
            ("plan", OTHER, [{"plan": "decompression"}, {"plan": "sacroplasty"}]),
        ):
            round = presenter.opens(kind, case)
            for place, phone in enumerate(phones):
                phone.does("vote", round=round, answer=answers[place % len(answers)])
            presenter.closes(round)
        presenter.opens("reading", CASE, again=1)
        tokens = [phone.cookies["room_reader"] for phone in phones] + [presenter.cookies["room_presenter"]]
        code, key = room.code, room.console.split("key=")[1]
        for browser in (presenter, *phones):
            browser.close()
    (path,) = tmp_path.iterdir()
    raw = path.read_bytes()
    for known in (*tokens, *agents, "127.0.0.1", "python", "httpx"):
        assert known.encode() not in raw
    tables = stored(path)
    assert set(tables) == {"session", "reader", "round", "vote"}

    ((stored_code, stored_key, expires),) = tables["session"]
    assert (stored_code, stored_key) == (code, key)
    assert set(code) <= set(CODE_LETTERS)
    assert 0 <= expires - began - 8 * 3600 <= 60  # the one time that is kept, and it is to come

    assert len(tables["reader"]) == 5
    for reader, token in tables["reader"]:
        assert isinstance(reader, int)
        assert isinstance(token, bytes)
        assert len(token) == 32  # a hash
    assert [reader for reader, _ in tables["reader"]] == sorted(reader for reader, _ in tables["reader"])

    assert tables["round"] == [
        (1, "reading", CASE, None, None, 1),
        (2, "plan", OTHER, None, None, 1),
        (3, "reading", CASE, None, 1, 0),
    ]
    assert len(tables["vote"]) == 10
    readers = {reader for reader, _ in tables["reader"]}
    listed = {1: agenda.ballot("reading", CASE), 2: agenda.ballot("plan", OTHER)}
    for round, reader, answer in tables["vote"]:
        assert reader in readers
        assert listed[round].parse(json.loads(answer)) == json.loads(answer)  # listed options, and nothing else


def test_the_order_in_which_readers_came_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "BATCH_SECONDS", 0)  # one comes after another: there is nothing to gather

    async def come() -> list[int]:
        kept = Store(tmp_path / "x.sqlite")
        kept.create(new_session(1))
        kept.start()
        numbers = [random.randrange(2**62) for _ in range(50)]
        for number in numbers:
            await kept.commit(statements.insert_reader(number, bytes(32)), lambda: None)
        await asyncio.to_thread(kept.close)
        return numbers

    came = asyncio.run(come())
    kept = [reader for reader, _ in stored(tmp_path / "x.sqlite")["reader"]]
    assert kept == sorted(came) != came


def test_only_the_account_that_runs_the_room_can_read_the_file(room, tmp_path):
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0, 0]  # the session and its log


# Votes, a few transactions.


def test_three_hundred_votes_are_a_few_transactions(tmp_path):
    async def vote() -> tuple[int, list[int]]:
        kept, seen = Store(tmp_path / "x.sqlite"), []
        kept.create(new_session(1))
        kept.start()
        before = kept.transactions
        await asyncio.gather(
            *(kept.commit(statements.insert_vote(1, n, {"plan": "x"}), lambda n=n: seen.append(n)) for n in range(300))
        )
        await asyncio.to_thread(kept.close)
        return kept.transactions - before, seen

    transactions, seen = asyncio.run(vote())
    assert transactions <= 10
    assert seen == list(range(300))  # in the order in which they came
    assert len(stored(tmp_path / "x.sqlite")["vote"]) == 300


# Killed at any moment.


def vote_on(phone: Phone, number: int, round: int, sent: dict, acknowledged: dict, dead: threading.Event) -> None:
    """Change the vote of a phone until the room is gone, and note each that was sent and acknowledged."""
    levels = [
        f"{part}{place}" for part, most in (("C", 7), ("T", 12), ("L", 5), ("S", 5)) for place in range(1, most + 1)
    ]
    turn = 0
    while not dead.is_set():
        turn += 1
        level = levels[turn % len(levels)]
        sent[number] = level
        try:
            answer = phone.ask("vote", round=round, answer=READING | {"level": level})
        except httpx.HTTPError:
            return
        if answer.status_code == 200:
            acknowledged[number] = level
        elif answer.status_code == 429:  # the finger is too fast
            dead.wait(0.2)


def test_killed_at_random_moments_a_room_goes_on_with_every_acknowledged_vote(book, tmp_path):
    served = tmp_path / "book"
    served.mkdir()
    for name in ("cases", "book"):
        (served / name).symlink_to(book / name)
    (served / "_build").mkdir()
    (served / "_build/html").symlink_to(book / "_build/html")
    chance = random.Random()
    process = Process(served)
    try:
        presenter = Presenter(process.base, process.key)
        first = presenter.opens("plan", OTHER)
        phones = [Phone(process.base, process.code) for _ in range(4)]
        for phone in phones:
            phone.does("vote", round=first, answer={"plan": "decompression"})
        result = presenter.closes(first)
        round = presenter.opens()
        code, key, port = process.code, process.key, process.port
        acknowledged: dict[int, str] = {}
        for _ in range(2):
            sent: dict[int, str] = {}
            dead = threading.Event()
            voting = [
                threading.Thread(target=vote_on, args=(phone, number, round, sent, acknowledged, dead))
                for number, phone in enumerate(phones)
            ]
            for each in voting:
                each.start()
            dead.wait(chance.uniform(0.05, 0.5))  # the moment of the kill is what is random here
            process.kill()
            dead.set()
            for each in voting:
                each.join()
            process = Process(served, port=port)
            assert (process.code, process.key) == (code, key)
            assert "Resumed session" in process.said
            for number, phone in enumerate(phones):  # with the cookie that each has
                mine = phone.state()["mine"]
                assert (
                    mine is None
                    if number not in acknowledged
                    else mine["level"] in (acknowledged[number], sent[number])
                )
                if mine is not None:
                    acknowledged[number] = mine["level"]
        assert acknowledged
        assert presenter.state()["rounds"][0]["result"] == result
        assert presenter.closes(round)["votes"] == len(acknowledged)
        assert "The session is stored until" in process.stop()
        for browser in (presenter, *phones):
            browser.close()
    finally:
        process.kill()


# A disk that is full.


def test_a_full_disk_is_said_once_and_the_room_goes_on_in_memory_until_there_is_room(
    monkeypatch, room, presenter, phones, capsys
):
    monkeypatch.setattr(store, "BATCH_SECONDS", 0)  # one vote comes after another: there is nothing to gather
    round = presenter.opens()
    voters = phones(12)
    voters[0].votes(round)
    kept = room._server.session.store
    (pages,) = kept._connection.execute("PRAGMA page_count").fetchone()
    kept._connection.execute(f"PRAGMA max_page_count = {pages}")
    for phone in voters:
        phone.votes(round, pain="occasional")
    many = 0
    while kept.durable:  # the last page fills up
        many += 1
        assert many < 400
        asyncio.run_coroutine_threadsafe(
            kept.commit(statements.insert_reader(many, bytes(32)), lambda: None), room._loop
        ).result()
    for phone in voters:
        phone.votes(round, pain="none")
    state = presenter.state()
    assert (state["durable"], state["committed"]) == (False, 12)
    assert voters[0].state()["mine"]["pain"] == "none"
    said = capsys.readouterr().err
    assert said.count("cannot be written") == 1
    assert "database or disk is full" in said
    assert "continues in memory" in said
    kept._connection.execute("PRAGMA max_page_count = 100000")
    assert presenter.closes(round)["fields"]["pain"]["none"] == 12
    assert presenter.state()["durable"] is True
    assert "everything is stored" in capsys.readouterr().err
    asyncio.run_coroutine_threadsafe(asyncio.to_thread(kept.close), room._loop).result()
    assert [json.loads(answer)["pain"] for *_, answer in stored(kept.path)["vote"]] == ["none"] * 12


FILLED = """
import asyncio, resource, sys
from pathlib import Path
from classroom.server import statements, store
from classroom.server.session import new_session
from classroom.server.store import Store

async def fill():
    store.BATCH_SECONDS = 0  # one vote after another: there is nothing to gather
    kept = Store(Path(sys.argv[1]))
    kept.create(new_session(1))
    kept.start()
    async def vote(reader):
        await kept.commit(statements.insert_vote(1, reader, {"plan": "x" * 500}), lambda: None)
    await vote(0)
    enough()
    number = 1
    while kept.durable and number < 5000:
        await vote(number)
        number += 1
    print("durable" if kept.durable else "not durable", flush=True)
    await vote(number)
    more()
    await vote(number + 1)
    print("durable" if kept.durable else "not durable", number + 2, flush=True)
    await asyncio.to_thread(kept.close)

"""
LIMITED = """
def enough():
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))

def more():
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

asyncio.run(fill())
"""
TINY = """
ballast = Path(sys.argv[1]).with_name("ballast")
ballast.write_bytes(b"x" * 100_000)

def enough():
    pass

def more():
    ballast.unlink()

asyncio.run(fill())
"""
MOUNTED = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
CAN_MOUNT = (
    sys.platform == "linux"
    and not subprocess.run(
        [*MOUNTED, "mount -t tmpfs -o size=64k none /mnt"], capture_output=True, check=False
    ).returncode
)


@pytest.mark.parametrize("disk", ["limit of the kernel", *(["file system of 400 KB"] if CAN_MOUNT else [])])
def test_a_disk_that_really_takes_no_more_is_told_and_everything_is_stored_once_it_does(disk, tmp_path):
    script = tmp_path / "fill.py"
    file = tmp_path / "disk" / "x.sqlite"
    file.parent.mkdir()
    command = [sys.executable, script, file]
    if disk == "limit of the kernel":
        script.write_text(FILLED + LIMITED, "utf-8")
    else:
        script.write_text(FILLED + TINY, "utf-8")
        line = f"mount -t tmpfs -o size=400k none '{file.parent}'; '{sys.executable}' '{script}' '{file}'; cp '{file}' '{tmp_path}/copy'"
        command, file = [*MOUNTED, line], tmp_path / "copy"
    filled = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        timeout=60,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    first, last = filled.stdout.splitlines()
    assert first == "not durable"
    assert filled.stderr.count("cannot be written") == 1
    assert last.startswith("durable")
    assert len(stored(file)["vote"]) == int(last.split()[1])


def test_a_folder_that_cannot_be_written_to_is_told_and_the_room_goes_on(book, tmp_path, capsys):
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("", "utf-8")
    with running(book, folder=blocked) as room:
        assert "cannot be written" in capsys.readouterr().err
        round = room.open("reading", CASE)
        assert room.state()["durable"] is False
        assert room.close(round)["votes"] == 0


def test_a_full_disk_that_takes_no_message_either_does_not_stop_the_room(tmp_path):
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("", "utf-8")

    def say(line: str) -> None:
        raise OSError("No space left on device")

    async def vote() -> Store:
        kept = Store(blocked / "x.sqlite", say)
        kept.create(new_session(1))
        kept.start()
        async with asyncio.timeout(10):
            await kept.commit(statements.insert_vote(1, 1, {"plan": "x"}), lambda: None)
        await asyncio.to_thread(kept.close)
        return kept

    assert asyncio.run(vote()).durable is False


# The end of a session.


def test_the_presenter_ends_a_session_and_nothing_is_left(room, presenter, phones, tmp_path):
    (phone,) = phones(1)
    phone.votes(presenter.opens())
    with phone.watching() as states:
        next(states)
        presenter.does("end")
        *_, last = states  # and then the stream ends
    assert last["phase"] == "ended"
    assert last["mine"] is None
    assert list(tmp_path.iterdir()) == []
    assert phone.get("/room/api/events").status_code == 204  # at which no browser comes back
    for browser, what, body in (
        (phone, "vote", {"round": 1, "answer": READING}),
        (presenter, "open", {"kind": "reading", "case": CASE}),
    ):
        assert browser.ask(what, **body).status_code == 410
    presenter.does("end")


def test_a_session_that_expires_ends_and_is_deleted(book, tmp_path):
    with running(book, folder=tmp_path, hours=1.2 / 3600) as room:
        presenter = Presenter(room.address.split("/cases/")[0], room.console.split("key=")[1])
        with presenter.watching() as states:
            *_, last = states
        presenter.close()
        assert last["phase"] == "ended"
        assert list(tmp_path.iterdir()) == []


def test_an_expired_session_is_deleted_when_the_next_room_starts(book, tmp_path):
    past = Store(tmp_path / "PAST.sqlite")
    past.create(new_session(-1))
    past.close()
    with running(book, folder=tmp_path, fresh=False) as room:
        assert room.code != "PAST"
        assert not (tmp_path / "PAST.sqlite").exists()


def test_an_expired_session_is_deleted_though_the_room_goes_on_with_a_newer_one(book, tmp_path):
    for name, hours in (("PAST", -1), ("LIVE", 1)):
        kept = Store(tmp_path / f"{name}.sqlite")
        kept.create(new_session(hours))
        kept.close()
    os.utime(tmp_path / "PAST.sqlite", (0, 0))
    with running(book, folder=tmp_path, fresh=False):
        assert {path.stem for path in tmp_path.glob("*.sqlite")} == {"LIVE"}


def test_a_stopped_session_is_gone_on_with_unless_one_asks_for_another(book, tmp_path):
    def code(**options: bool) -> str:
        with running(book, folder=tmp_path, **options) as room:
            return room.code

    first = code()
    assert code(fresh=False) == first
    assert code(fresh=True) != first


def test_a_session_on_what_the_book_no_longer_asks_says_how_to_begin_another(book, tmp_path):
    old = Store(tmp_path / "OLD.sqlite")
    old.create(new_session(1))
    old._commit([statements.insert_round(1, "reading", "a-case-that-was", None, None)])
    old.close()
    with pytest.raises(CannotStartError, match=r"no longer asks\. Start a new session with --new"):
        running(book, folder=tmp_path, fresh=False)


def test_two_rooms_never_share_a_session(room: Running, tmp_path):
    with pytest.raises(UnreadableError, match="in use by a room that is running"):
        Store(next(tmp_path.glob("*.sqlite"))).load()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_a_file_that_is_no_session_stops_no_room(content, book, tmp_path):
    (tmp_path / "odd.sqlite").write_bytes(content)
    with running(book, folder=tmp_path, fresh=False) as room:
        assert re.fullmatch(f"[{CODE_LETTERS}]{{6}}", room.code)
