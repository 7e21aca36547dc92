"""Teaching: the plans hold what a case says of its steps, the figures are the published ones, a session is read rightly."""

from __future__ import annotations

import re
import sys
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest

from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from classroom.server.vote_export import COLUMNS

ROOT = Path(__file__).parents[3]
HTML = ROOT / "_build" / "html" / "book" / "teach"
CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yml"))
FILE = ROOT / "book" / "teach" / "made-up-session.csv"

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture(autouse=True)
def beside_the_notebook(monkeypatch):
    """The modules beside the notebook are found as it finds them."""
    monkeypatch.setattr(sys, "path", [str(FILE.parent), *sys.path])


def words(text: str) -> str:
    return re.sub(r"\W+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def page(name: str) -> str:
    return (HTML / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_plan_of_a_session_holds_every_step_that_is_presented_and_takes_half_an_hour(name):
    case, text = load_case(name), words(page(f"session-{name}"))
    assert sum(step.minutes for step in case.presenting) == 30
    begins = 0
    for step in case.presenting:
        assert f" {begins} {begins + step.minutes} min " in text
        begins += step.minutes
        for note in (step.ask, step.error, step.say):
            assert words(note).strip() in text


@pytest.mark.parametrize("name", CASES)
def test_a_session_asks_names_errors_and_answers_them(name):
    steps = load_case(name).presenting
    assert all(sum(bool(getattr(step, note)) for step in steps) >= 5 for note in ("ask", "error", "say"))


def test_the_chapter_prints_every_published_figure_with_its_source():
    text = words(page("how-to-teach"))
    for item in knowledge().scores["sins"].items:
        sources = " ".join(knowledge().sources[key].short for key in item.agreement.source)
        locators = " ".join(item.agreement.source.values())
        figure = f"{item.label} {item.agreement.statistic} {item.agreement.value}"
        assert words(figure).strip() in text
        assert words(sources).strip() in text
        assert words(locators).strip() in text


# The made-up session


def test_the_made_up_session_says_so_and_is_what_its_script_writes(tmp_path):
    import made_up

    made_up.write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == FILE.read_bytes()
    assert FILE.read_text(encoding="utf-8").startswith("# Made up: nobody voted.")
    assert "made up" in page("after-a-session")


def test_a_file_that_a_room_did_not_write_is_refused_by_its_columns(tmp_path):
    import votes

    assert list(COLUMNS) == votes.COLUMNS
    (tmp_path / "other.csv").write_text("reader,answer\n1,yes\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.csv: the columns are reader, answer; a room writes round, vote"):
        votes.read(tmp_path / "other.csv")


def session(tmp_path, *readings):
    """The table of one round for each case, in which every reader answers every item alike or as said."""
    import votes

    lines = [",".join(votes.COLUMNS)]
    for round, (case, answers) in enumerate(readings, 1):
        for reader, given in enumerate(answers):
            lines += [f"{round},1,reading,{case},,{reader},{field},{answer}" for field, answer in given.items()]
    (tmp_path / "session.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return votes.read(tmp_path / "session.csv")


SCORED = {
    "level": "S1",
    "pain": "mechanical",
    "bone_lesion": "lytic",
    "alignment": "normal",
    "collapse": "under_50",
    "posterolateral": "unilateral",
}


def test_what_cannot_be_told_stays_unknown_and_leaves_a_range(tmp_path):
    import votes

    nothing = dict.fromkeys(SCORED, "unknown")
    found = votes.totals(session(tmp_path, ("colon-s1", [SCORED, {**SCORED, "pain": "unknown"}, nothing])))
    assert found[["low", "high"]].to_numpy().tolist() == [[11, 11], [8, 11], [0, 18]]
    one, _, open_ = found["bands"]
    assert one == "potentially unstable"
    assert open_.count(" or ") == 2


def test_agreement_is_that_of_an_independent_count(tmp_path):
    import votes

    one = [{**SCORED, "pain": pain} for pain in ("mechanical", "mechanical", "occasional", "unknown")]
    other = [{**SCORED, "pain": pain} for pain in ("none", "occasional", "occasional", "occasional")]
    table = session(tmp_path, ("colon-s1", one), ("endometrial-ilium", other))
    patients = [[reader["pain"] for reader in readers] for readers in (one, other)]
    agreeing = [sum(a == b for a, b in combinations(patient, 2)) / 6 for patient in patients]
    assert list(votes.pairs(table).loc["Pain at the lesion"]) == [round(share, 2) for share in agreeing]
    everyone = [answer for patient in patients for answer in patient]
    by_chance = sum((everyone.count(answer) / len(everyone)) ** 2 for answer in set(everyone))
    expected = (sum(agreeing) / 2 - by_chance) / (1 - by_chance)
    kappas = votes.kappas(table)
    assert kappas.loc["Pain", "kappa"] == round(expected, 2)
    assert kappas.loc["Pain", "published"] == "0.841"
    assert kappas["kappa"].isna().sum() == 5, "where all answer alike there is no kappa"


def test_one_patient_or_one_reader_gives_no_kappa(tmp_path):
    import votes

    read = [{**SCORED, "pain": pain} for pain in ("mechanical", "occasional", "none")]
    one_patient = votes.kappas(session(tmp_path, ("colon-s1", read)))
    assert one_patient["patients"].unique().tolist() == [1]
    one_reader = votes.kappas(session(tmp_path, ("colon-s1", read[:1]), ("endometrial-ilium", read[1:2])))
    assert one_reader["readers"].unique().tolist() == [1]
    assert one_patient["kappa"].isna().all()
    assert one_reader["kappa"].isna().all()


def test_of_a_case_that_was_opened_anew_the_last_round_counts(tmp_path):
    import votes

    anew = {**SCORED, "pain": "none"}
    table = session(tmp_path, ("colon-s1", [SCORED, SCORED]), ("colon-s1", [anew]))
    assert votes.totals(table)[["low", "high"]].to_numpy().tolist() == [[8, 8]]
    assert votes.distribution(table, "colon-s1").loc["Pain at the lesion"]["vote 1"].to_list() == [1]
