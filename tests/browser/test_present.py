"""A case before a room: what it sees and when, the speaker's window, the hands, the link, and the page of paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
import zxingcpp
from axe import AXE, SIDEWAYS, violations
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect
from reader import CASES, Reader

import casebook
import casebook.explain
from casebook.cases import Case, load_case
from casebook.library import knowledge
from casebook.presenting import Step

COLON = "colon-s1"


class Beat(NamedTuple):
    """What one key goes on to."""

    step: Step
    answered: bool


def beats(case: Case) -> list[Beat]:
    """What a presentation of the case consists of: some steps ask before they answer."""
    asking = ("reading", "scores", "what_if")
    return [
        Beat(step, answered) for step in case.steps for answered in ((False, True) if step.show in asking else (True,))
    ]


def words(text: str) -> str:
    """The text as one line."""
    return " ".join(text.split())


class Shown(NamedTuple):
    """What a room sees at a beat.

    Attributes
    ----------
    heading : str
    totals, provenance, constructed : bool
        Whether any total, any mark of where a finding is from, and the words on a constructed patient are seen.
    covers : bool
        Whether nothing of the page shows beside or through the stage.
    """

    heading: str
    totals: bool
    provenance: bool
    constructed: bool
    covers: bool


SHOWN = """(stage) => {
  const solid = !/, 0(\\.\\d+)?\\)$|transparent/.test(getComputedStyle(stage).backgroundColor);
  const places = [0, 0.25, 0.5, 0.75, 0.999];
  return {
    heading: stage.querySelector('h1').textContent,
    totals: !!stage.querySelector('[data-score]'),
    provenance: !!stage.querySelector('[data-provenance]'),
    constructed: stage.innerText.includes('no such patient was published'),
    covers: solid && places.every((x) => places.every((y) =>
      stage.contains(document.elementFromPoint(x * innerWidth, y * innerHeight)))),
  };
}"""


class Stage:
    """The stage over a case page, as its presenter and the room meet it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page = reader.page
        self.root = self.page.locator(".cb-stage")
        self.heading = self.root.get_by_role("heading", level=1)

    @property
    def present(self) -> Locator:
        """The button that puts the stage over the page."""
        return self.page.get_by_role("button", name="Present", exact=True)

    def begin(self) -> Stage:
        self.present.press("Enter")
        self.reader.awaits(".cb-stage h1:focus")
        return self

    def press(self, *keys: str) -> Stage:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def go_to(self, case: Case, wanted: Callable[[Beat], bool]) -> int:
        """Press the key of a clicker until a beat of the case is on the stage; give its place."""
        place = next(place for place, beat in enumerate(beats(case)) if wanted(beat))
        self.press("Home", *["PageDown"] * place)
        return place

    @cached_property
    def tools(self) -> CDPSession:
        """The tools of the browser's developers on this page."""
        return self.page.context.new_cdp_session(self.page)

    def heard(self) -> str:
        """All that the accessibility tree of the whole page says."""
        nodes = self.tools.send("Accessibility.getFullAXTree")["nodes"]
        return words(" ".join(str(node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]))

    def violations(self, of_the_screen: bool) -> list[str]:
        """What axe finds wrong on the stage; it would read all that is inert behind it, to find nothing there."""
        self.page.evaluate(
            "() => { (window.behind = [...document.querySelectorAll('body > [inert]')]).forEach((one) => one.remove()); }"
        )
        found = violations(self.reader, ".cb-stage", of_the_screen)
        self.page.evaluate("() => document.body.prepend(...window.behind)")
        return found

    def shows(self) -> Shown:
        """What is to be seen at the beat on which it is."""
        return Shown(**self.root.evaluate(SHOWN))

    def finding(self, id: str) -> Locator:
        return self.root.locator(f'[data-finding="{id}"]')

    def code(self) -> str:
        """What a phone reads off the screen."""
        return decoded(self.root.get_by_role("img", name="QR code of the link"))


def decoded(code: Locator) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    return found.text


@contextmanager
def as_opened(stage: Stage) -> Iterator[None]:
    """A page that stays open from test to test, and is left to the next as it was opened."""
    stage.reader.begin()
    yield
    if stage.root.count():
        stage.press("Escape")
    expect(stage.root).to_have_count(0)
    stage.page.evaluate(
        "() => { dispatchEvent(new Event('afterprint')); history.replaceState(null, '', location.pathname); }"
    )
    stage.reader.resets()
    stage.reader.was_left_alone()


