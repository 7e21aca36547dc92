"""What an edit means: counted by diagrams, and beside it by going through every patient."""

import itertools
import json
import random
import shutil
import subprocess
from collections import Counter
from functools import cache

import pytest
from completions import Completion
from evaluator import evaluate
from folders import TINY, Folder
from typer.testing import CliRunner

from casebook.cases.case import load_case
from casebook.cli import app
from casebook.inference.assessment import Engine, engine
from casebook.inference.diagrams import Diagrams
from casebook.inference.precedence import Precedence
from casebook.inference.refusals import refusals
from casebook.knowledge_base import FOLDER, knowledge, load
from casebook.review.revisions import Edition, edition
from casebook.review.semantic_diff import difference
from casebook.review.state_space import Space

# counting in diagrams


@pytest.fixture
def drawn():
    """A random diagram over four variables, and the function it stands for."""
    chance = random.Random("diagram")
    diagrams = Diagrams([2, 3, 4, 2])
    values = {state: chance.choice("abbb") for state in itertools.product(*map(range, diagrams.sizes))}

    def build(prefix=()):
        if len(prefix) == 4:
            return diagrams.end(values[prefix])
        size = diagrams.sizes[len(prefix)]
        return diagrams.choose(len(prefix), [build((*prefix, value)) for value in range(size)])

    return diagrams, build(), values


PARTIAL = list(itertools.product([-1, 0, 1], [-1, 0, 2], [-1, 3], [-1, 1]))


@pytest.mark.parametrize("state", PARTIAL, ids=str)
def test_completions_are_counted_as_by_going_through_them(drawn, state):
    diagrams, root, values = drawn
    assert diagrams.count(root, state) == Counter(
        value for each, value in values.items() if all(a in (-1, b) for a, b in zip(state, each, strict=True))
    )


@pytest.mark.parametrize("state", PARTIAL, ids=str)
def test_the_closest_patient_needs_the_fewest_changes_and_none_too_many(drawn, state):
    diagrams, root, values = drawn
    steps = diagrams.closest(root, state, lambda value: value == "a")

    def all_a(steps):
        changed = [steps.get(place, value) for place, value in enumerate(state)]
        return diagrams.reachable(root, changed) == {"a"}

    known = [place for place, value in enumerate(state) if value >= 0]
    fewest = min(sum(each[place] != state[place] for place in known) for each, value in values.items() if value == "a")
    assert all_a(steps)
    assert len([place for place in steps if place in known]) == fewest
    assert all(state[place] != value for place, value in steps.items())
    assert not any(all_a({key: each for key, each in steps.items() if key != left_out}) for left_out in steps)


def test_where_nothing_ends_as_wanted_there_is_no_closest_patient(drawn):
    diagrams, root, _ = drawn
    assert diagrams.closest(root, [-1] * 4, lambda value: value == "c") is None


# a small folder of knowledge, every patient of it


@cache
def untouched() -> Engine:
    return Engine(load(TINY))


def said(engine: Engine, state):
    """What is in the plan for each action of a complete patient, without a diagram."""
    situation = Completion(engine.knowledge, state)
    result = {}
    for plan in engine.planner.actions:
        precedence, action = Precedence(engine.knowledge, plan.id), engine.knowledge.actions[plan.id]
        holding = [place for place, clause in enumerate(precedence.clauses) if evaluate(clause[1], situation)]
        outcome = precedence.outcome(precedence.resolve(holding)[0]) if holding else None
        gone = [switch.of(action) for switch in engine.knowledge.scopes if evaluate(switch.tree, situation)]
        withdrawn = outcome is not None and any(outcome.stance in stances for stances in gone)
        result[plan.id] = frozenset({None if withdrawn else outcome})
    return result


def patients(old: Engine, new: Engine):
    """Every complete patient of two vocabularies whom neither refuses, with what either says of each action."""
    findings = {finding.id: finding.values for finding in new.knowledge.vocabulary}
    for finding in old.knowledge.vocabulary:
        findings.setdefault(finding.id, finding.values)
        if finding.id in new.knowledge.vocabulary.by_id:
            both = [value for value in finding.values if value in findings[finding.id]]
            findings[finding.id] = both
    for values in itertools.product(*findings.values()):
        patient = dict(zip(findings, values, strict=True))
        sides = []
        for each in (old, new):
            vocabulary = each.knowledge.vocabulary
            known = {id: value for id, value in patient.items() if id in vocabulary.by_id}
            if not refusals(each.knowledge, known):
                sides.append(said(each, vocabulary.state(known)))
        if len(sides) == 2:
            yield patient, *sides


