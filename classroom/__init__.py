"""A room: phones commit to a reading, the screen shows how many have, and what came of it once it is closed.

- `limits` says what is refused; `store` keeps a session in one file; `session` is what goes on in it.
- `agenda` lists what can be asked, `ballots` reads answers; `results` and `agreement` say what they come to.
- `app` answers over HTTP; `server` runs it, in a thread of its own for a notebook; `cli` starts it by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classroom.server.server import Running


def running(*arguments: Any, **named: Any) -> Running:
    """Start a room in a thread of this process; see `classroom.server.server.running`."""
    # A notebook in the browser imports this package, too, and has no web server.
    from classroom.server.server import running

    return running(*arguments, **named)


__all__ = ["running"]
