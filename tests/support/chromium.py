"""A Chromium that can reach nothing but this machine, for the tests, the benchmarks and the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import install
from playwright.sync_api import Browser, sync_playwright

WITHOUT = (
    # The list of the address bar is a page of its own, started anew for every reader: a second of work for nothing.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # What Playwright switches off; its own list does not count beside this one.
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)
"""Parts of the browser that no reader here meets."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


@contextmanager
def running(*flags: str) -> Iterator[Callable[[bool], Browser]]:
    """Give the installed browser, whole or bare, whenever it is asked for, until the caller is done.

    It is started when it is first asked for, and anew only if it has died; with further flags if there are any.

    Raises
    ------
    SystemExit
        If there is no browser on this machine.
    """
    paths = {whole: install.installed(whole) for whole in (True, False)}
    if not all(paths.values()):
        raise SystemExit(install.NO_BROWSER.format(names=", ".join(install.NAMES)))
    started: dict[str | None, Browser] = {}
    with sync_playwright() as playwright:

        def browser(whole: bool) -> Browser:
            path = paths[whole]
            if path not in started or not started[path].is_connected():
                started[path] = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
            return started[path]

        try:
            yield browser
        finally:
            for each in started.values():
                each.close()


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """Run the whole browser, as readers have it, until the caller is done; see `running`."""
    with running(*flags) as browser:
        yield browser(True)
