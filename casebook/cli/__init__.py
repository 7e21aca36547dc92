"""The command line: assessment of findings, and authoring, validation, display and comparison of cases."""

from __future__ import annotations

import typer

from casebook.cli.assess import assess_command, score_command
from casebook.cli.check import check_command, verify_command
from casebook.cli.diff import diff_command
from casebook.cli.messages import messages_command
from casebook.cli.new import new_command
from casebook.cli.plugins import Commands
from casebook.cli.schemas import schemas_command
from casebook.cli.show import show_command
from casebook.messages import message

app = typer.Typer(
    cls=Commands,
    help=message("command-help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("assess")(assess_command)
app.command("score")(score_command)
app.command("show")(show_command)
app.command("new")(new_command)
app.command("check")(check_command)
app.command("diff")(diff_command)
app.command("verify")(verify_command)
app.command("schemas")(schemas_command)
app.command("messages")(messages_command)
