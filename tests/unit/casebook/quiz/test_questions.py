"""Questions: what may be seen before an answer, what is right, and that no key goes against the knowledge."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from completions import Completion
from evaluator import evaluate
from folders import Folder

from casebook import FaultError, assess
from casebook.cases.case import case_of, load_case
from casebook.diagnostics.document import parse
from casebook.diagnostics.fault import Fault
from casebook.inference.assessment import Engine, engine
from casebook.knowledge_base import FOLDER, knowledge, load
from casebook.models.rule import STANCES
from casebook.quiz.answer_key import NOBODY, flaws
from casebook.quiz.questions import SUFFIX, QuizQuestion, question_faults, questions_in, questions_of
from casebook.review.check import check

ROOT = Path(__file__).resolve().parents[4]
CASES = sorted((ROOT / "cases").glob("*.yml"))
CHAPTERS = sorted((ROOT / "book").rglob(f"*{SUFFIX}"))
ASKED = [question for path in (*CASES, *CHAPTERS) for question in questions_of(path)]
every_question = pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
KNOWN = knowledge()


def findings_of(question: QuizQuestion) -> dict:
    """Return what is known of the patient in a question."""
    return {**(question.case.findings if question.case else {}), **question.written.set}


def keyed(question: QuizQuestion, *key: str) -> list[str]:
    """Return what is wrong with a question that has another key."""
    written = question.written.model_copy(update={"key": key})
    patient = question.case.patient if question.case else NOBODY
    return [flaw.what for flaw in flaws(written, patient, engine())]


# The questions of the book


def test_every_kind_of_question_is_asked():
    assert set(Counter(question.kind for question in ASKED)) == {"single", "rank", "finding", "plan"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_asks_four_to_six_questions(path):
    assert 4 <= len(questions_of(path)) <= 6


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_asks_two_to_five_questions(path):
    assert 2 <= len(questions_of(path)) <= 5


@pytest.mark.parametrize("score", ["sins", "tokuhashi", "tomita"])
def test_every_score_of_the_book_is_asked_about(score):
    assert questions_of(ROOT / "book" / "scores" / f"{score}{SUFFIX}")


def test_no_two_questions_of_the_book_have_the_same_id():
    assert [id for id, count in Counter(question.id for question in ASKED).items() if count > 1] == []


@every_question
def test_every_option_has_words_of_its_own_and_a_source_with_its_place(question):
    reveal = question.reveal()
    said = [option["feedback"] for option in reveal["options"]]
    assert len(set(said)) == len(question.written.options)
    for option in question.written.options:
        assert all(key in KNOWN.sources and place.strip() for key, place in option.source.items())


@every_question
def test_nothing_of_the_answer_can_be_seen_before_it_is_given(question):
    public = question.public()
    assert set(public) == {"id", "kind", "question", "setting", "options"}
    assert all(set(option) == {"id", "label"} and option["label"] for option in public["options"])
    seen = json.dumps(public, ensure_ascii=False)
    for option in question.reveal()["options"]:
        assert option["feedback"] not in seen
    if question.kind == "rank":
        assert [option["id"] for option in public["options"]] != question.reveal()["key"]
    if question.kind == "finding":
        assert question.written.finding not in question.written.set


@every_question
def test_the_key_alone_is_right(question):
    ids = [option.id for option in question.written.options]
    key = question.reveal()["key"]
    assert question.grade(key) == 1
    if question.kind == "rank":
        assert question.grade(key[::-1]) == 0
        assert all(0 <= question.grade(order) < 1 for order in permutations(ids) if list(order) != key)
    else:
        assert [id for id in ids if question.grade(id)] == [key]


@every_question
def test_any_other_key_is_refused(question):
    if question.written.checked == "source":
        assert question.written.source
        return
    assert keyed(question, *question.written.key) == []
    ids = [option.id for option in question.written.options]
    others = permutations(ids) if question.kind == "rank" else ((id,) for id in ids)
    for other in others:
        if other != question.written.key:
            assert keyed(question, *other), other


# The keys, worked out a second way


@pytest.mark.parametrize("question", [each for each in ASKED if each.kind == "plan"], ids=lambda each: each.id)
def test_the_key_of_a_plan_is_decided_and_stronger_than_all_that_is_offered(question):
    assessed = assess(findings_of(question))
    [key] = question.written.key
    best = assessed.entry(key)
    assert best.status == "decided"
    for option in question.written.options:
        entry = assessed.entry(option.id)
        if entry and option.id != key:
            assert all(STANCES.index(best.stance) < STANCES.index(one) for one in entry.possible if one != "none")


@pytest.mark.parametrize("question", [each for each in ASKED if each.kind == "finding"], ids=lambda each: each.id)
def test_the_key_of_a_finding_is_what_the_source_states_and_never_what_is_assumed(question):
    recorded = question.case.recorded[question.written.finding]
    stated = recorded.provenance in ("reported", "derived")
    assert question.written.key == (str(recorded.value) if stated else "cannot_tell",)


def claims() -> list[QuizQuestion]:
    return [each for each in ASKED if any(option.holds or option.open for option in each.written.options)]


@pytest.mark.parametrize("question", claims(), ids=lambda each: each.id)
def test_a_claim_is_right_only_if_it_holds_whatever_is_not_known(question):
    """In completions drawn by chance, the unknown findings decide what is said to be open, and nothing else."""
    state = KNOWN.vocabulary.state(findings_of(question))
    chance = random.Random(question.id)
    drawn = [
        tuple(
            place if place >= 0 else chance.randrange(len(finding.values))
            for place, finding in zip(state, KNOWN.vocabulary, strict=True)
        )
        for _ in range(400)
    ]
    for option in question.written.options:
        tree = KNOWN.language.read(option.holds or option.open)
        truths = {evaluate(tree, Completion(KNOWN, completion)) for completion in drawn}
        right = truths == {True} if option.holds else truths not in ({True}, {False})
        assert right == (option.id in question.written.key), (option.id, truths)


# A knowledge that says something else


@pytest.mark.parametrize(
    ("id", "file", "old", "new"),
    [
        ("sins/points", "scores/sins.yml", 'label: "less than 50 %", points: 2', 'label: "less than 50 %", points: 0'),
        (
            "tokuhashi/primaries",
            "scores/tokuhashi.yml",
            '{id: rectum, label: "rectum", points: 4',
            '{id: rectum, label: "rectum", points: 1',
        ),
        (
            "colon-s1/both-legs",
            "rules/imaging.yml",
            "when: spine_mri in {not_done, lesion_only} and suspicion\n",
            "when: spine_mri == not_done and suspicion\n",
        ),
        (
            "melanoma-cauda-equina/lymphoma",
            "rules/safety.yml",
            "then: {conventional_radiotherapy: {stance: emergency, within_hours: 24}}",
            "then: {conventional_radiotherapy: caution}",
        ),
        (
            "embolisation-cement-ablation/cement",
            "rules/intervention.yml",
            "then: {sacroplasty: contraindicated}",
            "then: {sacroplasty: recommended}",
        ),
        ("mri-urgency/order", "rules/imaging.yml", "within_hours: 24}", "within_hours: 96}"),
        ("presentation/late-sign", "rules/imaging.yml", "within_hours: 24}", "within_hours: 96}"),
    ],
)
def test_a_key_falls_with_the_knowledge_that_it_rests_on(tmp_path, id, file, old, new):
    changed = Folder.copied(FOLDER, tmp_path / "knowledge")
    changed.edit(file, old, new)
    question = next(each for each in ASKED if each.id == id)
    found = flaws(question.written, question.case.patient if question.case else NOBODY, Engine(load(changed.path)))
    assert bool(found) == (question.written.checked == "engine")


# Mistakes in a file

CHAPTER = """\
- id: first
  kind: single
  question: Which?
  set: {level: S3, pain: none, bone_lesion: blastic, alignment: normal, collapse: none, posterolateral: none}
  options:
    - id: stable
      label: Stable
      holds: sins.band == stable
      feedback: Zero points.
      source: {fisher2010: "bands"}
    - id: unstable
      label: Unstable
      holds: sins.band == unstable
      feedback: From 13 on.
      source: {fisher2010: "bands"}
  key: stable
