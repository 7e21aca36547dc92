"""``python -m widgets.room``, for an environment in which the command is not installed."""

from widgets.room.cli import app

app(prog_name="python -m widgets.room")
