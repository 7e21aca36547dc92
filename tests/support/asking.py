"""Questions of a page, answered and committed to by mouse, by keyboard or at once, and what is told before and after."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect
from reader import CASES, ROOT, Reader, click, one_line, tick

from casebook.quiz.questions import SUFFIX, QuizQuestion, questions_of

PAGES = {f"cases/{case}": questions_of(case) for case in CASES} | {
    path.relative_to(ROOT).as_posix().removesuffix(SUFFIX): questions_of(path)
    for path in sorted((ROOT / "book").rglob(f"*{SUFFIX}"))
}


def asked(reader: Reader, question: QuizQuestion) -> Locator:
    """A question in the page."""
    return reader.widget("quiz").locator(f'[data-question="{question.id}"]')


def answer(place: Locator, question: QuizQuestion, given: list[str], mouse: bool = False) -> None:
    """Choose an option, if need be with the mouse, or give each its place."""
    if question.kind != "rank":
        (click if mouse else tick)(place.locator(f'input[value="{given[0]}"]'))
        return
    labels = {option["id"]: option["label"] for option in question.public()["options"]}
    for number, id in enumerate(given):
        place.get_by_label(labels[id]).select_option(label=str(number + 1))


def right(question: QuizQuestion) -> list[str]:
    return list(question.written.key)


def wrong(question: QuizQuestion) -> list[str]:
    ids = [option.id for option in question.written.options]
    return ids if question.kind == "rank" else [next(id for id in ids if id not in question.written.key)]


def commit(place: Locator) -> None:
    """Press *Submit* with the mouse: a key would go astray while the focus still moves after the commitment before."""
    place.get_by_role("button", name="Submit").click()


def told(place: Locator) -> Locator:
    """What is said of the options after a commitment."""
    return place.locator(".cb-beside")


Given = list[tuple[QuizQuestion, list[str]]]
"""Questions, and what is answered to each."""

Rows = list[tuple[str, int]]
"""The text of each question of a page, and beside how many of its options something is said."""


def by_mouse(reader: Reader, given: Given, mouse: bool = True) -> list[Rows]:
    """Answer all, then commit to one after another; give what was to be read before each commitment."""
    before = []
    for question, options in given:
        answer(asked(reader, question), question, options, mouse)
    for question, _ in given:
        before.append(reader.widget("quiz").evaluate(ROWS))
        commit(asked(reader, question))
        expect(told(asked(reader, question))).to_be_visible()
    return before


def by_keys(reader: Reader, given: Given) -> list[Rows]:
    """The same with the keyboard."""
    return by_mouse(reader, given, mouse=False)


def at_once(reader: Reader, given: Given) -> list[Rows]:
    """The same in one call, which does what hands do."""
    answers = [
        [question.id, options[0], [options.index(option["id"]) for option in question.public()["options"]]]
        if question.kind == "rank"
        else [question.id, options[0], []]
        for question, options in given
    ]
    return reader.widget("quiz").evaluate(AT_ONCE, answers)


ROWS = """(quiz) => [...quiz.querySelectorAll('[data-question]')].map(
  (row) => [row.textContent, row.querySelectorAll('.cb-beside').length])"""

AT_ONCE = f"""async (quiz, answers) => {{
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const row = (id) => quiz.querySelector(`[data-question="${{id}}"]`);
  for (const [id, given, places] of answers) {{
    row(id).querySelector(`input[value="${{given}}"]`)?.click();
    await painted();
    for (const [index, place] of places.entries()) {{
      const list = row(id).querySelectorAll('select')[index];
      list.value = place;
      list.dispatchEvent(new Event('change'));
      await painted();
    }}
  }}
  const before = [];
  for (const [id] of answers) {{
    before.push(({ROWS})(quiz));
    [...row(id).querySelectorAll('button')].find((one) => one.textContent === 'Submit').click();
    await painted();
  }}
  return before;
}}"""


def assert_told_after_the_commitment(
    reader: Reader, questions: list[QuizQuestion], play: Callable[[Reader, Given], list[Rows]]
) -> None:
    """Answer every question of a page, right and wrong in turn, and commit to one after another."""
    given = [(each, right(each) if place % 2 else wrong(each)) for place, each in enumerate(questions)]
    reader.loaded_when_idle()
    with reader.listening() as sent:
        for place, rows in enumerate(play(reader, given)):
            for question, row in list(zip(questions, rows, strict=True))[place:]:
                assert_nothing_told(question, row)
        for place, question in enumerate(questions):
            status, said = asked(reader, question).evaluate(TOLD)
            assert status == ("Correct." if place % 2 else "Not correct.")
            assert said.keys() == {option["id"] for option in question.reveal()["options"]}
            for option in question.reveal()["options"]:
                line = one_line(said[option["id"]])
                assert one_line(option["feedback"]) in line
                assert one_line(f"({option['source']})") in line
    assert sent == [], "an answer is sent nowhere"


TOLD = """(row) => [row.querySelector('[role=status]').textContent, Object.fromEntries(
  [...row.querySelectorAll('.cb-beside [data-option]')].map((one) => [one.dataset.option, one.textContent]))]"""
"""What a question says of the answer, and of each option."""


def assert_nothing_told(question: QuizQuestion, row: tuple[str, int]) -> None:
    """Check that of no option of the question anything is said yet, nor lies hidden beside it."""
    text, told = row
    assert told == 0
    assert "correct answer" not in text
    assert [option["id"] for option in question.reveal()["options"] if option["feedback"] in text] == []
