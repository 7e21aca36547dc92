"""Commands that other packages add: each an entry point of the group ``casebook.commands``."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

import click
import typer
from typer.core import TyperGroup

GROUP = "casebook.commands"


class Commands(TyperGroup):
    """The commands of the casebook, and after them those that are added.

    An added command is loaded when it is asked for, so that the others start as fast without it.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names."""
        own = super().list_commands(ctx)
        return [*own, *sorted(set(_added()) - set(own))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; one whose package cannot be loaded says so when it is called."""
        own = super().get_command(ctx, cmd_name)
        added = None if own is not None else _added().get(cmd_name)
        return own if added is None else _loaded(added)


def _added() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _loaded(entry: EntryPoint) -> click.Command:
    try:
        return typer.main.get_command(entry.load())
    except ImportError as error:
        missing = str(error)

    def say() -> None:
        typer.echo(f"casebook {entry.name} cannot start: {missing}. Install what it needs: make serve does.", err=True)
        raise typer.Exit(2)

    return click.Command(entry.name, callback=say, help=f"Not installed as a whole: {missing}.")
