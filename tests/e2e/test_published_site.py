"""The built book as it is handed out: no other host, no script needed to read, fit for paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect
from reader import CASES, SCORES, Reader, one_line
from server import Quiet, serving

import casebook
from casebook.cases.case import load_case
from casebook.export.browser import bundle

COLON = "colon-s1"
CALCULATORS = [f"book/scores/{id}" for id in SCORES]


# Addresses in the files


class Loaded(HTMLParser):
    """What a page makes a browser load, and where the policy stands in it."""

    ATTRIBUTES = ("src", "srcset", "data", "poster", "action", "formaction", "background")
    NOT_LOADED = {"canonical", "next", "prev", "index", "search", "author", "license", "help"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.order: list[str] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside = tag
        if given.get("http-equiv") == "Content-Security-Policy":
            self.order.append("policy")
        elif tag in ("script", "link", "style", "img"):
            self.order.append(tag)
        self.addresses += [given[name] for name in self.ATTRIBUTES if name in given]
        if tag == "link" and not self.NOT_LOADED.intersection(given.get("rel", "").split()):
            self.addresses.append(given.get("href", ""))
        self.addresses += in_styles(given.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self.addresses += in_styles(data)
        if self.inside == "script":
            self.addresses += re.findall(r"""import\s*\(?\s*["']([^"']+)""", data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def in_styles(text: str) -> list[str]:
    return re.findall(r"""(?:@import\s+|url\()\s*["']?([^"')\s]+)""", text)


def elsewhere(addresses: list[str]) -> list[str]:
    return [address for address in addresses if re.match(r"\s*([a-z+.-]+:)?//", address, re.IGNORECASE)]


def pages(book: Path) -> Iterator[Path]:
    return (path for path in sorted(book.rglob("*.html")) if "_static" not in path.parts)


@pytest.fixture(scope="module")
def loaded(book: Path) -> dict[Path, Loaded]:
    """What every page of the book loads."""
    return {path: Loaded(path.read_text("utf-8")) for path in pages(book)}


def test_no_page_names_another_host_for_anything_that_it_loads(book, loaded):
    found = {str(path.relative_to(book)): elsewhere(page.addresses) for path, page in loaded.items()}
    assert len(found) > len(CASES) + len(CALCULATORS)
    assert {page: outside for page, outside in found.items() if outside} == {}


def test_no_style_sheet_names_another_host(book):
    found = {path.name: elsewhere(in_styles(path.read_text("utf-8"))) for path in book.rglob("*.css")}
    assert {sheet: outside for sheet, outside in found.items() if outside} == {}


def test_every_page_has_a_policy_before_anything_that_it_governs(book, loaded):
    first = {str(path.relative_to(book)): page.order[:1] for path, page in loaded.items()}
    assert {page: order for page, order in first.items() if order != ["policy"]} == {}


def test_scripts_and_knowledge_are_files_that_pages_share(book):
    for path in pages(book):
        page = path.read_text("utf-8")
        assert page.count("casebook/page.js") == page.count("casebook/knowledge.js") <= 1
        assert "application/vnd.jupyter.widget" not in page
        assert "export default" not in page


def test_every_file_that_a_page_loads_is_there(book, loaded):
    missing = set()
    for path, page in loaded.items():
        for address in page.addresses:
            file = urljoin(path.as_uri(), address.partition("?")[0].partition("#")[0])
            if not address.startswith("data:") and not Path(file.removeprefix("file://")).exists():
                missing.add(f"{path.relative_to(book)}: {address}")
    assert missing == set()


@pytest.fixture
def colon(reader: Reader) -> Iterator[Reader]:
    """The page of a case, which stays open from test to test, its explorer at the published findings."""
    if f"/{COLON}.html" not in reader.page.url:
        reader.open_case(COLON)
    yield reader
    reader.resets()


# The policy at work


def test_the_policy_blocks_what_comes_from_elsewhere(colon):
    asked = []

    class Elsewhere(Quiet):
        def do_GET(self) -> None:  # noqa: N802
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

    with serving(Elsewhere) as elsewhere:
        blocked = colon.page.evaluate(
            """async (elsewhere) => {
              const blocked = [];
              document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
              const element = (name, more) => new Promise((done) => {
                const made = Object.assign(document.createElement(name), more, { onload: done, onerror: done });
                document.head.append(made);
              });
              await fetch(`${elsewhere}/fetched`).catch(() => {});
              await element('script', { src: `${elsewhere}/script.js` });
              await element('link', { rel: 'stylesheet', href: `${elsewhere}/style.css` });
              await element('img', { src: `${elsewhere}/image.png` });
              return blocked.sort();
            }""",
            elsewhere,
        )
    assert blocked == ["connect-src", "img-src", "script-src-elem", "style-src-elem"]
    assert asked == []
    assert all("Content Security Policy" in error for error in colon.errors)
    colon.errors.clear()


# Over http every page is loaded with the rest of the book.
@pytest.mark.parametrize("address", ["file"], indirect=True)
@pytest.mark.parametrize("page", ["book/introduction", "book/disagreements", "book/references", "genindex"])
def test_a_page_of_prose_from_disk_loads_without_error_and_asks_no_other_host(reader, page):
    reader.go(f"{reader.address}/{page}.html")
    expect(reader.page.locator("main h1").filter(visible=True).first).to_be_visible()


def test_the_address_of_the_book_leads_to_its_first_page(reader):
    reader.go(f"{reader.address}/index.html")
    reader.page.wait_for_url("**/book/introduction.html")


def test_search_finds_a_case_with_the_files_of_the_book_alone(online):
    online.go(f"{online.address}/search.html?q=melanoma")
    expect(online.page.locator("#search-results a").first).to_be_visible()


# Without a script


@pytest.fixture(scope="module")
def without_script(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader whose browser runs no script."""
    reader = Reader(browser, address, java_script_enabled=False)
    yield reader
    reader.leave()
    reader.was_left_alone()


@pytest.mark.parametrize("name", CASES)
def test_a_case_reads_without_a_script(without_script, name):
    without_script.go(f"{without_script.address}/cases/{name}.html")
    text = without_script.page.locator("article").inner_text()
    case = load_case(name)
    known = bundle()
    for finding in known["findings"]:
        label = next(
            (o["label"] for o in finding["options"] if o["id"] == case.findings.get(finding["id"])), "not assessed"
        )
        assert re.search(rf"{re.escape(finding['label'])}\s+{re.escape(label)}\s", text), finding["id"]
    assessment = casebook.assess(case.findings)
    for id, score in assessment.scores.items():
        label = next(entry["label"] for entry in known["scores"] if entry["id"] == id)
        if score.status == "not_applicable":
            assert score.reason in text
            continue
        total = f"{score.low}" if score.low == score.high else f"{score.low}–{score.high}"
        assert f"{label} {total}" in text
    labels = {action["id"]: action["label"] for action in known["actions"]}
    assert [entry.action for entry in assessment.plan if labels[entry.action] not in text] == []
    assert "Mika & Mesfin 2018" in text
    assert without_script.page.locator("[data-live]").count() == 0


def test_a_score_page_reads_without_a_script(without_script):
    without_script.go(f"{without_script.address}/book/scores/sins.html")
    text = without_script.page.locator('[data-casebook-widget="calculator"]').inner_text()
    assert "SINS 0–18" in text
    assert "Posterolateral" in text


# On paper


def printed(reader: Reader) -> None:
    """Show the page as it goes to paper."""
    reader.page.emulate_media(media="print")
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")


@pytest.fixture
def printing(reader: Reader) -> Iterator[Reader]:
    """A reader who prints, and goes back to the screen after."""
    yield reader
    reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
    reader.page.emulate_media(media="null")


def test_a_case_prints_its_present_state_as_text(colon, printing):
    colon.choose("pain", "mechanical")
    colon.sees_score("sins", 11)
    printed(printing)
    findings = {**load_case(COLON).findings, "pain": "mechanical"}
    rows = colon.explorer.locator(".cb-finding[data-finding]")
    lines = dict(rows.evaluate_all("(rows) => rows.map((row) => [row.dataset.finding, row.innerText])"))
    assert "escc" not in lines, "there is no cord at S1"
    for finding in (each for each in bundle()["findings"] if each["id"] != "escc"):
        value = findings.get(finding["id"])
        label = next((o["label"] for o in finding["options"] if o["id"] == value), "not assessed")
        assert len(re.findall(rf"^{re.escape(label)}(?:, |$)", lines[finding["id"]], re.MULTILINE)) == 1, lines
    expect(colon.score("sins")).to_contain_text("11")
    expect(colon.explorer.get_by_text("Junctional").first).to_be_visible()


def test_no_control_is_printed_but_what_a_pen_can_fill_in(colon, printing):
    printed(printing)
    assert shown_of_controls(printing) == []


def test_no_control_of_a_calculator_is_printed_either(printing):
    printing.open("book/scores/sins")
    printed(printing)
    assert shown_of_controls(printing) == []


def shown_of_controls(reader: Reader) -> list[str]:
    """What can be seen of the controls, but for those of the questions, which a pen fills in."""
    of_questions = '[data-casebook-widget="quiz"] :is(input, select)'
    controls = reader.page.locator(f".casebook-widget :is(button, input, select):not({of_questions})")
    assert controls.count() > 0
    return controls.evaluate_all(
        """(all) => all.filter((one) => one.getClientRects().length && getComputedStyle(one).visibility === 'visible')
          .map((one) => one.outerHTML)"""
    )


def test_the_outcome_of_a_case_is_printed_only_if_it_was_opened(colon, printing):
    printed(printing)
    outcome = one_line(load_case(COLON).outcome.text)
    expect(printing.page.get_by_text(outcome)).to_be_hidden()


# The knowledge in the page


def test_the_page_holds_the_knowledge_of_this_version(colon):
    assert (
        json.loads(colon.page.evaluate("JSON.stringify(window.casebook.knowledge)"))["version"] == bundle()["version"]
    )