def counted(old: Engine, new: Engine, known=()):
    """The same numbers as `difference` gives, by going through all patients."""
    states = changed = 0
    shifts = Counter()
    nothing = frozenset({None})
    for patient, before, after in patients(old, new):
        if any(patient[id] != value for id, value in dict(known).items()):
            continue
        states += 1
        moved = [
            (action, pair)
            for action in {**before, **after}
            if (pair := (before.get(action, nothing), after.get(action, nothing))) and pair[0] != pair[1]
        ]
        changed += bool(moved)
        shifts.update(moved)
    return states, changed, shifts


EDITS = {
    "a threshold is moved": ("rules/cement.yml", "pain_intensity >= 5", "pain_intensity >= 10"),
    "a stance is softened": ("rules/cement.yml", "{sacroplasty: recommended}", "{sacroplasty: consider}"),
    "a time is given": (
        "rules/surgery.yml",
        "{decompression: emergency}",
        "{decompression: {stance: emergency, within_hours: 24}}",
    ),
    "a side is given": (
        "rules/surgery.yml",
        "{lumbopelvic_fixation: recommended}",
        "{lumbopelvic_fixation: {stance: recommended, side: left}}",
    ),
    "points are changed": ("scores/loading.yml", "not mechanical, points: 1", "not mechanical, points: 2"),
    "a rule speaks of another action": ("rules/cement.yml", "{sacroplasty: consider}", "{mri_full_spine: consider}"),
    "an order is turned round": ("conflicts.yml", "prefer: [R105], over: [R104]", "prefer: [R104], over: [R105]"),
    "a term is narrowed": ("terms.yml", "pain in {mechanical, occasional}", "pain == mechanical"),
    "two principles change places": (
        "precedence.yml",
        "- {id: P2, by: declared, text: A declared order outranks ranks.}\n"
        "- {id: P3, by: tier, text: Stronger words outrank weaker ones.}\n",
        "- {id: P3, by: tier, text: Stronger words outrank weaker ones.}\n"
        "- {id: P2, by: declared, text: A declared order outranks ranks.}\n",
    ),
    "an option is added": (
        "findings.yml",
        "- {id: effaces, label: effaced}",
        "- {id: effaces, label: effaced}\n      - {id: fills, label: filled}",
    ),
    "options change places": (
        "findings.yml",
        "      - {id: none, label: none}\n      - {id: indents, label: indented}\n",
        "      - {id: indents, label: indented}\n      - {id: none, label: none}\n",
    ),
    "a finding is added and read": (
        "findings.yml",
        "  - id: epidural\n",
        "  - id: fit\n    group: neurology\n    label: Fit\n"
        '    source: {mika2018: "Management, l. 55"}\n'
        "    options: [{id: fit, label: fit}, {id: frail, label: frail}]\n\n  - id: epidural\n",
    ),
    "only words are changed": ("rules/surgery.yml", "text: Fix it.", "text: Fix it well."),
}


def edited(folder: Folder, edit: str) -> Folder:
    folder.edit(*EDITS[edit])
    if "read" in edit:
        folder.edit("rules/surgery.yml", "when: loading >= 3", "when: loading >= 3 and fit == fit")
    return folder


@pytest.mark.parametrize("back", [False, True], ids=["made", "taken back"])
@pytest.mark.parametrize("edit", EDITS)
def test_patients_are_counted_as_by_going_through_them(tiny, edit, back):
    engines = [untouched(), edited(tiny, edit).engine()]
    old, new = reversed(engines) if back else engines
    found = difference(Edition("old", old, {}), Edition("new", new, {}))
    states, changed, shifts = counted(old, new)
    assert found
    assert (found.everyone.states, found.everyone.changed) == (states, changed)
    assert {(shift.action, (shift.before, shift.after)): shift.states for shift in found.everyone.shifts} == shifts
    assert bool(changed) == (edit not in ("only words are changed", "options change places", "an option is added"))