@pytest.fixture(scope="module")
def whole() -> bool:
    """The window of the notes lies beside another only in the browser that has windows."""
    return True


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


# The page


def test_a_case_page_states_its_aims_and_minutes_at_its_top(each):
    stage, case = each
    assert stage.page.locator("h1 ~ ul li").all_text_contents() == list(case.aims)
    room = sum(step.minutes for step in case.steps)
    expect(stage.page.locator("h1 ~ p").last).to_have_text(
        f"It takes {case.minutes} minutes alone, and about {room} before a room."
    )


def test_without_a_script_the_aims_read_and_no_button_promises_what_it_cannot_do(readers, http):
    reader = readers(http, java_script_enabled=False)
    reader.go(f"{http}/cases/{COLON}.html")
    expect(reader.page.get_by_text(load_case(COLON).aims[0])).to_be_visible()
    expect(Stage(reader).present).to_have_count(0)


def test_presenting_is_fetched_only_when_it_is_asked_for(readers, http):
    reader = readers(http)
    with reader.listening() as asked:
        reader.open_case(COLON)
        assert not [url for url in asked if "present" in url]
        Stage(reader).begin()
    assert {"present.js", "present.css", f"{COLON}.js"} <= {re.split(r"[/?]", url)[-2] for url in asked if "?" in url}


# The steps


def heading_of(case: Case, beat: Beat) -> str | None:
    named = {entry.id: entry.question for entry in (*case.reading, *case.what_ifs)}
    return named.get(beat.step.id)


def unseen(case: Case, beat: Beat) -> Iterator[str]:
    """What the room must not see or hear at a beat."""
    asked = [entry.question for entry in (*case.reading, *case.what_ifs)]
    notes = (text for step in case.steps for text in (step.ask, step.error, step.say))
    yield from (text for text in notes if text and text not in asked)
    for told in ("treatment", "outcome"):
        if getattr(case, told) and beat.step.show != told:
            yield getattr(case, told).text
    for kind, entries in (("reading", case.reading), ("what_if", case.what_ifs)):
        for entry in entries:
            if not (beat.step.show == kind and beat.step.id == entry.id and beat.answered):
                yield entry.feedback if kind == "reading" else entry.answer
    if beat.step.show != "provenance":
        yield from (entry.note for entry in case.recorded.values() if entry.note)
    if beat.step.show != "teaching":
        yield from (point.text for point in case.teaching_points)


def test_each_key_is_a_step_on_which_the_room_sees_nothing_before_its_time_and_what_is_constructed_is_called_so(each):
    stage, case = each
    stage.begin().press("Home")
    for place, beat in enumerate(beats(case)):
        expect(stage.root.locator(".cb-stage-place")).to_have_text(
            f"{case.steps.index(beat.step) + 1} of {len(case.steps)}"
        )
        heard = stage.heard()
        assert [text for text in unseen(case, beat) if words(text) in heard] == [], beat
        shown = stage.shows()
        assert words(shown.heading) == words(heading_of(case, beat) or shown.heading), beat
        assert shown.totals == (beat.answered and beat.step.show in ("scores", "what_if")), beat
        assert shown.provenance == (beat.step.show == "provenance"), beat
        assert shown.constructed or not case.constructed, beat
        assert shown.covers, beat
        stage.press(("ArrowRight", "PageDown", "Space")[place % 3])
    expect(stage.root.locator("[data-command=Next]")).to_have_count(0)  # the last step stays


def test_the_left_key_goes_back_the_same_way(colon, stage):
    seen = []
    for _ in beats(colon):
        seen.append(stage.root.locator(".cb-stage-main").inner_text())
        stage.press("ArrowRight")
    for before in reversed(seen):
        assert stage.root.locator(".cb-stage-main").inner_text() == before
        stage.press("ArrowLeft")


def test_what_the_page_says_of_the_answer_is_not_in_the_tree_behind_the_stage(colon, stage):
    assert "Finding" not in stage.heard()
    stage.press("Escape")
    assert words(colon.reading[0].question) in stage.heard()


def test_the_keys_are_listed_and_each_button_does_what_its_key_does(colon, stage):
    stage.root.get_by_role("button", name="Next").click()
    expect(stage.heading).to_have_text("The patient")
    for name in ("Back", "Link", "Notes", "Stop clock", "Start over", "Leave"):
        expect(stage.root.get_by_role("button", name=name)).to_be_visible()
    stage.root.get_by_role("button", name="Back").click()
    expect(stage.heading).to_have_text(colon.title)


# The explorer on the stage


