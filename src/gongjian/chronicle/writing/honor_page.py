"""The newspaper page of a campaign, as plain JSON."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gongjian.chronicle.writing.gathering import Gathered, OfOneKind, gather
from gongjian.chronicle.writing.subjects import awards_of, deeds_of_campaign, doer_of
from gongjian.honors.models import Award, Campaign
from gongjian.ledger.models import Deed
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.telling import pieces

HEADLINE_FIGURES = 6

Content = dict[str, Any]


def compose(campaign: Campaign) -> Content:
    """`blocks` and `individuals` with their sentences, the `figures` of the head, `counts`, `categories`.

    A sentence is a list of pieces {"text", "deed"?, "sum"?}. A piece with `deed` (its id) or `sum` (the conditions of
    the public list of deeds) is a figure; `deed_without_figure` names the deed of a sentence that has none.
    """
    in_order = awards_of(campaign)
    gathered = gather(deeds_of_campaign(campaign), [doer_of(award.candidate) for award in in_order])
    blocks = [_block(award, of_one) for award, of_one in zip(in_order, gathered, strict=True)]
    return {
        "blocks": [block for block in blocks if block["organization"]],
        "individuals": [block for block in blocks if not block["organization"]],
        "figures": list(_headline_figures(gathered)),
        "counts": _counts(gathered),
        "categories": _by_category(gathered),
    }


def _block(award: Award, gathered: Gathered) -> Content:
    candidate = award.candidate
    return {
        "candidate": candidate.pk,
        "organization": candidate.organization_id,
        "name": candidate.public_name,
        "title": award.title,
        "headline": candidate.headline,
        "sentences": [sentence for of_kind in gathered.kinds for sentence in _sentences(of_kind, candidate.organization_id)],
        "counts": _counts([gathered]),
    }


def _sentences(of_kind: OfOneKind, organization: int | None) -> Iterator[list[Content]]:
    if of_kind.deeds:
        yield from (_told(deed) for deed in of_kind.deeds)
    else:
        yield _summed(of_kind, organization)


def _told(deed: Deed) -> list[Content]:
    told: list[Content] = [{"text": p.text, **({"deed": str(deed.pk)} if p.is_figure else {})} for p in pieces(deed)]
    if not any("deed" in piece for piece in told):
        told[-1]["deed_without_figure"] = str(deed.pk)
    return told


def _summed(of_kind: OfOneKind, organization: int | None) -> list[Content]:
    amount = of_kind.total.in_chinese() if of_kind.total else f"{of_kind.count}条"
    return [{"text": f"{of_kind.kind.name_zh}累计"}, {"text": amount, "sum": _source(of_kind, organization)}]


def _source(of_kind: OfOneKind, organization: int | None) -> Content:
    source = {"kind": of_kind.kind.code, "since": str(of_kind.first), "until": str(of_kind.last)}
    return source | ({"organization": organization} if organization else {})


def _headline_figures(gathered: list[Gathered]) -> Iterator[Content]:
    """The organizations' most telling figures: confirmed by third parties first, then one of each in turn; a kind once."""
    turns = [
        (not of_kind.third_party, turn, place, of_kind)
        for place, one in enumerate(gathered)
        if one.doer.organization_id
        for turn, of_kind in enumerate(filter(_is_striking, one.kinds))
    ]
    best = {row[3].kind.code: row for row in sorted(turns, key=_size)}
    for _unconfirmed, _turn, place, of_kind in sorted(best.values(), key=lambda row: row[:3])[:HEADLINE_FIGURES]:
        yield _figure(of_kind, gathered[place].doer.organization_id)


def _size(row: tuple[bool, int, int, OfOneKind]) -> tuple[bool, Decimal]:
    unconfirmed, _turn, _place, of_kind = row
    return not unconfirmed, of_kind.quantity or Decimal(0)


def _is_striking(of_kind: OfOneKind) -> bool:
    """One or two of something make no headline."""
    return of_kind.quantity is not None and of_kind.quantity > 2


def _figure(of_kind: OfOneKind, organization: int | None) -> Content:
    total = of_kind.total
    assert total is not None
    one_deed = {"deed": str(of_kind.deeds[0].pk)} if len(of_kind.deeds) == 1 else {"sum": _source(of_kind, organization)}
    return {
        "value": str(total.value),
        "unit": total.unit,
        "approximation": str(total.approximation),
        "label_zh": of_kind.kind.name_zh,
        "label_en": of_kind.kind.name_en,
        **one_deed,
    }


def _counts(gathered: Iterable[Gathered]) -> Content:
    several = list(gathered)
    return {
        "deeds": sum(one.sum_of("count") for one in several),
        "evidence": sum(one.evidence for one in several),
        "confirmed": sum(one.sum_of("confirmed") for one in several),
        "third_party": sum(one.sum_of("third_party") for one in several),
    }


def _by_category(gathered: list[Gathered]) -> list[Content]:
    """Largest first; the order of the catalogue where equal."""
    kinds = [of_kind for one in gathered for of_kind in one.kinds]
    counts = {c: sum(k.count for k in kinds if k.kind.category == c) for c in Category.values}
    ranked = sorted(((count, category) for category, count in counts.items() if count), key=lambda pair: -pair[0])
    return [{"category": category, "deeds": count} for count, category in ranked]
