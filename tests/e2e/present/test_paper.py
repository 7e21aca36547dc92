"""A case on paper: one page of A4, whatever is known of the patient."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from reader import Reader, one_line
from staging import COLON, decoded

import casebook
from casebook.cases.case import Case, load_case
from casebook.inference.refusals import refusals
from casebook.knowledge_base import knowledge
from widgets.figure import figure_state


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
    """Every finding known, each by the longest word that a patient can have: hardly a sheet is fuller."""
    known, findings = knowledge(), {"level": "S1"}  # above it there is less to advise
    for finding in known.vocabulary:
        findings[finding.id] = findings.get(finding.id) or next(
            option.id
            for option in sorted(finding.options, key=lambda option: len(option.label), reverse=True)
            if not refusals(known, {**findings, finding.id: option.id})
        )
    return findings


def fragment(case: Case, findings: dict[str, Any]) -> str:
    ids = [
        finding.id for finding in knowledge().vocabulary if findings.get(finding.id) != case.findings.get(finding.id)
    ]
    parts = [f"{id}={findings.get(id, '')}" for id in ids]
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
        shown.setdefault(id, []).append(one_line(text))
    return shown


def assert_drawn(sheet: Locator, case: Case, findings: dict[str, Any]) -> None:
    """Check that the drawing is of these findings, with the words that depend on them."""
    origin = {
        name: entry["provenance"] for name, entry in case.published.items() if findings.get(name, "") == entry["value"]
    }
    state, drawn = figure_state(findings, origin), sheet.locator("svg.cbf")
    for name, value in state.attributes.items():
        assert (drawn.get_attribute(f"data-{name}") or "") == value, name
    for place, words in state.words.items():
        shown = drawn.locator(f'[data-word="{place}"]').first.evaluate(
            "(text) => [text.firstChild?.data ?? '', ...[...text.querySelectorAll('tspan')].map((line) => line.textContent)]"
        )
        assert "\n".join(shown) == words, place


def assert_one_page(reader: Reader, case: Case, findings: dict[str, Any]) -> None:
    """Check what is printed of a patient, word by word, and that it is one sheet that can be read."""
    sheet = sheet_of(reader)
    said = one_line(sheet.evaluate("(sheet) => sheet.textContent"))
    size = float(re.search(r"[\d.]+", sheet.evaluate("(sheet) => sheet.style.fontSize"))[0])
    assert size >= 6, "too small to read"
    vocabulary = knowledge().vocabulary
    assert one_line(case.vignette) in said
    found = lines(sheet, "finding")
    for id, value in findings.items():
        (line,) = found[id]
        option = next(option.label for option in vocabulary.by_id[id].options if option.id == value)
        same = value == case.findings.get(id)
        origin = case.entry(id).provenance if same else "changed"
        assert line.startswith(f"{vocabulary.by_id[id].label}: {option} ({origin}"), line
    unknown = [finding.label for finding in vocabulary if finding.id not in findings]
    assert f"Unknown ({len(unknown)}): {'; '.join(unknown)}." in said or not unknown
    result = casebook.assess(findings)
    scored = lines(sheet, "score")
    for id, score in result.scores.items():
        (line,) = scored[id]
        span = f"{score.low}" if score.low == score.high else f"{score.low}–{score.high}"
        assert ("not applicable" if score.low is None else f" {span} of ") in line
    for item in result.scores["sins"].items:
        label = next(one.label for one in knowledge().scores["sins"].items if one.id == item.id)
        worth = "not assessed" if item.points is None else item.points
        assert f"{label[0].lower()}{label[1:]} {worth}" in scored["sins"][0]
    for point in case.teaching_points:
        assert one_line(point.text) in said
    assert_drawn(sheet, case, findings)
    decided = {entry.action for entry in result.plan if entry.status == "decided"}
    assert set(lines(sheet, "action")) == decided
    first, heading = said.index(str(result.first_line[0])), said.index("Patient", said.index(str(result.first_line[0])))
    assert said.index(one_line(case.vignette)) > heading > first, "the first line stands before the patient"
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
