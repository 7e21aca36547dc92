"""``python -m classroom``, for an environment without the installed command."""

from casebook.distribution.extras import required_by

with required_by("python -m classroom", __name__):
    from classroom.cli import app

app(prog_name="python -m classroom")