- id: second
  kind: rank
  question: In which order?
  options:
    - {id: one-side, label: One side, by: sins.posterolateral.unilateral, feedback: "1", source: {fisher2010: items}}
    - {id: both, label: Both sides, by: sins.posterolateral.bilateral, feedback: "3", source: {fisher2010: items}}
  key: [both, one-side]
- id: third
  kind: plan
  question: What first?
  set: {cauda_equina_syndrome: present}
  options:
    - {id: urgent_consult, feedback: At once., source: {mika2018: "l. 55"}}
    - {id: palliative_care, feedback: Early., source: {mika2018: "l. 55"}}
  key: urgent_consult
- id: fourth
  kind: finding
  case: colon-s1
  finding: bone_lesion
  question: How is the lesion?
  options:
    - {id: lytic, feedback: So it is reported., source: {mika2018: "l. 85"}}
    - {id: cannot_tell, feedback: It is reported., source: {mika2018: "l. 85"}}
  key: lytic
- id: fifth
  kind: single
  question: Who says so?
  checked: source
  source: {mika2018: "l. 19"}
  options:
    - {id: review, label: The review, feedback: There., source: {mika2018: "l. 19"}}
    - {id: nobody, label: Nobody, feedback: Somebody does., source: {mika2018: "l. 19"}}
  key: review
