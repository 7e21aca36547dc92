"""A teaching room in a browser: one wall, phones that join, commit, drop out and come back."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe import SIDEWAYS, violations
from playwright.sync_api import expect
from reader import ROOT, click
from room_people import READINGS, Phone, Someone, Wall, elsewhere

from casebook.messages import message
from classroom.server.background import Running

COLON = "reading colon-s1"


# lines that break


def test_a_phone_without_a_line_keeps_its_vote_and_brings_it_when_it_is_back(room, wall, phone, people):
    away = people(Phone, room.address)
    away.joins()
    wall.opens(COLON)
    away.sees("open")
    away.context.set_offline(True)
    expect(away.sheet).to_have_attribute("data-line", "down")
    away.chooses(READINGS[0])
    expect(away.sheet).to_contain_text(message("room-offline-draft"))
    away.commit.click()
    expect(away.sheet).to_contain_text(message("room-offline-pending"))
    phone.commits(READINGS[1])
    wall.sees_committed(1, of=2)
    away.context.set_offline(False)
    wall.sees_committed(2, of=2)
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
    expect(wall.page.locator(".room-votes")).to_have_text(message("room-votes", votes=0))
    phone.context.set_offline(False)
    expect(phone.sheet.get_by_role("alert")).to_have_text(message("room-vote-late"))


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
        phones = [people(Phone, each) for each in (address, *[elsewhere(address)] * 2)]
        for phone in phones:
            phone.joins()
        wall.opens(COLON)
        for phone, answer in zip(phones[:2], READINGS, strict=False):
            phone.sees("open")
            phone.commits(answer)
        phones[2].chooses(READINGS[2])
        server.kill()
        server.wait()
        expect(wall.page.get_by_role("status")).to_contain_text(message("room-console-lost"))
        for phone in phones:
            expect(phone.sheet).to_have_attribute("data-line", "down")
        expect(phones[0].sheet).to_contain_text(message("room-offline-sent"))
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
    command = [sys.executable, "-u", "-m", "classroom", "--port", str(port), "--book", str(folder)]
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
    expect(wall.page.get_by_role("status")).to_contain_text(message("room-console-not-durable"))
    expect(phone.sheet).to_contain_text(message("room-not-durable"))


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
    wall.button(message("room-vote-again")).click()
    expect(other.stage).to_have_attribute("data-phase", "open")


def test_the_key_is_not_left_where_the_wall_shows_it_and_a_reload_needs_none(room, wall):
    assert "key=" in room.console
    assert "key" not in wall.page.url
    wall.page.reload()
    expect(wall.page.get_by_role("heading", name=message("room-join-title"))).to_be_visible()


def test_without_the_key_there_is_only_a_place_to_type_the_code(room, people):
    guest = people(Phone, room.address)
    guest.page.goto(room.console.partition("#")[0])
    code = guest.page.get_by_label(message("room-guest-code"))
    code.fill("ZZZZZZ")
    guest.page.get_by_role("button", name=message("room-guest-join")).click()
    expect(guest.page.get_by_role("alert")).to_contain_text(message("room-refusal-code"))
    expect(code).to_have_value("ZZZZZZ")
    code.fill(room.code.lower())
    guest.page.get_by_role("button", name=message("room-guest-join")).click()
    expect(guest.sheet).to_have_attribute("data-line", "up")


PAINTS_LATE = "window.requestAnimationFrame = (painted) => setTimeout(painted, 1000)"


def test_what_the_room_says_before_the_first_paint_is_heard(room, readers):
    hidden = readers(room.address)
    hidden.context.add_init_script(PAINTS_LATE)
    hidden.go(room.console.partition("#")[0])
    expect(hidden.page.get_by_label(message("room-guest-code"))).to_be_visible()
    hidden.errors.clear()  # that it has no key, in the browser's words


def test_a_session_is_led_by_the_keyboard_alone(wall, phone):
    wall.page.locator(".room-code").first.wait_for()
    wall.tab_to(wall.button(message("room-choose-question")))
    wall.page.keyboard.press("Enter")
    wall.tab_to(wall.page.locator(f'[data-opens="{COLON}"]'))
    wall.page.keyboard.press("Enter")
    phone.sees("open")
    by_keyboard(phone)
    wall.sees_committed(1, of=1)
    wall.tab_to(wall.button(message("room-close-vote")))
    wall.page.keyboard.press("Enter")
    wall.page.locator(".room-bars").first.wait_for()
    wall.tab_to(wall.button(message("room-part-consequences")))
    wall.page.keyboard.press("Space")
    expect(wall.page.locator(".room-totals")).to_be_visible()
    wall.tab_to(wall.button(message("room-vote-again")))
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
    expect(phone.sheet.locator(".room-commit")).to_contain_text(message("room-vote-submitted"))


# the phone


def test_what_is_not_answered_is_named_and_brought_before_the_reader(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    phone.chooses({id: READINGS[0][id] for id in ("level", "pain")})
    phone.commit.click()
    expect(phone.sheet.locator(".room-commit")).to_contain_text(message("room-missing", field="Bone lesion on CT"))
    expect(phone.focused()).to_have_attribute("value", "blastic")
    wall.sees_committed(0, of=1)


def test_the_room_stays_while_a_reader_goes_through_the_book_and_ends_when_left(wall, phone):
    wall.opens(COLON)
    phone.sees("open")
    click(phone.sheet.locator('[data-field="pain"] input[value="mechanical"]'))  # with a finger
    phone.page.goto(urljoin(phone.address, "/book/scores/sins.html"))
    phone.sees("open")
    expect(phone.sheet.locator('[data-field="pain"] input[value="mechanical"]')).to_be_checked()
    phone.sheet.get_by_role("button", name=re.compile("^Room ")).click()
    expect(phone.sheet.locator("form")).to_be_hidden()
    phone.page.reload()
    phone.sees("open")
    expect(phone.sheet.locator("form")).to_be_hidden()
    phone.sheet.get_by_role("button", name=re.compile("^Room ")).click()
    phone.sheet.get_by_role("button", name=message("room-leave")).click()
    expect(phone.sheet).to_have_count(0)
    phone.page.reload()
    phone.live()
    expect(phone.sheet).to_have_count(0)


def test_a_page_without_a_room_fetches_nothing_of_one(room, people):
    reader = people(Phone, room.address)
    with reader.listening() as asked:
        reader.go(reader.address.partition("#")[0])
        reader.live()
    assert asked
    assert not [url for url in asked if "/room" in url]
    assert not reader.errors


def test_a_code_that_opens_no_room_is_told_in_the_page(room, people):
    lost = people(Phone, re.sub("#room=.*", "#room=ZZZZZZ", room.address))
    lost.page.goto(lost.address)
    expect(lost.sheet.get_by_role("alert")).to_contain_text(message("room-refusal-code"))


def test_the_sheet_covers_nothing_that_has_the_focus(room, wall, people):
    phone = people(Phone, room.address)
    phone.joins()
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


def test_axe_finds_nothing_on_the_wall_or_a_phone_by_day_or_night_and_nothing_is_scrolled_sideways(room, people):
    wall = people(Wall, room.console, "dark")
    phone = people(Phone, elsewhere(room.address), "dark")
    phone.joins()

    def all_is_well(*changed: Someone) -> None:
        for someone in changed:
            within, wide = (".room", 375) if someone is phone else (None, 1280)
            for scheme, width in (("dark", 320), ("light", wide)):
                becomes(someone, scheme)
                someone.resize(width, 720)
                assert violations(someone, within, of_the_screen=scheme == "dark") == [], (scheme, width)
                assert someone.page.evaluate(SIDEWAYS) == 0, (scheme, width)

    all_is_well(wall, phone)
    wall.button("Agenda").click()
    all_is_well(wall)
    wall.opens(COLON)
    phone.sees("open")
    all_is_well(wall, phone)
    phone.commits(READINGS[0])
    wall.closes()
    phone.sees("closed")
    all_is_well(phone)
    for part in (message("room-part-readings"), message("room-part-consequences"), message("room-part-agreement")):
        wall.button(part).click()
        all_is_well(wall)
    wall.button(message("room-vote-again")).click()
    phone.sees("open")
    phone.commits(READINGS[1])
    wall.closes()
    phone.sees("closed")
    all_is_well(wall, phone)


def becomes(someone: Someone, scheme: str) -> None:
    """Let it be light or dark: a phone is what its system is, the wall what the presenter presses."""
    if isinstance(someone, Phone):
        someone.page.emulate_media(color_scheme=scheme)
    elif (other := someone.button(scheme.capitalize())).count():
        other.press("Enter")
    expect(someone.page.locator(f'html[data-shade="{scheme}"], html[data-theme="{scheme}"]')).to_have_count(1)
