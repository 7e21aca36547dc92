"""A teaching room: phones vote on a reading, a plan or a question, and the wall shows the result once voting is closed.

- `server` stores the session and the votes, and calculates the results.
- `client` contains what runs in browsers: the phone, the console, the wall, the stage, the notes and the handout.
- `cli` starts a room from the command line, `widget` from a notebook.
- `presentation` lists the parts of a case that the stage presents.

`publish` may import this package, to place its scripts, limits and presentations in the book; this package never
imports `publish`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classroom.server.background import Running


def running(*args: Any, **kwargs: Any) -> Running:
    """Start a room in a thread of this process; see `classroom.server.background.running`."""
    # Imported here, because the notebook editor in the browser imports this package and has no web server.
    from classroom.server.background import running

    return running(*args, **kwargs)


__all__ = ["running"]