@pytest.mark.parametrize("edit", EDITS)
def test_an_example_is_a_patient_to_whom_it_happens(tiny, edit):
    old, new = untouched(), edited(tiny, edit).engine()
    found = difference(Edition("old", old, {}), Edition("new", new, {}))
    for shift in found.everyone.shifts:
        like = [each for each in patients(old, new) if shift.example.items() <= each[0].items()]
        assert like
        assert all(before[shift.action] == shift.before for _, before, _ in like)
        assert all(after[shift.action] == shift.after for _, _, after in like)


@pytest.mark.parametrize("back", [False, True], ids=["made", "taken back"])
def test_nobody_is_counted_whom_either_edition_refuses(tiny, back):
    tiny.append("contradictions.yml", "- {id: odd, when: pain == none and epidural == effaces, text: no; no}\n")
    tiny.edit("rules/cement.yml", "pain_intensity >= 5", "pain_intensity >= 10")
    engines = [untouched(), tiny.engine()]
    old, new = reversed(engines) if back else engines
    found = difference(Edition("old", old, {}), Edition("new", new, {})).everyone
    assert (found.states, found.changed) == counted(old, new)[:2]
    # Of 162 patients 18 are pain-free with severe pain, and 18 more pain-free with an effaced sac.
    assert found.states == 162 - 18 - 18 + 6
    for shift in found.shifts:
        assert not {"pain": "none", "pain_intensity": 10}.items() <= shift.example.items()


def test_an_edit_that_changes_nothing_but_remarks_is_no_difference(tiny):
    tiny.append("rules/surgery.yml", "# a remark\n")
    assert not difference(Edition("old", untouched(), {}), Edition("new", tiny.engine(), {}))


def test_every_edit_is_named_with_what_was_and_what_is(tiny):
    line = tiny.edit("rules/cement.yml", "pain_intensity >= 5", "pain_intensity >= 10")
    (change,) = difference(Edition("old", untouched(), {}), Edition("new", tiny.engine(), {})).changes
    assert (change.kind, change.id, change.how) == ("rule", "R104", "changed")
    assert int(change.where.split(":")[-2]) in tiny.lines("rules/cement.yml", "- id: R104")
    assert line in tiny.lines("rules/cement.yml", "- id: R104")
    old, new = change.fields["clauses"]
    assert (old[0]["when"], new[0]["when"]) == ("pain_intensity >= 5", "pain_intensity >= 10")


# the knowledge of the book


REAL = {
    "mechanical pain counts less": ("scores/sins.yml", '"not mechanical", points: 1', '"not mechanical", points: 2'),
    "surgery begins a point lower": (
        "rules/surgery.yml",
        "epidural_disease\n      then: {decompression: recommended}\n    - when: sins >= 13\n",
        "epidural_disease\n      then: {decompression: recommended}\n    - when: sins >= 12\n",
    ),
}


@pytest.fixture
def book(tmp_path) -> Folder:
    return Folder.copied(FOLDER, tmp_path / "knowledge")


@pytest.fixture(scope="module")
def engine_after(tmp_path_factory):
    """The book as it is after one of the edits, read once."""

    @cache
    def engine_after(edit: str) -> Engine:
        book = Folder.copied(FOLDER, tmp_path_factory.mktemp("edited") / "knowledge")
        book.edit(*REAL[edit])
        return book.engine()

    return engine_after


OPERABLE = {"fit_for_surgery": "yes", "expected_survival": "from_6_to_12_months"}
"""Without them every operation is excluded, and little depends on a score."""


@pytest.mark.parametrize("edit", REAL)
def test_sampled_patients_of_the_book_differ_where_the_diagrams_say(engine_after, edit):
    old, new = engine(), engine_after(edit)
    space = Space(old, new)
    findings = new.knowledge.vocabulary
    chance = random.Random(edit)
    differing = 0
    for _ in range(200):
        patient = {finding.id: chance.choice(finding.values) for finding in findings}
        # Either leaves a total open, which plain evaluation cannot settle.
        if patient["bone_lesion"] == "ct_occult":
            patient["bone_lesion"] = "lytic"
        patient["one_continuous_lesion"] = "no"
        patient |= OPERABLE
        state = space.state(1, patient)
        plain = [said(each, findings.state(patient)) for each in (old, new)]
        for side in (0, 1):
            drawn = {
                action: frozenset().union(*space.diagrams.reachable(space.plan(side, action), state))
                for action in plain[side]
            }
            assert drawn == plain[side]
        differing += plain[0] != plain[1]
    assert differing


