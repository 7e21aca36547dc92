"""The interactive layer of a case page: the scripts, styles and knowledge its widgets need."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.setting import Setting

PARTS = ("page.js", "read.js", "casebook.css", "wide.css", "knowledge.js")
LATER = {
    "details.js": "fetched when the page is idle, for the first change",
    "details.css": "fetched with it",
    "titles.js": "fetched then too",
    "arguments.js": "fetched when a reader goes into the explorer",
    "prose.js": "fetched then too",
    "present.js": "fetched to present a case or to print its summary",
    "present.css": "fetched with it",
}
BUDGET = 64 * 1024  # 64 KB is read as 65,536 bytes


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the bytes of every part and of all together, raw and compressed."""
    raw = {name: (setting.book / "casebook" / name).read_bytes() for name in PARTS}
    packed = {name: len(gzip.compress(data, compresslevel=9)) for name, data in raw.items()}
    for name in PARTS:
        yield Figure(f"{name}, gzip -9 ({len(raw[name]):,} raw)", packed[name], "bytes")
    total = sum(map(len, raw.values()))
    yield Figure(f"interactive layer, gzip -9 ({total:,} raw)", sum(packed.values()), "bytes", BUDGET)
    for name, when in LATER.items():
        later = (setting.book / "casebook" / name).read_bytes()
        words = f"{name}, {when}, gzip -9 ({len(later):,} raw)"
        yield Figure(words, len(gzip.compress(later, compresslevel=9)), "bytes")
