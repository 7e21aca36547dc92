"""The limits that the book prints are those that the room keeps."""

from __future__ import annotations

from rooms import ROOT

from widgets.room import limits
from widgets.room.limits import RATES


def told(rate: str) -> str:
    """A rate as the page writes it."""
    burst, a_second = RATES[rate]
    after = f"{a_second:g} a second" if a_second >= 1 else f"{a_second * 60:g} a minute"
    return f"{burst:,} at once, then {after}"


def test_the_page_tells_every_limit():
    page = (ROOT / "book/teach/room.md").read_text("utf-8").partition("## Limits")[2]
    rows = dict(line.strip("| ").split(" | ")[:2] for line in page.splitlines() if line.startswith("| "))
    assert rows["seats in a session"] == str(limits.SEATS)
    assert rows["requests of one phone"] == told("requests of a phone")
    assert rows["requests from one address"] == told("requests of an address")
    assert rows["phones that join from one address"] == told("joins of an address")
    assert rows["wrong codes from one address"] == told("wrong codes of an address")
    assert rows["wrong codes in all"] == told("wrong codes")
    assert rows["wrong keys of the console from one address"] == told("wrong keys of an address")
    assert rows["a request"] == f"{limits.BODY_BYTES:,} bytes, in {limits.BODY_SECONDS:g} seconds"
    assert rows["open streams of one phone"] == str(limits.STREAMS_OF_A_PHONE)
    assert rows["open streams, connections"] == f"{limits.STREAMS:,}, {limits.CONNECTIONS:,}"
    session = f"{limits.HOURS:g} hours, unless `--hours` says otherwise; {limits.MOST_HOURS:g} at most"
    assert rows["a session"] == session
    codes = len(limits.CODE_LETTERS) ** limits.CODE_LENGTH
    guesses = RATES["wrong codes"].burst + RATES["wrong codes"].a_second * 3600 * limits.HOURS
    assert "about one in 60,000" in page
    assert 55_000 < codes / guesses < 65_000
