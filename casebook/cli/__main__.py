"""``python -m casebook.cli``, for an environment in which the command is not installed."""

from casebook.cli import app

app(prog_name="casebook")