def findings_step(beat: Beat) -> bool:
    return beat.step.show == "findings"


def test_a_finding_changed_before_the_room_is_told_large_and_its_results_when_asked_for(each):
    stage, case = each
    stage.begin().press("Home")
    place = stage.go_to(case, findings_step)
    step = beats(case)[place].step
    finding = knowledge().vocabulary.by_id[next(id for id in step.findings if id != "level")]
    other = next(value for value in finding.values if value != case.findings.get(finding.id))
    stage.finding(finding.id).locator(f'input[value="{other}"]').check()
    told = stage.root.get_by_role("status").filter(has_text=finding.label)
    expect(told).to_be_visible()
    assert float(told.locator("p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)")) >= 24
    expect(stage.root.locator("[data-score]")).to_have_count(0)
    stage.press("s")
    changed = {**case.findings, finding.id: other}
    for id, score in casebook.assess(changed).scores.items():
        if score.status != "not_applicable":
            expect(stage.root.locator(f'[data-score="{id}"]')).to_have_attribute("data-low", str(score.low))
            expect(stage.root.locator(f'[data-score="{id}"]')).to_have_attribute("data-high", str(score.high))
    expect(told).to_contain_text(casebook.explain.changed(case.findings, changed).text)
    stage.press("r")
    expect(stage.finding(finding.id).locator("input:checked")).to_have_value(str(case.findings.get(finding.id, "")))


def test_provenance_is_shown_when_it_is_asked_for_and_hidden_again_on_the_next_step(colon, stage):
    stage.go_to(colon, findings_step)
    expect(stage.root.get_by_text("assumed")).to_have_count(0)
    stage.press("p")
    expect(stage.finding("collapse")).to_contain_text("assumed")
    stage.press("ArrowRight", "ArrowLeft")
    expect(stage.root.get_by_text("assumed")).to_have_count(0)


def test_keys_that_a_control_needs_are_left_to_it(colon, stage):
    stage.go_to(colon, findings_step)
    radio = stage.finding("pain").locator("input:checked")
    radio.focus()
    stage.press("ArrowRight")
    expect(stage.heading).to_have_text("Change a finding")
    expect(stage.finding("pain").locator("input:checked")).to_have_value("mechanical")
    stage.press("PageDown")
    expect(stage.heading).not_to_have_text("Change a finding")


def test_after_a_choice_by_mouse_the_keys_are_the_stages(colon, stage):
    stage.go_to(colon, findings_step)
    stage.finding("pain").locator('input[value="mechanical"]').click()
    stage.press("ArrowRight")
    expect(stage.heading).to_have_text("Which total do you reach?")


def test_a_what_if_is_asked_of_the_case_and_lasts_as_long_as_its_answer(colon, stage):
    place = stage.go_to(colon, lambda beat: beat.step.show == "what_if" and beat.answered)
    id = beats(colon)[place].step.id
    sins = casebook.assess(colon.what_if(id)).scores["sins"]
    expect(stage.root.locator('[data-score="sins"]')).to_have_attribute("data-low", str(sins.low))
    expect(stage.root.get_by_text(casebook.explain.changed(colon.findings, colon.what_if(id)).text)).to_be_visible()
    stage.press("ArrowLeft", "q")
    assert stage.code().endswith(f"#{COLON}?")


# Hands


def test_counts_of_hands_are_typed_by_keys_and_drawn_with_their_numbers(colon, stage):
    stage.go_to(colon, lambda beat: beat.step.show == "reading")
    counts = ["12", "31", "9"]
    stage.press("h")
    for count in counts:
        stage.page.keyboard.type(count)
        stage.press("Enter")
    table = stage.root.get_by_role("table", name="Show of hands, 52 in all")
    expect(table).to_be_visible()
    rows = table.locator("tbody tr")
    for row, count, share in zip(rows.all(), counts, (23, 60, 17), strict=True):
        expect(row.get_by_role("cell")).to_have_text(f"{count} {share}%")
    widths = rows.locator(".cb-vote-track > span").evaluate_all(
        "(bars) => bars.map((bar) => parseFloat(bar.style.width))"
    )
    assert widths == [23, 60, 17]
    stage.press("ArrowRight")
    expect(rows.nth(2)).to_contain_text("published")
    expect(rows.nth(1)).to_contain_text("31")


