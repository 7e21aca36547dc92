"""What a reader changed is kept: over a reload, over going back, and until another day; a reset removes it for good."""

from __future__ import annotations

from playwright.sync_api import expect

from casebook.cases.case import load_case

COLON = "colon-s1"
CHANGED = {"bladder_bowel": "retention", "epidural": "effaces", "deficit_course": "within_7_days", "frankel": "D"}
AFTER = {**load_case(COLON).findings, **CHANGED}
KEY = f"casebook:state:{COLON}"


def change(reader) -> None:
    for finding, option in CHANGED.items():
        reader.choose(finding, option)
    reader.sees_what_follows_from(AFTER)
    reader.until(
        "(parts) => parts.every((part) => location.hash.includes(part))", [f"{k}={v}" for k, v in CHANGED.items()]
    )


def test_a_reload_and_going_back_keep_what_was_changed(reader):
    reader.open_case(COLON)
    change(reader)
    reader.page.reload()
    reader.live()
    reader.sees_what_follows_from(AFTER)
    expect(reader.told).not_to_contain_text("You opened a link")
    reader.go(f"{reader.address}/book/introduction.html")
    reader.page.go_back()
    reader.live()
    reader.sees_what_follows_from(AFTER)


def test_another_day_it_is_there_again_and_one_line_leads_back_to_the_published_case(reader):
    reader.open_case(COLON)
    change(reader)
    reader.go("about:blank")
    reader.open_case(COLON)
    reader.sees_what_follows_from(AFTER)
    note = reader.explorer.locator(".cb-findings > .cb-note")
    expect(note).to_contain_text("are here again")
    note.get_by_role("button", name="Back to the published case").click()
    reader.sees_what_follows_from(load_case(COLON).findings)
    expect(note).to_have_count(0)


def test_after_a_reset_and_a_reload_it_is_the_published_case(reader):
    reader.open_case(COLON)
    change(reader)
    reader.press("Reset to")
    reader.sees_what_follows_from(load_case(COLON).findings)
    reader.until("(key) => !location.hash && localStorage.getItem(key) === null", KEY)
    reader.page.reload()
    reader.live()
    reader.sees_what_follows_from(load_case(COLON).findings)


def test_what_is_kept_and_no_longer_read_opens_the_published_case(reader):
    reader.open_case(COLON)
    for stored in ("{", '{"fragment": 5}', '{"fragment": "#colon-s1?pain=x", "day": "never"}'):
        reader.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, stored])
        reader.go("about:blank")
        reader.open_case(COLON)
        reader.sees_what_follows_from(load_case(COLON).findings)
