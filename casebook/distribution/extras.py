"""Packages that only a part of the casebook needs, and the sentence that says how to install them."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec

from casebook.messages import message

DISTRIBUTION = "sacral-casebook"

OPTIONAL = re.compile(r"""(?P<package>[\w.-]+).*;.*\bextra *== *["'](?P<extra>[\w.-]+)["']""")
"""A line of a distribution's metadata that names a package of an extra."""


class MissingPackageError(ImportError):
    """Something was asked for whose package is not installed; the message says what to install."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        return [str(self)]


def requirement(package: str, distribution: str = DISTRIBUTION) -> str:
    """Return what to give to pip for a package: the extra of a distribution that brings it, or else its own name.

    Examples
    --------
    >>> requirement("sse_starlette")
    'sacral-casebook[classroom]'
    """
    try:
        lines = requires(distribution) or []
    except PackageNotFoundError:  # a checkout that was not installed
        lines = []
    for line in lines:
        optional = OPTIONAL.match(line)
        if optional and _normal(optional["package"]) == _normal(package):
            return f"{distribution}[{optional['extra']}]"
    return package


def remedy(package: str, distribution: str = DISTRIBUTION) -> str:
    """Return how a reader gets a package that is missing."""
    if sys.platform == "emscripten":  # nothing can be installed in the editor in the browser
        return message("package-elsewhere")
    return message("package-install", requirement=requirement(package, distribution))


def missing(what: str, error: ImportError, distribution: str = DISTRIBUTION) -> MissingPackageError:
    """Return the error that says what `what` needs, and how to install it.

    Parameters
    ----------
    what : str
        What was asked for, as its user calls it.
    error : ImportError
        Why it could not be imported.
    distribution : str, optional
        Whose extras are searched.
    """
    package = (error.name or "").partition(".")[0]
    if not package or find_spec(package):  # installed, but not whole or in a version that does not fit
        return MissingPackageError(f"{what}: {error}", name=error.name)
    text = message("package-missing", what=what, package=package, remedy=remedy(package, distribution))
    return MissingPackageError(text, name=error.name)


@contextmanager
def required_by(what: str, module: str) -> Generator[None]:
    """Explain an import that fails.

    Parameters
    ----------
    what : str
        What needs it, as its user calls it.
    module : str
        ``__name__`` of the module that imports; a program ends with the sentence alone, without a traceback.

    Raises
    ------
    MissingPackageError
        If a package is missing.
    SystemExit
        The same in a program.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        explained = missing(what, error)
        if module == "__main__":
            raise SystemExit(str(explained)) from None
        raise explained from None


def _normal(name: str) -> str:
    """Return a name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
