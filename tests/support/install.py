"""Find a Chromium for the browser tests, or install one, and say which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BARE = "chromium-headless-shell"
"""The same Chromium without windows, bars and menus, which take a fifth of the time of every page."""

MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NO_BROWSER = """\
No browser for the tests was found and none could be installed.
Tried: CHROMIUM from the environment; {names} on PATH; apt-get; playwright install chromium.
Install Chromium or Chrome, or name an executable: CHROMIUM=/path/to/chrome make test
"""


def installed(whole: bool = True) -> str | None:
    """Give the path of a browser that is already on this machine.

    Parameters
    ----------
    whole : bool
        Whether it must be the browser that readers have, or may be the bare one, if that is there.

    Returns
    -------
    str or None
        ``CHROMIUM`` from the environment if set, else the first of the names on
        the path, else one that Playwright has downloaded before.

    Raises
    ------
    SystemExit
        If ``CHROMIUM`` names something that cannot be run.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if shutil.which(named):
            return shutil.which(named)
        raise SystemExit(f"CHROMIUM is set to {named!r}, which is not an executable file.")
    names = NAMES if whole else (BARE, *NAMES)
    on_path = next((path for name in names if (path := shutil.which(name))), None)
    if on_path:
        return on_path
    if MAC.exists():
        return str(MAC)
    return downloaded()


def downloaded() -> str | None:
    """Give the path of Playwright's own Chromium, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Install a browser and give its path, or None if nothing worked."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        for package in ("chromium", BARE):  # not every system has the second
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
        if found := installed():
            return found
    run(sys.executable, "-m", "playwright", "install", "chromium")
    return installed()


def run(*command: str) -> None:
    """Run a command; its output goes to stderr, its failure is seen by what is missing after."""
    print("$", *command, file=sys.stderr)
    subprocess.run(command, stdout=sys.stderr, check=False)


if __name__ == "__main__":
    path = installed() or install()
    if not path:
        raise SystemExit(NO_BROWSER.format(names=", ".join(NAMES)))
    print("Browser:", *dict.fromkeys([path, installed(whole=False)]))