FREE = ("pain", "posterolateral", "bone_lesion", "epidural")
"""What is left open of a patient near a case."""


def near(case: str):
    """A case of which everything is known but a few findings, and that can be."""
    given = load_case(case)
    # A lesion of intensity 0 would be painless, and the edit is about pain.
    known = {id: value for id, value in ({"pain_intensity": 5} | given.findings).items() if id not in FREE}
    for finding in knowledge().vocabulary:
        if finding.id not in FREE and finding.id not in known:
            fits = (value for value in finding.values if not refusals(knowledge(), {**known, finding.id: value}))
            known[finding.id] = next(fits)
    entries = ((finding.id, given.entry(finding.id)) for finding in knowledge().vocabulary)
    recorded = {id: entry.model_copy(update={"value": known.get(id)}) for id, entry in entries}
    return given.model_copy(update={"id": f"near {case}", "recorded": recorded})


CASES = ("colon-s1", "melanoma-cauda-equina", "endometrial-ilium")


@pytest.fixture(scope="module")
def found_of(engine_after):
    """What is found of a case, and of those near the cases, if mechanical pain counts less: all compared at once."""
    cases = {case.id: case for case in (load_case("colon-s1"), *map(near, CASES))}
    old, new = Edition("old", engine(), cases), Edition("new", engine_after("mechanical pain counts less"), cases)
    return {found.id: found for found in difference(old, new).cases}


@pytest.mark.parametrize("case", CASES)
def test_patients_near_a_case_are_counted_as_by_assessing_each(engine_after, found_of, case):
    old, new = engine(), engine_after("mechanical pain counts less")
    found, stated = found_of[f"near {case}"], near(case).stated
    keys = ("stance", "status", "within_hours", "side", "possible")
    states = changed = 0
    for values in itertools.product(*(new.knowledge.vocabulary.by_id[id].values for id in FREE)):
        patient = {**stated, **dict(zip(FREE, values, strict=True))}
        if refusals(knowledge(), patient):
            continue
        plans = [
            {entry.action: [getattr(entry, key) for key in keys] for entry in each.assess(patient).plan}
            for each in (old, new)
        ]
        states += 1
        changed += plans[0] != plans[1]
    assert 3 * 3 * 4 * 3 > states > 3 * 4
    assert (found.around.states, found.around.changed) == (states, changed)


def test_near_some_case_a_plan_changes(found_of):
    assert any(found_of[f"near {case}"].around.changed for case in CASES)


def test_the_nearest_patient_who_gets_another_plan_is_two_findings_away_and_neither_is_enough(engine_after, found_of):
    old, new = engine(), engine_after("mechanical pain counts less")
    found = found_of["colon-s1"]
    assert (found.scores["sins"], found.plan, found.around.changed) == (((9, 9), (10, 10)), (), 0)
    nearest = min(found.beyond, key=lambda shift: len(shift.example))
    assert len(nearest.example) == 2

    def entries(more):
        patient = {**load_case("colon-s1").findings, **more}
        return [each.assess(patient).entry(nearest.action) for each in (old, new)]

    before, after = entries(nearest.example)
    assert before != after
    for id, value in nearest.example.items():
        before, after = entries({id: value})
        assert before == after


# the command


@pytest.fixture
def run(root, monkeypatch):
    monkeypatch.chdir(root)
    return lambda *words: CliRunner().invoke(app, ["diff", *map(str, words)])


def test_two_that_are_the_same_are_no_difference(run):
    ran = run("casebook/knowledge", ".")
    assert (ran.exit_code, ran.stdout) == (0, "No difference.\n")


def test_an_edited_case_is_told_by_its_findings_its_scores_and_its_plan(run, root, tmp_path):
    text = (root / "cases" / "colon-s1.yml").read_text(encoding="utf-8")
    (tmp_path / "mine.yml").write_text(text.replace("    value: occasional\n", "    value: mechanical\n"))
    ran = run("cases/colon-s1.yml", tmp_path / "mine.yml")
    assert ran.exit_code == 1
    assert "findings.pain.value: occasional → mechanical" in ran.stdout
    assert "SINS: 9 → 11" in ran.stdout
    assert "Percutaneous iliosacral screws appears: nothing → consider" in ran.stdout
    told = json.loads(run("cases/colon-s1.yml", tmp_path / "mine.yml", "--json").stdout)
    (case,) = told["cases"]
    assert case["findings"] == {"pain": {"old": "occasional", "new": "mechanical"}}
    assert case["around"]["changed"] <= case["around"]["states"]
    assert told["all_patients"]["changed"] == 0


