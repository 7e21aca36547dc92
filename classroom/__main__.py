"""``python -m classroom``, for an environment in which the command is not installed."""

from classroom.cli import app

app(prog_name="python -m classroom")
