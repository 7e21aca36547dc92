"""A published patient changed in the explorer and kept as a case of its own."""

import sys

import pytest

from casebook.cases.case import load_case
from casebook.cases.variants import PUBLISHED_PATIENTS, Variant, save
from casebook.diagnostics.document import read
from casebook.diagnostics.fault import FaultError
from casebook.frames import NoPandasError
from widgets import CaseExplorer


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "cases").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


@pytest.fixture
def explorer():
    return CaseExplorer("colon-s1")


def changed(explorer, **findings):
    explorer.findings = {id: value for id, value in (explorer.findings | findings).items() if value is not None}
    return explorer


def test_a_changed_finding_is_assumed_and_says_what_was_published(folder, explorer):
    case = load_case(changed(explorer, bone_lesion="mixed").save_as("colon-mixed"))
    entry = case.recorded["bone_lesion"]
    assert (entry.value, entry.provenance) == ("mixed", "assumed")
    assert entry.note == "Changed from the published case, where it is lytic (reported)."


def test_a_finding_that_was_taken_away_is_unknown_and_never_normal(folder, explorer):
    case = load_case(changed(explorer, bladder_bowel=None).save_as("colon-open"))
    entry = case.recorded["bladder_bowel"]
    assert (entry.value, entry.provenance) == (None, "not_reported")
    assert "bladder_bowel" not in case.findings


def test_every_other_finding_keeps_its_provenance_note_and_source(folder, explorer):
    case = load_case(changed(explorer, pain="mechanical").save_as("colon-pain"))
    published = load_case("colon-s1").recorded
    assert {id: entry for id, entry in case.recorded.items() if id != "pain"} == {
        id: entry for id, entry in published.items() if id != "pain"
    }


def test_a_changed_patient_has_not_the_outcome_of_the_published_one(folder, explorer):
    path = changed(explorer, pain="mechanical").save_as("colon-pain")
    assert not set(PUBLISHED_PATIENTS) & set(read(path).data)
    assert load_case(path).constructed
    assert "Made from the case “Colon cancer at S1” (colon-s1)" in load_case(path).vignette


def test_an_unchanged_patient_keeps_everything_and_is_published(folder, explorer):
    case, published = load_case(explorer.save_as("colon-twin", title="A twin")), load_case("colon-s1")
    assert case.model_copy(update={"id": published.id, "title": published.title}) == published


def test_the_saved_case_gives_what_the_explorer_showed(folder, explorer):
    explorer = changed(explorer, pain="mechanical", level="S2", fracture=None, collapse=None)
    assert CaseExplorer(explorer.save_as("colon-other")).assessment == explorer.assessment


def test_a_notebook_among_the_cases_saves_beside_itself(folder, explorer, monkeypatch):
    monkeypatch.chdir(folder)
    explorer.save_as("colon-twin")
    assert (folder / "colon-twin.yml").is_file()


def test_a_case_that_is_there_is_not_replaced_unasked(folder, explorer):
    path = explorer.save_as("colon-twin")
    before = path.read_bytes()
    with pytest.raises(FaultError, match="already exists"):
        changed(explorer, pain="mechanical").save_as("colon-twin")
    assert path.read_bytes() == before
    explorer.save_as("colon-twin", replace=True)
    assert load_case(path).findings["pain"] == "mechanical"


def test_the_notebook_of_a_replaced_case_keeps_what_was_written_in_it(folder, explorer):
    notebook = explorer.save_as("colon-twin").with_suffix(".ipynb")
    notebook.write_text(notebook.read_text("utf-8").replace("## The patient", "## My patient"), "utf-8")
    explorer.save_as("colon-twin", replace=True)
    assert "## My patient" in notebook.read_text("utf-8")


@pytest.mark.parametrize("name", ["", "Colon S1", "../colon", "colon_s1", "colon-s1"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(folder, explorer, name):
    with pytest.raises(FaultError):
        explorer.save_as(name)
    assert list(folder.iterdir()) == []


def test_findings_that_contradict_each_other_are_not_saved(folder, explorer):
    impossible = {**explorer.findings, "collapse": "over_50", "fracture": "none"}
    with pytest.raises(FaultError, match="set fracture to present"):
        save(Variant(load_case("colon-s1"), impossible, "colon-odd", "Odd"), folder)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(folder, explorer):
    with pytest.raises(FaultError, match="there is no such folder"):
        explorer.save_as("colon-twin", folder="elsewhere")


# What the button hears


def said(explorer, **content):
    heard = []
    explorer.send = heard.append
    explorer._on_message(explorer, {"ask": "save", **content}, [])
    return heard[0]["answer"], heard[0]["said"]


def test_the_button_is_told_where_the_case_was_saved_what_is_there_and_what_is_wrong(folder, explorer):
    assert said(explorer, name=" colon-twin ") == ("saved", f"Saved in {folder / 'colon-twin.yml'}")
    assert said(explorer, name="colon-twin")[0] == "there"
    assert said(explorer, name="colon-twin", replace=True)[0] == "saved"
    assert said(explorer, name="No name")[0] == "fault"


# Differences


def test_differences_name_the_published_and_the_present_value_and_leave_the_unknown_unknown(explorer):
    frame = changed(explorer, pain="mechanical", fracture=None, lesion_size="large").differences()
    assert frame.to_dict("records") == [
        {"finding": "pain", "published": "occasional", "now": "mechanical", "provenance": "assumed"},
        {"finding": "fracture", "published": "present", "now": None, "provenance": "reported"},
        {"finding": "lesion_size", "published": None, "now": "large", "provenance": "not_reported"},
    ]


def test_without_pandas_it_is_said_what_does_without(explorer, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NoPandasError, match="use explorer"):
        explorer.differences()


# Constructed cases


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ('outcome: {text: "Well.", source: {mika2018: "l. 67"}}\n', "cannot have an outcome"),
        ('published_scores: {sins: {total: 5, source: {mika2018: "l. 67"}}}\n', "cannot have published scores"),
    ],
)
def test_a_constructed_case_claims_nothing_of_a_patient(folder, added, told):
    text = load_text("sacral-ala-cement")
    path = folder / "sacral-ala-cement.yml"
    path.write_text(text + added, "utf-8")
    with pytest.raises(FaultError, match=told):
        load_case(path)


def test_a_case_without_an_outcome_is_asked_for_it_or_to_be_called_constructed(folder):
    path = folder / "sacral-ala-cement.yml"
    path.write_text(load_text("sacral-ala-cement").replace("constructed: true\n", ""), "utf-8")
    with pytest.raises(FaultError, match="or constructed: true if no such patient was published"):
        load_case(path)


def test_every_finding_of_the_constructed_case_is_assumed_or_unknown():
    kinds = {entry.provenance for entry in load_case("sacral-ala-cement").recorded.values()}
    assert kinds == {"assumed", "not_reported"}


def test_a_constructed_case_says_so_in_its_explorer_without_a_script():
    data = CaseExplorer("sacral-ala-cement")._repr_mimebundle_()[0]
    assert "Constructed for teaching: no such patient was published." in data["text/html"]
    assert "constructed" in data["text/plain"]


def load_text(name):
    from casebook.cases.case import FOLDERS

    return (FOLDERS[-1] / f"{name}.yml").read_text("utf-8")