def test_what_is_not_a_number_of_hands_is_said_so_kept_and_not_counted(colon, stage):
    stage.go_to(colon, lambda beat: beat.step.show == "reading")
    stage.press("h")
    stage.page.keyboard.type("x")
    expect(stage.root.get_by_text("a whole number")).to_be_visible()
    stage.press("Enter")
    stage.page.keyboard.type("4")
    stage.press("Enter", "Enter")
    expect(stage.root.get_by_role("table", name="Show of hands, 4 in all")).to_be_visible()
    stage.press("h")
    expect(stage.root.get_by_role("textbox").first).to_have_value("x")


# The speaker's window


def notes_of(stage: Stage) -> Page:
    with stage.page.expect_popup() as opened:
        stage.press("n")
    return opened.value


def test_the_notes_follow_every_step_and_say_what_the_case_has_for_it(each):
    stage, case = each
    stage.begin().press("Home")
    notes = notes_of(stage)
    for beat in beats(case):
        expect(notes.get_by_role("heading", level=1)).to_have_text(stage.heading.text_content())
        expect(notes.locator(".cb-stage-place")).to_have_text(
            f"Step {case.steps.index(beat.step) + 1} of {len(case.steps)}"
        )
        shown = words(notes.locator("main").inner_text())
        for text in (beat.step.ask, beat.step.error, beat.step.say):
            assert words(text) in shown
        for key, place in beat.step.source.items():
            assert f"{knowledge().sources[key].short}, {place}" in shown
        stage.press("PageDown")
    stage.press("Escape")
    stage.reader.until("() => !document.querySelector('.cb-stage')")
    assert notes.is_closed()


def test_the_keys_work_in_the_window_of_notes_too(either_way):
    stage = either_way
    notes = notes_of(stage)
    notes.get_by_role("heading", level=1).click()
    notes.keyboard.press("PageDown")
    expect(stage.heading).to_have_text("The patient")
    expect(notes.get_by_role("heading", level=1)).to_have_text("The patient")


def test_nobody_elses_message_moves_stage_or_notes(colon, stage):
    notes = notes_of(stage)
    before = notes.locator("main").text_content()
    for page in (stage.page, notes):
        page.evaluate(
            "() => { for (const data of ['next', { step: 1 }, { at: 5 }, { key: 'PageDown' }]) postMessage(data, '*'); }"
        )
        page.evaluate(
            "() => new Promise((heard) => { addEventListener('message', (e) => e.data === 'last' && heard());"
            " postMessage('last', '*'); })"
        )
    expect(stage.heading).to_have_text(colon.title)
    clock = re.compile(r"\d+:\d\d")
    assert clock.sub("", notes.locator("main").text_content()) == clock.sub("", before)


def test_a_window_that_the_browser_does_not_open_is_told_of(colon, stage):
    stage.page.evaluate("() => { [window.opens, window.open] = [window.open, () => null]; }")
    try:
        stage.press("n")
        expect(stage.root.get_by_text("allow pop-ups")).to_be_visible()
    finally:
        stage.page.evaluate("() => { window.open = window.opens; }")


def test_the_clock_stands_while_it_is_stopped(colon, stage):
    clock = stage.root.get_by_role("timer")
    expect(clock).not_to_contain_text("0:00 ")
    stage.press("t")
    expect(clock).to_contain_text("paused")
    expect(clock).to_contain_text(f"of {sum(step.minutes for step in colon.steps)} min")


# The link


def test_a_phone_reads_the_link_off_the_screen_and_it_opens_the_state_on_the_stage(either_way, readers):
    stage, colon = either_way, load_case(COLON)
    stage.go_to(colon, findings_step)
    stage.finding("pain").locator('input[value="mechanical"]').check()
    stage.finding("level").locator("select").select_option("S2")
    stage.press("q")
    link = stage.root.get_by_role("link")
    assert stage.code() == link.get_attribute("href")
    expect(stage.root.get_by_text("this machine")).to_be_visible()  # a file, or a server for this machine alone
    other = readers(stage.reader.address)
    other.go(stage.code())
    other.live()
    other.sees_what_follows_from({**colon.findings, "pain": "mechanical", "level": "S2"})


# The end


BEHIND = "() => document.body.innerHTML"

# The theme changes its own buttons by the way a page was scrolled, a frame later.
SCROLLED_DOWN = """async () => {
  for (const y of [0, 150]) {
    scrollTo(0, y);
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
}"""


