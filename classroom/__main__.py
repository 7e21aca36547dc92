"""``python -m classroom``, for an environment in which the command is not installed."""

from casebook.extras import required_by

with required_by("python -m classroom", __name__):
    from classroom.cli import app

app(prog_name="python -m classroom")
