"""A Chromium that can reach nothing but this machine, for the tests, the benchmarks and the picture."""

from __future__ import annotations

from collections.abc import Iterator
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
def launched(*flags: str) -> Iterator[Browser]:
    """Run the installed browser, with further flags if there are any, until the caller is done.

    Raises
    ------
    SystemExit
        If there is no browser on this machine.
    """
    path = install.installed()
    if not path:
        raise SystemExit(install.NO_BROWSER.format(names=", ".join(install.NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
