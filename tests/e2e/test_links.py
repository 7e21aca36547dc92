"""A patient in the fragment of an address: passed on by readers, and written by strangers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from casebook.cases.case import load_case

COLON = "colon-s1"


def test_a_copied_link_opens_the_same_patient(reader, readers):
    reader.open_case(COLON)
    case = load_case(COLON)
    if reader.address.startswith("http"):
        reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    changed = {"pain": "none", "karnofsky": 60, "fracture": None}
    for finding, option in changed.items():
        reader.choose(finding, option)
    reader.explorer.get_by_role("button", name="Copy link").click()
    expect(reader.explorer.get_by_text(re.compile("address bar"))).to_be_visible()
    link = reader.page.url
    if reader.address.startswith("http"):
        assert reader.page.evaluate("navigator.clipboard.readText()") == link

    another = readers(reader.address)
    another.page.goto(link)
    another.live()
    another.sees_what_follows_from({**case.findings, **changed})
    expect(another.told).to_contain_text("You opened a link")


def test_a_link_to_another_case_changes_nothing_here(online):
    online.open_case(COLON, "#melanoma-cauda-equina?pain=mechanical")
    online.sees_what_follows_from(load_case(COLON).findings)


HOSTILE = [
    "pain=%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3D1%22%3E",
    "pain=<img/src=x/onerror=window.hacked=1>",
    "%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E=1",
    "no_such_finding=yes&another=1",
    "__proto__=x&constructor=y&toString=z",
    "karnofsky=75&karnofsky=0x50&pain_intensity=-1&level=S9",
    "pain=%E0%A4%A&%=%&=&&&",
    "pain[]=mechanical&pain.x=none",
]


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_link_is_harmless_and_says_what_it_left_out(published, fragment):
    reader = published(COLON)
    left_out = reader.explorer.get_by_text("Part of the link could not be read")
    reader.go_on_to(f"#{COLON}?")
    expect(left_out).to_have_count(0)
    reader.go_on_to(f"#{COLON}?{fragment}")
    expect(left_out).to_be_visible()
    reader.sees_what_follows_from(load_case(COLON).findings)
    assert reader.page.evaluate("window.hacked") is None
    assert reader.explorer.locator("img, script").count() == 0
    reader.choose("pain", "mechanical")
    reader.sees_score("sins", 11)


def test_an_endless_link_is_read_to_its_end_and_told_briefly(online):
    fragment = "&".join(f"x{number}={'y' * 40}" for number in range(5_000))
    online.open_case(COLON, f"#{COLON}?{fragment}&pain={'z' * 50_000}&level=S2")
    online.sees_score("sins", 6)
    errors = online.explorer.locator(".cb-errors")
    expect(errors).to_be_visible()
    assert len(errors.inner_text()) < 2_000


def test_a_page_that_is_opened_by_all_hostile_links_at_once_is_not_harmed_either(reader):
    reader.open_case(COLON, f"#{COLON}?{'&'.join(HOSTILE)}")
    expect(reader.explorer.get_by_text("Part of the link could not be read")).to_be_visible()
    assert reader.page.evaluate("window.hacked") is None


def test_what_a_hostile_link_asks_for_rightly_is_still_done(online):
    online.open_case(COLON, f"#{COLON}?pain=mechanical&nonsense=1&fracture=")
    online.sees_what_follows_from({**load_case(COLON).findings, "pain": "mechanical", "fracture": None})
    expect(online.explorer.get_by_text("nonsense")).to_be_visible()
