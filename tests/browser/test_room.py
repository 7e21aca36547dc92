"""A teaching room in a browser: one wall, phones that join, commit, drop out and come back."""

from __future__ import annotations

import csv
import io
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import OF_THE_SCREEN, SIDEWAYS, violations
from classroom import Phone, Someone, Wall
from playwright.sync_api import Browser, expect
from reader import CASES, ROOT

import casebook
from casebook.cases import load_case
from casebook.questions import Question, questions_of
from widgets.room.agenda import Agenda
from widgets.room.server import Running, running

COLON = "reading colon-s1"
READINGS = (
    {"level": "S1", "pain": "occasional", "bone_lesion": "lytic", "alignment": "normal", "collapse": "under_50", "posterolateral": "unilateral"},
    {"level": "S1", "pain": "mechanical", "bone_lesion": "lytic", "alignment": "normal", "collapse": "unknown", "posterolateral": "none"},
    {"level": "S2", "pain": "occasional", "bone_lesion": "mixed", "alignment": "normal", "collapse": "none", "posterolateral": "unilateral"},
)  # fmt: skip
AFTER = (READINGS[0], READINGS[0], READINGS[1])


@pytest.fixture(scope="module")
def agenda(book: Path) -> Agenda:
    """All that can be asked, read once for every room."""
    return Agenda(ROOT)


