"""QR codes of addresses, for a page and for a terminal."""

from __future__ import annotations

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=4)
def svg(address: str) -> str:
    """Return a QR code as SVG markup."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=1, border=2, omitsize=True)


def terminal(address: str) -> str:
    """Return a QR code in half blocks, for a terminal."""
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")
