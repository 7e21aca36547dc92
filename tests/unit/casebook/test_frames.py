"""Tables where pandas is installed, and where it is not."""

import subprocess
import sys

import pandas
import pytest

from casebook.cases.case import load_case
from casebook.frames import NoPandasError, frame, pandas_for

ROWS = {"published": {"sins": 9, "tomita": "5–10"}, "level-s2": {"sins": 6}}


@pytest.fixture
def no_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)


def test_rows_become_a_frame():
    made = frame(ROWS, index="state")
    assert isinstance(made, pandas.DataFrame)
    assert made.index.name == "state"
    assert made.loc["published", "tomita"] == "5–10"


def test_without_pandas_the_same_cells_are_shown_as_text_that_says_why(no_pandas):
    lines = repr(frame(ROWS, index="state")).splitlines()
    assert lines[0].split() == ["state", "sins", "tomita"]
    assert lines[1].split() == ["published", "9", "5–10"]
    assert lines[2].split() == ["level-s2", "6"]
    assert "pandas is not installed here" in lines[-1]


def test_what_only_a_frame_can_do_is_refused_with_what_to_use_instead(no_pandas):
    with pytest.raises(NoPandasError, match=r"explorer\.scores is a pandas data frame.* use explorer\.assessment"):
        pandas_for("explorer.scores", "explorer.assessment.scores")


def test_the_explorer_does_without_pandas_and_refuses_a_frame_in_one_sentence(no_pandas):
    from widgets import CaseExplorer

    explorer = CaseExplorer("colon-s1")
    assert explorer.assessment.scores["sins"].total == load_case("colon-s1").assess().scores["sins"].total
    with pytest.raises(NoPandasError) as refused:
        _ = explorer.scores
    assert refused.value._render_traceback_() == [str(refused.value)]


def test_engine_and_widgets_start_without_what_a_browser_does_not_have():
    missing = ("pandas", "numpy", "typer", "rich", "click", "matplotlib")
    code = f"import sys; sys.modules.update(dict.fromkeys({missing!r})); import casebook, widgets; print(casebook.assess({{}}).plan != None)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