@pytest.fixture
def room(agenda: Agenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A room on this machine, with a session of its own."""
    monkeypatch.setattr("widgets.room.server.Agenda", lambda _: agenda)
    with running(ROOT, folder=tmp_path) as running_room:
        yield running_room


@pytest.fixture
def people(browser: Browser) -> Iterator[Callable[..., Any]]:
    """Makes walls and phones; none of them asks another host for anything."""
    made: list[Someone] = []

    def make(kind: type[Someone], address: str, **context: Any) -> Someone:
        made.append(kind(browser, address, **context))
        return made[-1]

    yield make
    for someone in made:
        someone.leave()
    assert [url for someone in made for url in someone.outside] == []


@pytest.fixture
def wall(room: Running, people: Callable[..., Any]) -> Wall:
    """The presenter's window."""
    return people(Wall, room.console)


@pytest.fixture
def phones(room: Running, people: Callable[..., Any]) -> list[Phone]:
    """Three phones that have joined."""
    joined = [people(Phone, room.address) for _ in range(3)]
    for phone in joined:
        phone.joins()
    return joined


@pytest.fixture
def phone(room: Running, people: Callable[..., Any]) -> Phone:
    """One phone that has joined."""
    joined = people(Phone, room.address)
    joined.joins()
    return joined


# whole sessions


class TestAWholeSession:
    """Apart, so that two processes can share the room between them."""

    @pytest.mark.parametrize("case", CASES)
    def test_a_presenter_and_three_phones_play_a_whole_session(self, case, room, wall, phones, tmp_path):
        expect(wall.page.locator(".room-arrived")).to_have_text("3 phones are here")
        held: list[tuple[str, list[Any]]] = []

        play(wall, phones, f"reading {case}", READINGS, goes_to=case)
        held.append(("1", list(READINGS)))
        counted_as_voted(wall, case, READINGS)
        wall.button("Second vote").click()
        vote(wall, phones, AFTER)
        held.append(("2", list(AFTER)))
        both_side_by_side(wall, READINGS, AFTER)

        actions = [{"plan": entry.action} for entry in load_case(case).assess().plan[:2]]
        plans = [actions[0], actions[1], actions[1]]
        play(wall, phones, f"plan {case}", plans)
        held.append(("1", plans))
        told = wall.bars("What would you do first?")
        assert {id: numbers for id, numbers in told.items() if numbers != [0]} == {
            actions[0]["plan"]: [1],
            actions[1]["plan"]: [2],
        }

        for question in questions_of(case):
            answers = [{"answer": answer} for answer in answers_to(question)]
            play(wall, phones, f"quiz {question.id}", answers)
            held.append(("1", answers))
            expect(wall.page.locator(".room-outcome")).not_to_contain_text("✓ key")
            wall.button("Key and reasons").click()
            for option in question.written.options:
                expect(wall.page.locator(".room-key")).to_contain_text(" ".join(option.feedback.split()))
            wall.button("Answers").click()
            expect(wall.page.locator(".room-mark")).to_have_count(len(question.written.key))

        exported_as_voted(wall, held)
        for each in phones:
            assert each.heard
            assert any(each.replies)
            assert each.heard_early() == []
            assert not each.errors, each.errors
        assert not wall.errors, wall.errors

        wall.button("Agenda").click()
        wall.button("End the room…").click()
        expect(wall.page.get_by_role("alert")).to_contain_text("delete its file with every vote?")
        wall.button("Keep the room").click()
        assert list(tmp_path.glob("*.sqlite"))
        wall.button("End the room…").click()
        wall.button("End and delete").click()
        expect(wall.page.get_by_role("heading", name="The room has ended")).to_be_visible()
        phones[0].sees("ended")
        assert list(tmp_path.iterdir()) == []


def play(wall: Wall, phones: list[Phone], what: str, answers: Any, goes_to: str | None = None) -> None:
    """Open something, let each phone commit an answer, and close."""
    wall.opens(what)
    if goes_to:
        for phone in phones:
            phone.sees("open")
            link = phone.sheet.get_by_role("link", name="Open the page it is about")
            if f"/cases/{goes_to}.html" not in phone.page.url:
                link.click()
                phone.page.wait_for_url(f"**/cases/{goes_to}.html*")
            expect(link).to_have_count(0)
    vote(wall, phones, answers)


def vote(wall: Wall, phones: list[Phone], answers: Any) -> None:
    """Let each phone commit; the wall shows how many have, and nothing else, until it is closed."""
    for number, (phone, answer) in enumerate(zip(phones, answers, strict=True), 1):
        phone.sees("open")
        phone.commits(answer)
        wall.sees_committed(number, of=len(phones))
    expect(wall.page.locator(".room-bars")).to_have_count(0)
    wall.closes()
    for phone in phones:
        phone.sees("closed")
        expect(phone.sheet.locator(".room-bars").first).to_be_visible()


def answers_to(question: Question) -> list[Any]:
    """Two right answers and a wrong one."""
    ids = [option.id for option in question.written.options]
    key = list(question.written.key)
    if question.kind == "rank":
        return [key, key, key[::-1]]
    return [key[0], key[0], next(id for id in ids if id != key[0])]


def counted_as_voted(wall: Wall, case: str, answers: Any) -> None:
    """Check each reading, and the totals that the engine gives for each vote."""
    labels = {id: casebook.library.knowledge().vocabulary.by_id[id].label for id in answers[0]}
    for id, label in labels.items():
        counts = {option: [number] for option, number in Counter(answer[id] for answer in answers).items()}
        assert {option: n for option, n in wall.bars(label).items() if n != [0]} == counts
    wall.button("Totals, bands, plans").click()
    findings = load_case(case).findings
    scores = [
        casebook.assess({**findings, **{id: None if v == "unknown" else v for id, v in answer.items()}}).scores["sins"]
        for answer in answers
    ]
    named = Counter(str(one.low) if one.low == one.high else f"{one.low}–{one.high}" for one in scores)
    assert wall.totals() == {name: [number] for name, number in named.items()}
    assert sum(number for (number,) in wall.bars("SINS band").values()) == len(answers)
    assert sum(number for (number,) in wall.bars("Where the plan stands").values()) == len(answers)
    wall.button("Agreement").click()
    shares = wall.page.locator("[data-pairs]")
    expect(shares).to_have_count(6)
    expect(wall.page.locator('[data-pairs="alignment"]')).to_contain_text("100 %")
    expect(wall.page.locator('[data-pairs="level"]')).to_contain_text("33 %")
    expect(wall.page.locator('[data-pairs="bone_lesion"]')).to_contain_text("κ 0.244")
    expect(wall.page.locator(".room-agreed")).to_contain_text("Fourney")
    expect(wall.page.locator(".room-agreed")).to_contain_text("With one patient it is not defined")


def both_side_by_side(wall: Wall, first: Any, second: Any) -> None:
    """Check that each option has the numbers of both votes."""
    for id in ("pain", "collapse"):
        label = casebook.library.knowledge().vocabulary.by_id[id].label
        before, after = (Counter(answer[id] for answer in answers) for answers in (first, second))
        for option, numbers in wall.bars(label).items():
            assert numbers == [before[option], after[option]], (id, option)


def exported_as_voted(wall: Wall, held: list[tuple[str, list[Any]]]) -> None:
    """Check that the file has every vote, and nobody in it."""
    wall.button("Agenda").click()
    with wall.page.expect_download() as download:
        wall.page.get_by_role("link", name="Export the votes").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert list(rows[0]) == ["round", "vote", "kind", "case", "question", "reader", "field", "answer"]
    assert len({row["reader"] for row in rows}) == 3
    for number, (turn, answers) in enumerate(held, 1):
        mine = [row for row in rows if row["round"] == str(number)]
        assert {row["vote"] for row in mine} == {turn}
        wanted = Counter(cell for answer in answers for cell in cells(answer))
        assert Counter((row["field"], row["answer"]) for row in mine) == wanted


def cells(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, option in answer.items():
        if isinstance(option, list):
            yield from ((str(place), one) for place, one in enumerate(option, 1))
        else:
            yield field, option


def test_over_two_patients_the_same_readers_have_a_kappa(wall, phones):
    play(wall, phones, COLON, READINGS)
    wall.button("Agreement").click()
    expect(wall.page.locator(".room-kappa")).to_have_count(0)
    play(wall, phones, "reading sacral-ala-cement", READINGS[1:] + READINGS[:1])
    wall.button("Agreement").click()
    expect(wall.page.locator(".room-kappa")).to_contain_text(re.compile(r"^−?-?\d\.\d\d"))
    expect(wall.page.locator(".room-agreed")).to_contain_text("3 readers of 2 patients")
    expect(wall.page.locator(".room-agreed")).to_contain_text("jackknife")


# lines that break


def test_a_phone_without_a_line_keeps_its_vote_and_brings_it_when_it_is_back(wall, phones):
    wall.opens(COLON)
    away = phones[0]
    away.sees("open")
    away.context.set_offline(True)
    expect(away.sheet).to_have_attribute("data-line", "down")
    away.chooses(READINGS[0])
    expect(away.sheet).to_contain_text("What you have chosen is kept on this device; the room has not got it yet.")
    away.commit.click()
    expect(away.sheet).to_contain_text("Your vote is kept on this device and sent as soon as the line is back.")
    phones[1].commits(READINGS[1])
    wall.sees_committed(1, of=3)
    away.context.set_offline(False)
    wall.sees_committed(2, of=3)
    expect(away.sheet).to_have_attribute("data-line", "up")
    away.shows(READINGS[0])
    wall.closes()
    assert wall.bars("Pain at the lesion")["occasional"] == [1]


def test_a_phone_that_was_closed_comes_back_with_its_vote_and_changes_it(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.commits(READINGS[0])
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.joins()
    phone.shows(READINGS[0])
    expect(phone.commit).to_be_disabled()
    phone.commits({"pain": "mechanical"})
    wall.sees_committed(1, of=1)
    wall.closes()
    assert wall.bars("Pain at the lesion") == {"none": [0], "occasional": [0], "mechanical": [1], "unknown": [0]}


def test_a_vote_that_comes_after_the_close_is_told_not_to_count(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.chooses(READINGS[0])
    phone.context.set_offline(True)
    expect(phone.sheet).to_have_attribute("data-line", "down")
    phone.commit.click()
    wall.closes()
    expect(wall.page.locator(".room-votes")).to_have_text("0 votes")
    phone.context.set_offline(False)
    expect(phone.sheet.get_by_role("alert")).to_have_text(
        "The question was closed before your vote arrived, so it does not count."
    )


def test_a_late_phone_joins_at_the_open_question(room, wall, phone, people):
    wall.opens(COLON)
    late = people(Phone, room.address)
    late.joins()
    late.sees("open")
    late.commits(READINGS[2])
    wall.sees_committed(1, of=2)


def test_a_server_killed_during_a_vote_goes_on_with_every_vote(book, people, tmp_path):
    for name in ("cases", "book"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "html").symlink_to(book)
    port = free_port()
    server, console, address = serve(tmp_path, port)
    try:
        wall = people(Wall, console)
        phones = [people(Phone, address) for _ in range(3)]
        for phone in phones:
            phone.joins()
        wall.opens(COLON)
        for phone, answer in zip(phones[:2], READINGS, strict=False):
            phone.sees("open")
            phone.commits(answer)
        phones[2].chooses(READINGS[2])
        server.kill()
        server.wait()
        expect(wall.page.get_by_role("status")).to_contain_text("The line to the room’s server is down")
        for phone in phones:
            expect(phone.sheet).to_have_attribute("data-line", "down")
        expect(phones[0].sheet).to_contain_text("The room has your vote.")
        phones[2].commit.click()
        server, _, again = serve(tmp_path, port)
        assert again == address
        wall.sees_committed(3, of=3)
        for phone, answer in zip(phones, READINGS, strict=True):
            expect(phone.sheet).to_have_attribute("data-line", "up")
            phone.shows(answer)
        wall.closes()
        assert wall.bars("Level scored") == {"S1": [2], "S2": [1]}
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def serve(folder: Path, port: int) -> tuple[subprocess.Popen[str], str, str]:
    """Start the command; give the process, the address of the console and that of the phones."""
    command = [sys.executable, "-u", "-m", "widgets.room", "--port", str(port), "--book", str(folder)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    said = ""
    for line in server.stdout:
        said += line
        if line.startswith("Stop with"):
            return server, re.search(r"http\S+#key=\S+", said)[0], re.search(r"http\S+#room=\S+", said)[0]
    pytest.fail(f"The room did not start:\n{said}")


def test_votes_that_no_disk_takes_are_said_so_on_the_wall_and_the_phones(room, wall, phone, monkeypatch):
    monkeypatch.setattr(room._server.session.store, "_commit", lambda changes: full(room))
    wall.opens(COLON)
    phone.sees("open")
    phone.commits(READINGS[0])
    expect(wall.page.get_by_role("status")).to_contain_text("The votes cannot be written to disk")
    expect(phone.sheet).to_contain_text("The room cannot write its votes to disk; it goes on in memory.")


def full(room: Running) -> None:
    room._server.session.store.durable = False


# the presenter


def test_two_windows_of_the_presenter_show_the_same(room, wall, phone, people):
    other = people(Wall, room.console)
    wall.opens(COLON)
    expect(other.stage).to_have_attribute("data-phase", "open")
    phone.sees("open")
    phone.commits(READINGS[0])
    wall.sees_committed(1, of=1)
    other.sees_committed(1, of=1)
    other.closes()
    expect(wall.stage).to_have_attribute("data-phase", "closed")
    assert wall.bars("Pain at the lesion") == other.bars("Pain at the lesion")
    wall.button("Second vote").click()
    expect(other.stage).to_have_attribute("data-phase", "open")


def test_the_key_is_not_left_where_the_wall_shows_it_and_a_reload_needs_none(room, wall):
    assert "key=" in room.console
    assert "key" not in wall.page.url
    wall.page.reload()
    expect(wall.page.get_by_role("heading", name="Join with a phone")).to_be_visible()


def test_without_the_key_there_is_only_a_place_to_type_the_code(room, people):
    guest = people(Phone, room.address)
    guest.page.goto(room.console.partition("#")[0])
    code = guest.page.get_by_label("The code on the screen")
    code.fill("ZZZZZZ")
    guest.page.get_by_role("button", name="Join").click()
    expect(guest.page.get_by_role("alert")).to_contain_text("No session here has this code")
    expect(code).to_have_value("ZZZZZZ")
    code.fill(room.code.lower())
    guest.page.get_by_role("button", name="Join").click()
    expect(guest.sheet).to_have_attribute("data-line", "up")


def test_a_session_is_led_by_the_keyboard_alone(wall, phone):
    wall.page.locator(".room-code").first.wait_for()
    wall.tab_to(wall.button("Choose a question"))
    wall.page.keyboard.press("Enter")
    wall.tab_to(wall.page.locator(f'[data-opens="{COLON}"]'))
    wall.page.keyboard.press("Enter")
    phone.sees("open")
    by_keyboard(phone)
    wall.sees_committed(1, of=1)
    wall.tab_to(wall.button("Close the vote"))
    wall.page.keyboard.press("Enter")
    wall.page.locator(".room-bars").first.wait_for()
    wall.tab_to(wall.button("Totals, bands, plans"))
    wall.page.keyboard.press("Space")
    expect(wall.page.locator(".room-totals")).to_be_visible()
    wall.tab_to(wall.button("Second vote"))
    wall.page.keyboard.press("Enter")
    wall.sees_committed(0, of=1)


def by_keyboard(phone: Phone) -> None:
    """Commit the first radio of each group, and S1 from the list."""
    level = phone.sheet.locator('[data-field="level"] select')
    level.focus()
    phone.page.keyboard.type("S1")
    expect(level).to_have_value("S1")
    for id in ("pain", "bone_lesion", "alignment", "collapse", "posterolateral"):
        phone.tab_to(phone.sheet.locator(f'[data-field="{id}"]'), most=3)
        phone.page.keyboard.press("Space")
    phone.tab_to(phone.commit, most=2)
    phone.page.keyboard.press("Enter")
    expect(phone.sheet.locator(".room-commit")).to_contain_text("Committed.")


# the phone


def test_what_is_not_answered_is_named_and_brought_before_the_reader(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.chooses({id: READINGS[0][id] for id in ("level", "pain")})
    phone.commit.click()
    expect(phone.sheet.locator(".room-commit")).to_contain_text("Not yet answered: Bone lesion on CT")
    expect(phone.focused()).to_have_attribute("value", "blastic")
    wall.sees_committed(0, of=1)


def test_the_room_stays_while_a_reader_goes_through_the_book_and_ends_when_left(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.chooses({"pain": "mechanical"})
    phone.page.goto(phone.page.url.replace("cases/colon-s1.html", "book/scores/sins.html").partition("#")[0])
    phone.sees("open")
    expect(phone.sheet.locator('[data-field="pain"] input[value="mechanical"]')).to_be_checked()
    phone.sheet.get_by_role("button", name=re.compile("^Room ")).click()
    expect(phone.sheet.locator("form")).to_be_hidden()
    phone.page.reload()
    phone.sees("open")
    expect(phone.sheet.locator("form")).to_be_hidden()
    phone.sheet.get_by_role("button", name=re.compile("^Room ")).click()
    phone.sheet.get_by_role("button", name="Leave the room").click()
    expect(phone.sheet).to_have_count(0)
    phone.page.reload()
    phone.live()
    expect(phone.sheet).to_have_count(0)


def test_a_page_without_a_room_fetches_nothing_of_one(readers, http):
    reader = readers(http)
    reader.open_case("colon-s1")
    assert not [url for url in reader.asked if "/room" in url]


def test_a_code_that_opens_no_room_is_told_in_the_page(room, people):
    lost = people(Phone, re.sub("#room=.*", "#room=ZZZZZZ", room.address))
    lost.page.goto(lost.address)
    expect(lost.sheet.get_by_role("alert")).to_contain_text("No session here has this code")


def test_the_sheet_covers_nothing_that_has_the_focus(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.page.locator("body").press("Home")
    phone.page.locator(".bd-main a, .bd-main button").first.focus()
    seen = 0
    for _ in range(60):
        covered = phone.page.evaluate(COVERED)
        assert not covered
        seen += covered == ""
        phone.page.keyboard.press("Tab")
    assert seen > 20


# A frame that is higher than what the sheet leaves free is seen from its top.
COVERED = """() => {
  const focused = document.activeElement, sheet = document.querySelector('.room');
  if (sheet.contains(focused) || focused === document.body) return null;
  const { top, bottom } = focused.getBoundingClientRect(), edge = sheet.getBoundingClientRect().top;
  const fits = bottom - top < edge - 80;
  return (fits ? bottom : top) > edge + 1 ? focused.outerHTML.slice(0, 200) : '';
}"""


def test_without_storage_and_over_file_a_page_reads_as_ever(readers, book):
    reader = readers(book.as_uri())
    reader.open_case("colon-s1", "#room=ABCDEF")
    expect(reader.page.locator(".room")).to_have_count(0)


# for readers who see little or hold a small phone


@pytest.mark.parametrize(("scheme", "place", "rules"), [("light", 0, ()), ("dark", 1, OF_THE_SCREEN)])
def test_axe_finds_nothing_on_the_wall_or_a_phone_and_nothing_is_scrolled_sideways(scheme, place, rules, room, people):
    wall = people(Wall, room.console, color_scheme=scheme)
    phone = people(Phone, room.address, color_scheme=scheme)
    phone.joins()

    def all_is_well() -> None:
        for someone, widths in ((wall, (1280, 320)), (phone, (375, 320))):
            within = ".room" if someone is phone else None
            someone.resize(widths[place], 720)
            assert violations(someone, within, rules) == [], scheme
            for width in widths[::-1]:
                someone.resize(width, 720)
                assert someone.page.evaluate(SIDEWAYS) == 0, (scheme, width)

    all_is_well()
    wall.button("Agenda").click()
    all_is_well()
    wall.opens(COLON)
    phone.sees("open")
    all_is_well()
    phone.commits(READINGS[0])
    wall.closes()
    phone.sees("closed")
    for part in ("Readings", "Totals, bands, plans", "Agreement"):
        wall.button(part).click()
        all_is_well()
    wall.button("Second vote").click()
    phone.sees("open")
    phone.commits(READINGS[1])
    wall.closes()
    phone.sees("closed")
    all_is_well()