def test_escape_leaves_and_gives_the_page_back_as_it_was(stage):
    case, reader = load_case(COLON), stage.reader
    reader.choose("pain", None)
    change = casebook.explain.changed(case.findings, {**case.findings, "pain": None})
    expect(reader.told.get_by_role("status")).to_have_text(change.text)  # spoken once the reader pauses
    stage.begin().press("Escape")  # what is fetched once stays
    reader.page.evaluate(SCROLLED_DOWN)
    before = reader.page.evaluate(BEHIND), reader.page.url, reader.page.evaluate("() => scrollY")
    stage.begin()
    for _ in beats(case):
        stage.press("PageDown")
    stage.press("Home", "Escape")
    expect(stage.root).to_have_count(0)
    assert (reader.page.evaluate(BEHIND), reader.page.url, reader.page.evaluate("() => scrollY")) == before
    expect(stage.present).to_be_focused()


def test_whoever_left_by_mistake_goes_on_where_the_stage_was_left(colon, stage):
    stage.press("PageDown", "PageDown", "Escape")
    stage.present.click()
    expect(stage.heading).to_have_text(colon.reading[0].question)
    stage.press("h", "q", "Escape")
    stage.present.click()
    expect(stage.heading).to_be_focused()  # nothing that was asked for lies over it
    expect(stage.root.get_by_role("img", name="QR code of the link")).to_have_count(0)
    expect(stage.root.get_by_role("textbox")).to_have_count(0)


def test_the_stage_begins_from_the_patient_that_the_page_shows(stage):
    stage.reader.go_on_to(f"#{COLON}?pain=mechanical")
    stage.reader.sees_score("sins", 11)
    case = load_case(COLON)
    stage.begin()
    stage.go_to(case, findings_step)
    expect(stage.finding("pain").locator("input:checked")).to_have_value("mechanical")
    expect(stage.root.get_by_text("Changed: Pain at the lesion")).to_be_visible()


# Paper


def sheet_of(reader: Reader) -> Locator:
    """Press *Print*, and give what would be printed; the dialogue of the browser stays closed."""
    reader.page.evaluate(
        """() => {
          delete document.body.dataset.printed;
          window.print = () => { document.body.dataset.printed = ''; };
        }"""
    )
    reader.page.get_by_role("button", name="Print one-page summary").click()
    reader.until("() => 'printed' in document.body.dataset")
    return reader.page.locator(".cb-paper")


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert len(boxes) == count
    return [(float(width), float(height)) for width, height in boxes]


def fullest() -> dict[str, Any]:
    """Every finding known, each by its longest word: no sheet is fuller."""
    return {
        finding.id: max(finding.options, key=lambda option: len(option.label)).id for finding in knowledge().vocabulary
    }


def fragment(case: Case, findings: dict[str, Any]) -> str:
    parts = [f"{id}={findings.get(id, '')}" for id in case.recorded if findings.get(id) != case.findings.get(id)]
    return f"#{case.id}?{'&'.join(parts)}"


def test_a_case_as_published_and_in_its_fullest_state_is_one_page_of_a4(each):
    stage, case = each
    for findings in (case.findings, fullest()):
        goes_on_to(stage.reader, case, findings)
        assert_one_page(stage.reader, case, findings)


def test_a_case_of_which_nothing_is_known_or_after_a_what_if_is_one_page_of_a4(stage):
    case = load_case(COLON)
    for findings in ({}, case.what_if(case.what_ifs[-1].id)):
        goes_on_to(stage.reader, case, findings)
        assert_one_page(stage.reader, case, findings)


def goes_on_to(reader: Reader, case: Case, findings: dict[str, Any]) -> None:
    """Follow a link to a state of the case."""
    reader.go_on_to(fragment(case, findings))
    reader.sees_what_follows_from(findings)


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_a_case_is_one_page_of_a4_from_disk_too(either_page):
    case = load_case(COLON)
    assert_one_page(either_page.reader, case, case.findings)


def lines(sheet: Locator, kind: str) -> dict[str, list[str]]:
    """What stands on paper of each finding, score or action."""
    shown: dict[str, list[str]] = {}
    for id, text in sheet.locator(f"[data-{kind}]").evaluate_all(
        "(all, kind) => all.map((one) => [one.dataset[kind], one.textContent])", kind
    ):
        shown.setdefault(id, []).append(words(text))
    return shown