def test_a_file_of_the_knowledge_stands_in_for_the_one_of_its_name(run, root, tmp_path):
    text = (FOLDER / "rules" / "surgery.yml").read_text(encoding="utf-8")
    (tmp_path / "surgery.yml").write_text(text.replace("- when: sins >= 13", "- when: sins >= 12", 1))
    ran = run("casebook/knowledge", tmp_path / "surgery.yml")
    assert ran.exit_code == 1
    assert f"{tmp_path / 'surgery.yml'}:" in ran.stdout
    assert "get another plan" in ran.stdout


def test_a_folder_of_cases_is_compared_case_by_case(run, root, tmp_path):
    shutil.copytree(root / "cases", tmp_path / "cases")
    (tmp_path / "cases" / "colon-s1.yml").unlink()
    ran = run("cases", tmp_path / "cases")
    assert ran.exit_code == 1
    assert "case colon-s1 “Colon cancer at S1” removed" in ran.stdout


@pytest.fixture
def repository(root, tmp_path, monkeypatch):
    """A small book under git with two revisions, and an edit that is not committed."""
    book = Folder.copied(TINY, tmp_path / "book" / "casebook" / "knowledge")
    shutil.copytree(root / "cases", tmp_path / "book" / "cases")
    place = tmp_path / "book"

    def git(*words):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=place, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "one")
    book.edit("rules/surgery.yml", "loading >= 3", "loading >= 2")
    git("commit", "-am", "two")
    book.edit("rules/surgery.yml", "loading >= 2", "loading >= 1")
    monkeypatch.chdir(place)
    return book


def test_two_revisions_and_a_revision_and_a_folder_are_compared(repository):
    def when(*words):
        ran = CliRunner().invoke(app, ["diff", *words, "--json"])
        assert ran.exit_code == 1, ran.output
        (change,) = json.loads(ran.stdout)["changes"]
        return [
            next(clause["when"] for clause in change["fields"]["clauses"][side] if "loading" in clause["when"])
            for side in ("old", "new")
        ]

    assert when("HEAD~1", "HEAD") == ["loading >= 3", "loading >= 2"]
    assert when("HEAD~1", ".") == ["loading >= 3", "loading >= 1"]
    assert when(".", "HEAD") == ["loading >= 1", "loading >= 2"]


def test_a_revision_that_cannot_be_read_is_named_by_its_revision(repository):
    repository.edit("rules/surgery.yml", "loading >= 1", "loadingg >= 1")
    ran = CliRunner().invoke(app, ["diff", "HEAD", "."])
    assert ran.exit_code == 2
    assert "casebook/knowledge/rules/surgery.yml:" in ran.stderr
    assert "did you mean loading" in ran.stderr
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "three"], check=True)
    ran = CliRunner().invoke(app, ["diff", "HEAD", "HEAD~1"])
    assert ran.exit_code == 2
    assert ran.stderr.startswith("HEAD:casebook/knowledge/rules/surgery.yml:")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "git has no such revision"),
        ("--help^{commit}", ""),
        ("book", "neither knowledge"),
        ("_toc.yml", "neither a case nor a file of the knowledge"),
    ],
)
def test_what_cannot_be_compared_is_one_plain_line(run, name, said):
    ran = run("HEAD", "--", name)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.output


def test_a_case_that_one_side_cannot_read_is_said_to_be_so(book, root, monkeypatch):
    monkeypatch.chdir(root)
    book.edit("findings.yml", "id: occasional", "id: unrelated_to_load")
    for path in book.path.rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("pain in {mechanical, occasional}", "pain != none"), "utf-8")
        path.write_text(path.read_text("utf-8").replace("pain == occasional", "pain == unrelated_to_load"), "utf-8")
    found = difference(edition("casebook/knowledge"), edition(str(book.path)))
    colon = next(case for case in found.cases if case.id == "colon-s1")
    assert "occasional" in " ".join(colon.unreadable)
    assert colon.around is None
    assert found.left_out["pain"] == ("occasional", "unrelated_to_load")
