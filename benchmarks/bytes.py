"""The interactive layer of a case page: the scripts, styles and knowledge its widgets need."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.setting import Setting

PARTS = ("page.js", "read.js", "casebook.css", "wide.css", "knowledge.js")
LATER = "prose.js"
BUDGET = 60 * 1024  # 60 KB is read as 61,440 bytes


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the bytes of every part and of all together, raw and compressed."""
    raw = {name: (setting.book / "casebook" / name).read_bytes() for name in PARTS}
    packed = {name: len(gzip.compress(data, compresslevel=9)) for name, data in raw.items()}
    for name in PARTS:
        yield Figure(f"{name}, gzip -9 ({len(raw[name]):,} raw)", packed[name], "bytes")
    later = (setting.book / "casebook" / LATER).read_bytes()
    total = sum(map(len, raw.values()))
    yield Figure(f"interactive layer, gzip -9 ({total:,} raw)", sum(packed.values()), "bytes", BUDGET)
    words = f"{LATER}, fetched when a reader opens a long text, gzip -9 ({len(later):,} raw)"
    yield Figure(words, len(gzip.compress(later, compresslevel=9)), "bytes")
