"""Reading: pages a second of one core, every page as if it were the first, and how well the sample reports are read."""

import time
from pathlib import Path
from typing import Any

from benchmarks.harness import Measurement, say

NAME = "reading"
AIM = 30.0
F1 = 0.85
REPORTS = Path(__file__).resolve().parents[1] / "demo" / "reports"
PAGE = 22 * 28
"""Characters of a page: those of an official paper. The newspaper page that the product comes from has nearly five of them."""


def measure() -> list[Measurement]:
    """Needs no database."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.txt"))]
    _read(texts[0])  # the model is loaded
    pages = sum(map(len, texts)) / PAGE
    started = time.process_time()
    for text in texts:
        _forget()
        _read(text)
    took = time.process_time() - started
    say(f"  {len(texts)} reports, {pages:.1f} pages of {PAGE} characters, {took:.2f} s of one core")
    rate = pages / took
    return [
        Measurement(
            f"read pages of {PAGE} characters",
            f"{rate:.0f} a second and core",
            aim=f"≥ {AIM:.0f}",
            met=rate >= AIM,
            raw={"seconds": took, "pages": pages, "reports": len(texts)},
        ),
        *_how_well(),
    ]


def _read(text: str) -> Any:
    from gongjian.chronicle.reading.reader import read

    return read(text)


def _forget() -> None:
    """What the model was asked before is no help for a page that nobody has read."""
    from gongjian.chronicle.reading.doers import lexical

    lexical.organization_at_start.cache_clear()
    lexical.begins_with_a_name.cache_clear()


def _how_well() -> list[Measurement]:
    from gongjian.chronicle.reading.evaluation import evaluate

    found = evaluate(REPORTS)
    rows = [*found.fields.items(), ("whole fact", found.facts)]
    return [
        Measurement(
            f"F1 of {name}, own reports",
            f"{score.f1:.3f} ({score.found} of {score.proposed} read, {score.written} written)",
            aim=f"≥ {F1}",
            met=score.f1 >= F1,
        )
        for name, score in rows
    ]
