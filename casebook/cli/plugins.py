"""Commands of other packages, which are entry points of the group ``casebook.commands``."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
from typer.main import get_command

from casebook.distribution.extras import DISTRIBUTION, missing

if TYPE_CHECKING:
    # Typer contains a copy of click, so click itself need not be installed.
    from typer._click import Command, Context

GROUP = "casebook.commands"


class Commands(TyperGroup):
    """The commands of the casebook, followed by those of other packages.

    The command of another package is imported only when it is called, so that it does not slow down the others.
    """

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands."""
        own = super().list_commands(ctx)
        return [*own, *sorted(set(_added()) - set(own))]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return a command; one whose package cannot be imported prints the reason when it is called."""
        own = super().get_command(ctx, cmd_name)
        added = None if own is not None else _added().get(cmd_name)
        return own if added is None else _loaded(added)


def _added() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _loaded(entry: EntryPoint) -> Command:
    try:
        return get_command(entry.load())
    except ImportError as error:
        distribution = entry.dist.name if entry.dist else DISTRIBUTION
        explained = str(missing(f"casebook {entry.name}", error, distribution))

    stand_in = typer.Typer(add_completion=False)

    @stand_in.command(
        entry.name,
        help=explained,
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )
    def explain() -> None:
        typer.echo(explained, err=True)
        raise typer.Exit(2)

    return get_command(stand_in)