"""


def faults_in(text: str) -> list[Fault]:
    """Return what is wrong with a chapter's questions."""
    try:
        questions_in(parse(text.encode(), f"book/scores/sins{SUFFIX}"), KNOWN)
    except FaultError as error:
        return list(error.faults)
    return []


def test_a_file_without_a_mistake_has_none_and_gives_its_questions_in_order():
    asked = questions_in(parse(CHAPTER.encode(), f"book/scores/sins{SUFFIX}"), KNOWN)
    assert [question.id for question in asked] == [
        "sins/first",
        "sins/second",
        "sins/third",
        "sins/fourth",
        "sins/fifth",
    ]


MISTAKES = {
    # what the knowledge contradicts
    "the key of a claim is another": ("  key: stable", "  key: unstable", "by the knowledge stable would be right"),
    "two claims are right": (
        "holds: sins.band == unstable",
        "holds: sins <= 6",
        "by the knowledge stable and unstable would be right",
    ),
    "no claim is right": (
        "sins.band == stable\n",
        "sins.band == potentially_unstable\n",
        "by the knowledge no option is right",
    ),
    "a claim depends on what is not known": (
        " pain: none, bone_lesion: blastic, alignment: normal,",
        "",
        "by the knowledge no option is right",
    ),
    "an order is another": (
        "key: [both, one-side]\n- id: third",
        "key: [one-side, both]\n- id: third",
        "which reveals it",
    ),
    "an order is turned round": (
        "by: sins.posterolateral.unilateral",
        "by: sins.alignment.subluxation",
        "the order is [one-side, both]",
    ),
    "two options rank the same": (
        "by: sins.posterolateral.unilateral",
        "by: sins.pain.mechanical",
        "have the same rank",
    ),
    "the plan says another": (
        "  key: urgent_consult",
        "  key: palliative_care",
        "the key palliative_care is recommended, and urgent_consult is emergency",
    ),
    "the plan is still open": (
        "{cauda_equina_syndrome: present}",
        "{cauda_equina_syndrome: suspected}",
        "undecided",
    ),
    "another option is as strong": (
        "- {id: palliative_care",
        "- {id: mri_full_spine",
        "and mri_full_spine is perhaps emergency",
    ),
    "the case reports another value": (
        "  key: lytic",
        "  key: cannot_tell",
        "the case has bone_lesion lytic; the key is lytic",
    ),
    "the case only assumes the value": (
        "  finding: bone_lesion",
        "  finding: alignment",
        "alignment has no option lytic",
    ),
    "findings are set that exclude each other": (
        "{cauda_equina_syndrome: present}",
        "{cauda_equina_syndrome: present, deficit_course: none}",
        "is a deficit and has a course",
    ),
    # words that are not there
    "an option of the key is mistyped": ("  key: stable", "  key: stabel", "did you mean stable?"),
    "a finding that is set is mistyped": ("set: {level:", "set: {levl:", "did you mean level?"),
    "a value that is set is mistyped": (" bone_lesion: blastic", " bone_lesion: blastik", "did you mean blastic?"),
    "a condition is mistyped": ("sins.band == stable\n", "sins.band == stabel\n", "did you mean stable?"),
    "points are mistyped": ("sins.posterolateral.bilateral", "sins.posterolateral.bilaterl", "did you mean bilateral?"),
    "an item is mistyped": (
        "sins.posterolateral.bilateral",
        "sins.posterlateral.bilateral",
        "did you mean posterolateral?",
    ),
    "an action is mistyped": (
        "{id: palliative_care",
        "{id: paliative_care",
        "did you mean palliative_care?",
    ),
    "an option of a finding is mistyped": ("{id: lytic, feedback", "{id: lytik, feedback", "did you mean lytic?"),
    "a finding to read is mistyped": ("finding: bone_lesion", "finding: bone_lesoin", "did you mean bone_lesion?"),
    "a case is mistyped": ("case: colon-s1", "case: colon-s2", "there is no case colon-s2; did you mean colon-s1?"),
    "a kind is mistyped": ("kind: rank", "kind: rnk", "did you mean rank?"),
    "a key is mistyped": ("      feedback: Zero points.", "      feedbak: Zero points.", "did you mean feedback?"),
    "a source is mistyped": (
        'feedback: At once., source: {mika2018: "l. 55"}',
        'feedback: At once., source: {mika2081: "l. 55"}',
        "did you mean mika2018?",
    ),
    # what is missing
    "an option has no feedback": ("      feedback: Zero points.\n", "", "“feedback” is missing"),
    "feedback is empty": ("      feedback: Zero points.", '      feedback: ""', "feedback"),
    "an option has no source": (
        '      feedback: Zero points.\n      source: {fisher2010: "bands"}\n',
        "      feedback: Zero points.\n",
        "“source” is missing",
    ),
    "a source has no place": (
        'feedback: At once., source: {mika2018: "l. 55"}',
        'feedback: At once., source: {mika2018: ""}',
        "mika2018 has no locator",
    ),
    "a question has no key": ("  key: stable\n", "", "“key” is missing"),
    "an option has no label": ("      label: Stable\n", "", "the option stable has no label"),
    "nothing says why an option is right": (
        "      holds: sins.band == stable\n",
        "",
        "nothing defines when the option stable is right",
    ),
    "nobody can say that the facts do not decide": (
        '    - {id: cannot_tell, feedback: It is reported., source: {mika2018: "l. 85"}}',
        '    - {id: mixed, feedback: It is reported., source: {mika2018: "l. 85"}}',
        "add the option cannot_tell",
    ),
    "a finding is read of nobody": ("  case: colon-s1\n", "", "there is no patient here"),
    "a source is to check the key and none is named": (
        '  source: {mika2018: "l. 19"}\n  options',
        "  options",
        "the key is taken from a source and none is named",
    ),
    "one option is all there is": (
        '    - {id: palliative_care, feedback: Early., source: {mika2018: "l. 55"}}\n',
        "",
        "options: this is empty, or too short",
    ),
    # what is too much
    "an id stands twice": ("- id: second", "- id: first", "the id first is repeated here"),
    "an option stands twice": (
        "    - id: unstable\n",
        "    - id: stable\n",
        "the option stable is repeated here",
    ),
    "an order leaves one out": ("key: [both, one-side]", "key: [both]", "does not name every option once"),
    "the key is an empty list": ("  key: stable", "  key: []", "the key of a single question is one option"),
    "one answer is a list": (
        "  key: stable",
        "  key: [stable, unstable]",
        "the key of a single question is one option",
    ),
    "the question gives the finding away": (
        "  case: colon-s1\n",
        "  case: colon-s1\n  set: {bone_lesion: blastic}\n",
        "reveals bone_lesion",
    ),
    "a plan says why an option is right": (
        "{id: urgent_consult,",
        "{id: urgent_consult, holds: deficit,",
        "holds decides nothing here",
    ),
    "a plan rests on a source": (
        "  kind: plan\n",
        "  kind: plan\n  checked: source\n",
        "the engine checks every plan question",
    ),
    "an order ends where none begins": ("  key: stable", "  first: least\n  key: stable", "remove first"),
    "a patient of one option is not ranked": (
        "      holds: sins.band == stable\n",
        "      holds: sins.band == stable\n      set: {level: S1}\n",
        "changes nothing",
    ),
    "two scales are mixed": (
        "by: sins.posterolateral.unilateral",
        "by: tokuhashi.primary.lung",
        "have no common scale",
    ),
    "a label has HTML in it": ("label: Stable", "label: <b>Stable</b>", "write it without <b>"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_with_what_helps(mistake):
    old, new, help = MISTAKES[mistake]
    assert CHAPTER.count(old) >= 1
    faults = faults_in(CHAPTER.replace(old, new, 1))
    told = [fault for fault in faults if help in str(fault)]
    assert told, "\n".join(map(str, faults)) or "nothing was found"
    path, line, column = told[0].where.rsplit(":", 2)
    assert path == f"book/scores/sins{SUFFIX}"
    assert question_at(int(line)) == question_at(CHAPTER[: CHAPTER.index(old)].count("\n") + 1)
    assert int(column) >= 1


def question_at(line: int) -> int:
    """Return which question of the chapter a line belongs to."""
    return sum(text.startswith("- id: ") for text in CHAPTER.splitlines()[:line])


@pytest.mark.parametrize("text", ["", "[]", "id: first\n", "- 3\n", "questions: []\n"])
def test_what_is_no_list_of_questions_is_told(text):
    assert faults_in(text)


def test_an_assumed_value_is_never_a_key():
    [fault] = faults_in(CHAPTER.replace("finding: bone_lesion", "finding: alignment").replace("lytic", "normal"))
    assert "the key is normal; the case leaves alignment open or only assumes it; the key is cannot_tell" in str(fault)


def test_a_time_and_no_time_are_not_put_in_order():
    text = """\
- id: first
  kind: rank
  question: Who first?
  options:
    - {id: a, label: A, by: multidisciplinary_review, set: {spine_mri: lesion_only}, feedback: a, source: {mika2018: "l. 1"}}
    - {id: b, label: B, by: mri_full_spine, set: {spine_mri: not_done, pain: occasional, radicular_pain: none, motor_deficit: none, saddle_sensation: normal, bladder_bowel: normal, cauda_equina_syndrome: absent, deficit_course: none, suspected_cord_compression: no}, feedback: b, source: {mika2018: "l. 1"}}
  key: [b, a]
"""
    [fault] = faults_in(text)
    assert "a has no time limit, and an option of the same stance has one" in fault.what


# Mistakes in a case, and in a book


def case_faults(old: str, new: str) -> list[str]:
    text = (ROOT / "cases" / "colon-s1.yml").read_text("utf-8")
    assert text.count(old) == 1
    document = parse(text.replace(old, new).encode(), "cases/colon-s1.yml")
    try:
        return [str(fault) for fault in question_faults(case_of(document, "colon-s1"), document)]
    except FaultError as error:
        return [str(fault) for fault in error.faults]


def test_a_patient_is_explored_before_the_questions_on_the_former_one_are_mended(tmp_path):
    changed = tmp_path / "colon-s1.yml"
    text = (ROOT / "cases" / "colon-s1.yml").read_text("utf-8").replace("sins: {total: 9,", "sins: {total: 11,")
    changed.write_text(text.replace("value: occasional", "value: mechanical"), "utf-8")
    assert load_case(changed).assess().scores["sins"].total == 11
    with pytest.raises(
        FaultError, match=r"colon-s1.yml:\d+:\d+: question level: .* by the knowledge no option is right"
    ):
        questions_of(changed)
    assert [fault.what.partition(":")[0] for fault in check([changed])] == ["question level"]


@pytest.mark.parametrize(
    ("old", "new", "help"),
    [
        (
            "    key: lower\n",
            "    key: same\n",
            "question level: the key is same; by the knowledge lower would be right",
        ),
        ("  - id: rectum\n", "  - id: night\n", "the id night is repeated here"),
        ("    finding: collapse\n", "    case: colon-s1\n    finding: collapse\n", "remove case"),
        (
            "    set: {radicular_pain: bilateral}\n",
            "    set: {radiculer_pain: bilateral}\n",
            "did you mean radicular_pain?",
        ),
    ],
)
def test_a_mistake_in_a_question_of_a_case_is_told(old, new, help):
    faults = case_faults(old, new)
    assert any(help in fault and fault.startswith("cases/colon-s1.yml:") for fault in faults), faults


@pytest.fixture
def book(tmp_path, monkeypatch) -> Folder:
    """A book of one chapter with questions."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "book").mkdir()
    folder = Folder(tmp_path)
    folder.write("_toc.yml", "format: jb-book\nroot: book/page\n")
    folder.write("book/page.md", "# A page\n\n```{quiz}\n```\n")
    folder.write(f"book/page{SUFFIX}", CHAPTER)
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_book_with_questions_is_checked_as_one(book):
    assert check() == []
    assert check([Path(f"book/page{SUFFIX}")]) == []
    book.edit(f"book/page{SUFFIX}", "  key: stable", "  key: unstable")
    assert [fault.where for fault in check()] == [f"book/page{SUFFIX}:16:8"]


def test_questions_without_a_page_and_a_page_that_does_not_ask_them_are_told(book):
    book.write("book/page.md", "# A page\n")
    assert "the page never asks its questions" in str(check()[0])
    (book.path / "book/page.md").rename(book.path / "book/pages.md")
    assert any("there is no page page.md beside it" in str(fault) for fault in check())


def test_two_pages_may_not_share_the_name_under_which_answers_are_kept(book):
    (book.path / "book/more").mkdir()
    book.write("book/more/page.md", "# A page\n\n```{quiz}\n```\n")
    book.write(f"book/more/page{SUFFIX}", CHAPTER)
    assert any("has questions of the same name" in str(fault) for fault in check())


# Words


def test_a_setting_says_what_is_given_and_that_nothing_else_is():
    settings = {question.id: question.setting for question in ASKED}
    assert settings["colon-s1/points"] == ""
    assert settings["colon-s1/both-legs"] == "Suppose: Radicular pain: both sides."
    assert settings["endometrial-ilium/lesion-unknown"] == "Suppose: Bone lesion on CT: not assessed."
    assert settings["tomita/colon"] == "Given: Primary tumour: colon. Nothing else is known."
    assert settings["sins/pain"].startswith("Colon cancer at S1: A man of 78")
    assert settings["sins/agreement"] == ""


def test_a_source_says_how_well_it_was_seen():
    odi = next(question for question in ASKED if question.id == "what-patients-report/odi")
    assert odi.reveal()["source"] == "Fairbank & Pynsent 2000, scoring (unverified)"


@pytest.mark.parametrize("answer", ["at_least_1_yaer", "", None, ["at_least_1_year"], 3])
def test_what_is_no_answer_is_refused_and_never_counted_as_wrong(answer):
    band = next(question for question in ASKED if question.id == "colon-s1/rectum")
    with pytest.raises(ValueError, match="colon-s1/rectum"):
        band.grade(answer)


@pytest.mark.parametrize("answer", ["level", [], ["level"], ["level", "level", "lytic", "one_side"], None])
def test_what_is_no_whole_order_is_refused(answer):
    points = next(question for question in ASKED if question.id == "colon-s1/points")
    with pytest.raises(ValueError, match="is not an order of all options"):
        points.grade(answer)


def test_an_order_is_worth_the_share_of_pairs_that_stand_right():
    points = next(question for question in ASKED if question.id == "colon-s1/points")
    assert points.grade(["lytic", "level", "one_side", "alignment"]) == pytest.approx(5 / 6)