def assert_one_page(reader: Reader, case: Case, findings: dict[str, Any]) -> None:
    """Check what is printed of a patient, word by word, and that it is one sheet that can be read."""
    sheet = sheet_of(reader)
    said = words(sheet.evaluate("(sheet) => sheet.textContent"))
    size = float(re.search(r"[\d.]+", sheet.evaluate("(sheet) => sheet.style.fontSize"))[0])
    assert size >= 6, "too small to read"
    vocabulary = knowledge().vocabulary
    assert words(case.vignette) in said
    found = lines(sheet, "finding")
    for id, value in findings.items():
        (line,) = found[id]
        option = next(option.label for option in vocabulary.by_id[id].options if option.id == value)
        same = value == case.findings.get(id)
        origin = case.recorded[id].provenance if same else "changed"
        assert line.startswith(f"{vocabulary.by_id[id].label}: {option} ({origin}"), line
    unknown = [finding.label for finding in vocabulary if finding.id not in findings]
    assert f"Unknown ({len(unknown)}): {'; '.join(unknown)}." in said or not unknown
    result = casebook.assess(findings)
    scored = lines(sheet, "score")
    for id, score in result.scores.items():
        (line,) = scored[id]
        span = f"{score.low}" if score.low == score.high else f"{score.low}–{score.high}"
        assert ("not applicable" if score.low is None else f" {span} of ") in line
    decided = {entry.action for entry in result.plan if entry.status == "decided"}
    assert set(lines(sheet, "action")) == decided
    assert "For education only." in said
    assert ("no such patient was published" in said) == case.constructed
    pdf = reader.page.pdf(prefer_css_page_size=True)
    assert [(round(width), round(height)) for width, height in pages_of(pdf)] == [(595, 842)]
    expect(sheet).to_have_count(0)  # the page is as it was


def test_the_code_on_paper_is_the_link_of_the_state(stage):
    reader = stage.reader
    reader.go_on_to(f"#{COLON}?pain=mechanical")
    reader.sees_score("sins", 11)
    sheet = sheet_of(reader)
    reader.page.emulate_media(media="print")
    try:
        assert decoded(sheet.get_by_role("img")) == f"{reader.address}/cases/{COLON}.html#{COLON}?pain=mechanical"
    finally:
        reader.page.emulate_media(media="screen")


def test_the_explorer_goes_on_answering_after_a_summary_was_printed(stage):
    reader = stage.reader
    sheet_of(reader)
    reader.page.pdf(prefer_css_page_size=True)
    sheet_of(reader)
    reader.choose("pain", "mechanical")
    reader.sees_what_follows_from({**load_case(COLON).findings, "pain": "mechanical"})
    expect(reader.score("sins")).to_be_visible()


def test_a_page_is_printed_as_ever_once_a_summary_was(stage):
    sheet_of(stage.reader)
    stage.page.pdf(prefer_css_page_size=True)
    assert len(pages_of(stage.page.pdf())) > 1


# Readers who see little, and small screens


WINDOWS = {"day-1400": ("light", 1400), "night-375": ("dark", 375)}


@pytest.mark.parametrize(("scheme", "width"), WINDOWS.values(), ids=list(WINDOWS))
def test_axe_finds_nothing_on_any_step_nor_in_the_notes(browser: Browser, http: str, scheme: str, width: int):
    reader = Reader(browser, http, color_scheme=scheme, viewport={"width": width, "height": 800})
    case = load_case(COLON)
    reader.open_case(COLON)
    stage = Stage(reader).begin()
    found = {}
    for beat in beats(case):
        assert reader.page.evaluate(SIDEWAYS) <= 0
        # Steps of a kind differ in their words alone.
        if (kind := (beat.step.show, beat.answered)) not in found:
            stage.press(*{"reading": ["h"], "findings": ["s", "p"]}.get(beat.step.show, []))
            found[kind] = stage.violations(of_the_screen=scheme == "dark")
            assert reader.page.evaluate(SIDEWAYS) <= 0
        stage.press("PageDown")
    stage.press("q")
    found["link"] = stage.violations(of_the_screen=scheme == "dark")
    stage.press("q")
    notes = notes_of(stage)
    notes.evaluate(AXE.read_text("utf-8"))  # what was there before the window was written knows another document
    found["notes"] = notes.evaluate("async () => (await axe.run()).violations.map(({ id }) => id)")
    reader.leave()
    reader.was_left_alone()
    assert {where: what for where, what in found.items() if what} == {}


def test_on_a_screen_for_a_room_the_type_is_large(colon, stage):
    stage.reader.resize(1920, 1080)
    sizes = []
    for _ in beats(colon):
        sizes.append(stage.heading.evaluate("(heading) => parseFloat(getComputedStyle(heading).fontSize)"))
        stage.press("PageDown")
    assert min(sizes) >= 60
    assert all(one == other for one, other in pairwise(sizes))
