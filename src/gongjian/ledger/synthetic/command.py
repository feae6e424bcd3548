"""What `gongjian load deeds` calls."""

from typing import Any

from gongjian.ledger.synthetic.loading import Progress, load_deeds


def deeds(count: int, in_office: int | None, progress: Progress) -> dict[str, Any]:
    """A tenth in the first office unless said otherwise; the rest in nine synthetic ones."""
    loaded = load_deeds(count, count // 10 if in_office is None else in_office, progress)
    return {"deeds": loaded.deeds, "confirmations": loaded.confirmations}
