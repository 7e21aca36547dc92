"""A case in the terminal: in colour where there is some, plain where it is piped."""

import os
import pty
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from casebook.cases.case import load_case
from casebook.cli import app
from casebook.knowledge_base import knowledge

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = [sys.executable, "-m", "casebook.cli", "show", "melanoma-cauda-equina"]


def in_a_terminal(root, **environment: str) -> str:
    """Return what the command prints into a terminal of 120 columns."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CI")}
    settings = {**kept, "TERM": "xterm-256color", "COLUMNS": "120", **environment}
    with subprocess.Popen(COMMAND, cwd=root, env=settings, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        printed = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            printed += more
        assert running.wait() == 0
    os.close(ours)
    return printed.decode("utf-8")


@pytest.fixture(scope="module")
def coloured(root) -> str:
    return in_a_terminal(root)


def test_a_terminal_shows_scores_and_plan_in_tables_the_emergency_first(coloured):
    plain = COLOUR.sub("", coloured)
    assert plain.index("Melanoma with cauda equina syndrome") < plain.index("SINS") < plain.index("Plan")
    assert "1 to 6 of 18" in plain
    stances = re.findall(r"│ (emergency|recommended|consider|caution|not indicated|contraindicated) +│", plain)
    assert stances[0] == "emergency"
    for entry in load_case("melanoma-cauda-equina").assess().plan[:3]:
        assert knowledge().actions[entry.action].label.split()[0] in plain


def test_a_stance_is_a_word_before_it_is_a_colour(coloured):
    assert re.search(r"\x1b\[1;31memergency", coloured)


def test_no_colour_is_used_where_none_is_wanted(root, coloured):
    printed = in_a_terminal(root, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", printed)
    assert COLOUR.sub("", printed) == COLOUR.sub("", coloured)


def test_what_is_piped_is_plain_lines_that_no_width_breaks():
    ran = CliRunner().invoke(app, COMMAND[-2:], env={"COLUMNS": "20", "FORCE_COLOR": ""}, catch_exceptions=False)
    assert ran.exit_code == 0
    printed = ran.stdout
    assert "\x1b" not in printed
    assert "│" not in printed
    assert printed.splitlines()[0] == "Melanoma with cauda equina syndrome"
    assert printed.splitlines()[3].startswith("Emergency. Cauda equina syndrome, with compression on imaging. Call ")
    assert "  Decompression of the sacral canal: " in printed


def test_a_case_that_is_not_is_one_plain_line():
    ran = CliRunner().invoke(app, ["show", "colon-s2"], catch_exceptions=False)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert "did you mean colon-s1?" in line
