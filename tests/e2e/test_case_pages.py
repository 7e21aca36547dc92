"""A case page from top to bottom: the reader's own reading, what was done, and what if."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reader import Reader, choose, one_line

from casebook.cases.case import Case, load_case

COLON = "colon-s1"


# The reading


def answer(reader: Reader, case: Case) -> None:
    """Answer every question of a case with its first option."""
    for question in case.reading:
        choose(reader.widget("reading").locator(f'[data-question="{question.id}"]'), question.options[0].id)


def test_a_reading_is_committed_before_the_published_one_is_shown(published_case):
    assert_committed_first(*published_case)


def test_a_reading_is_committed_first_in_a_page_from_disk_too(disk):
    disk.open_case(COLON)
    assert_committed_first(load_case(COLON), disk)


def assert_committed_first(case: Case, reader: Reader) -> None:
    """Commit a reading: without answers, which is refused, then with one to every question."""
    reading = reader.widget("reading")
    first = case.reading[0]
    opening = one_line(first.feedback)[:40]
    commit = reading.get_by_role("button", name="Submit")

    commit.click()
    expect(reading.get_by_text(f"Not yet answered: {first.question}")).to_be_visible()
    expect(reading.get_by_text(opening)).to_have_count(0)

    reader.loaded_when_idle()
    with reader.listening() as sent:
        answer(reader, case)
        expect(reading.get_by_text("Not yet answered")).to_have_count(0)
        expect(reading.get_by_text(opening)).to_have_count(0)
        commit.click()
        expect(reading.get_by_text(opening)).to_be_visible()
        beside = reading.locator(f'[data-question="{first.id}"] dl')
        expect(beside).to_contain_text(first.options[0].label)
        expect(beside).to_contain_text(next(o.label for o in first.options if o.id == first.published))
    assert sent == [], "a reading is sent nowhere"


def test_a_committed_reading_is_still_there_after_the_page_is_loaded_again(online):
    online.open_case(COLON)
    answer(online, load_case(COLON))
    online.widget("reading").get_by_role("button", name="Submit").click()
    expect(online.widget("reading").get_by_text("Submitted")).to_be_visible()
    online.page.reload()
    online.live()
    expect(online.widget("reading").get_by_text("Submitted")).to_be_visible()
    online.widget("reading").get_by_role("button", name="Start again").click()
    expect(online.widget("reading").locator("input:checked")).to_have_count(0)


# What was done, what happened, what if


def test_treatment_and_outcome_are_told_on_demand(published_case):
    case, reader = published_case
    told = {part: getattr(case, part) for part in ("treatment", "outcome")}
    for part, text in ((part, each.text) for part, each in told.items() if each):
        section = reader.page.locator(f".casebook-{part}")
        words = section.get_by_text(one_line(text)[:40])
        expect(words).to_be_hidden()
        section.locator("summary").press("Enter")
        expect(words).to_be_visible()


# What lies out of view is drawn when it comes near; where its room was misjudged, all below it would move then.
STAYS = """async (place) => {
  place.scrollIntoView({ block: 'center', behavior: 'instant' });
  const at = () => place.getBoundingClientRect().top;
  const put = at();
  for (let frame = 0; frame < 5; frame += 1) {
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
  return Math.abs(at() - put);
}"""


@pytest.mark.parametrize("screen", [(1400, 900), (375, 720)], ids=["desk", "phone"])
def test_whoever_goes_on_to_what_was_done_stays_there(readers, http, screen):
    reader = readers(http, viewport=dict(zip(("width", "height"), screen, strict=True)))
    reader.open_case("melanoma-cauda-equina")
    assert reader.page.locator(".casebook-treatment").evaluate(STAYS) < 80


def test_each_what_if_sets_the_explorer_and_tells_its_answer_after(published_case):
    case, reader = published_case
    assert len(case.what_ifs) in (3, 4)
    for supposed in case.what_ifs:
        row = reader.page.locator(f'[data-what-if="{supposed.id}"]')
        words = row.get_by_text(one_line(supposed.answer)[:40])
        expect(row.get_by_role("button")).to_have_count(1)
        expect(words).to_have_count(0)
        row.get_by_role("button", name="Set the explorer").click()
        reader.sees_what_follows_from(case.what_if(supposed.id))
        expect(reader.told).to_contain_text(supposed.question)
        expect(words).to_have_count(0)
        row.get_by_role("button", name="Show the answer").click()
        expect(words).to_be_visible()


def test_a_case_page_goes_from_the_patient_to_the_sources(published_case):
    case, reader = published_case
    headings = [text.strip(" #\n") for text in reader.page.locator("article h2").all_inner_texts()]
    told = [] if case.constructed else ["What was done, what happened"]
    assert headings == [
        "The patient",
        "Your reading",
        "The explorer",
        *told,
        "Why",
        "What if",
        "With Python",
        "Test yourself",
        "Sources",
    ]


def test_a_constructed_patient_is_called_so_above_the_patient_and_in_the_live_explorer(published_case):
    case, reader = published_case
    banner = reader.page.get_by_text("Constructed for teaching: no such patient was published.")
    expect(banner).to_have_count(2 if case.constructed else 0)
    for shown in banner.all():
        expect(shown).to_be_visible()


def test_differences_are_listed_once_a_finding_is_changed(published):
    reader = published(COLON)
    differences = reader.explorer.locator(".cb-differences")
    expect(differences.locator("summary")).to_have_text("Differences from the published case: none")
    reader.choose("fracture", None)
    differences.get_by_text("Differences from the published case: 1").click()
    expect(differences.locator('[data-difference="fracture"]')).to_contain_text(
        "not assessed; in the case: present (reported)"
    )
    reader.choose("fracture", "present")
    expect(differences.locator("summary")).to_have_text("Differences from the published case: none")


def test_a_page_offers_no_saving_because_nothing_could_write_the_file(published):
    reader = published(COLON)
    expect(reader.explorer.get_by_role("button", name="Save as a new case")).to_have_count(0)


# A text with markup in it


def test_html_in_the_text_of_a_case_is_shown_as_text(online, book):
    bomb = "<img src=x onerror=window.hacked=1>"
    page = (book / "cases" / f"{COLON}.html").read_text(encoding="utf-8")
    armed = page.replace("The pain was severe.", f"The pain was severe. {escaped(bomb)}")
    armed = armed.replace("What if S2 were scored", f"{escaped(bomb)} What if S2 were scored")
    armed = armed.replace("The legend gives only", f"{escaped(bomb)} The legend gives only")
    assert armed.count("window.hacked") > 3
    online.page.route("**/armed.html", lambda route: route.fulfill(body=armed, content_type="text/html; charset=utf-8"))
    online.page.goto(f"{online.address}/cases/armed.html")
    online.live()
    online.control("pain").get_by_role("button", name="Definition").click()
    answer(online, load_case(COLON))
    online.widget("reading").get_by_role("button", name="Submit").click()
    for widget in ("explorer", "reading", "what-if"):
        expect(online.widget(widget).get_by_text(bomb).first).to_be_visible()
    assert online.page.locator("article img").count() == 0
    assert online.page.evaluate("window.hacked") is None


def escaped(text: str) -> str:
    """As it stands in an attribute and in the text of a page alike."""
    return text.replace("<", "&lt;").replace(">", "&gt;")
