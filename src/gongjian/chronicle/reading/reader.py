"""A report's text → proposed deeds. Pure: no database, no network, nothing kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongjian.chronicle.reading.contradictions import contradictions
from gongjian.chronicle.reading.doers.register import Register
from gongjian.chronicle.reading.doers.subjects import Cast, Doer, subject
from gongjian.chronicle.reading.facts.deeds import (
    Rule,
    in_setting,
    is_background,
    is_not_done,
    rule_for,
    rules_alone,
    says_what,
)
from gongjian.chronicle.reading.facts.places import place_in
from gongjian.chronicle.reading.facts.quantities import Amount, amounts
from gongjian.chronicle.reading.periods import Periods, periods_of
from gongjian.chronicle.reading.proposals import Proposal, Reading
from gongjian.chronicle.reading.sections import open_cast, section_names
from gongjian.chronicle.reading.text.blocks import Block, Form, blocks, is_header_row
from gongjian.chronicle.reading.text.sentences import Clause, Sentence, sentences

_SUBHEADING_MOST = 16
"""A first sentence no longer than this, without a figure, is a heading inside the paragraph: 关爱空巢老人。"""
_LIKE_AN_ORGANIZATION = re.compile("行|校|学|院|店|馆|司|团|厂|局|厅|委|办|会|社|所|中心|队|站|处|部|区|场|城|楼|园|市")
_CIRCUMSTANCE = re.compile(
    r"^(?:在|自|当|随着|针对|围绕|根据|按照|为了?|如何|以).{2,40}(?:中|下|时|后|前|期间|以来|之际|要求|安排)$|^(?:为|为了)(?:进一步|更好|切实|深入|认真|全面|营造|方便|丰富)"
)
_GOES_ON = re.compile(
    r"^(?:全年|全月|累计|共计?|总计|受益|惠及|覆盖|服务(?!时长)|接待|参加|参与|其中|价值|总|人均|平均|一上午|吸引|面积|成功|每[天日周]|截至)"
)
"""A clause that only counts what the clause before it told."""
_STANDS_BESIDE = frozenset(
    {
        "agreement",
        "commitment-signed",
        "settlement",
        "deposit-returned",
        "donation-arranged",
        "party-branch",
        "owners-committee",
        "reception-day",
        "elevator-application",
    }
)
_JOINING = re.compile(r"^(?:并且?|还|同时|以及|又|也|共|其中|此外|另外|，)+")


@dataclass
class _State:
    cast: Cast
    periods: Periods
    places: tuple[str, ...]
    title: str
    topic: str = ""
    """The last heading, for figures whose own sentence says nothing of their kind."""


def read(text: str, register: Register | None = None, *, published: date | None = None) -> Reading:
    """`published`: the day of the report, for dates that leave the year out."""
    register = register or Register()
    parts = blocks(text)
    starts = section_names(parts, register)
    periods = periods_of(parts, published, one_event=not starts)
    state = _State(open_cast(parts, register), periods, register.places, _title(parts))
    found: list[Proposal] = []
    for i, block in enumerate(parts):
        if i in starts:
            state.cast.begin_section(starts[i])
            state.topic = ""
        elif block.form is Form.HEADING:
            state.topic = block.text
        elif not is_header_row(block):
            found += _read_block(block, state)
    found = _once(found)
    return Reading(text, found, contradictions(found, text))


def _read_block(block: Block, state: _State) -> Iterator[Proposal]:
    cast = state.cast
    cast.current = cast.section or cast.current or cast.report
    state.periods.begin_paragraph()
    parts = list(sentences(block))
    topic = state.topic
    for number, sentence in enumerate(parts):
        if number == 0 and len(parts) > 1 and _is_subheading(sentence):
            topic = sentence.text
            state.periods.of_sentence(sentence, is_row=False)  # 次日，活动走进社区: it may name the day
            _doer(sentence.clauses[0], cast, first=True, has_figures=False)
            continue
        yield from _read_sentence(block, sentence, f"{sentence.label}{topic} {state.title}", state)


def _title(parts: list[Block]) -> str:
    return " ".join(block.text for block in parts[:3] if block.form is Form.HEADING)


def _is_subheading(sentence: Sentence) -> bool:
    return len(sentence.text) <= _SUBHEADING_MOST and not amounts(sentence.text)


def _read_sentence(block: Block, sentence: Sentence, topic: str, state: _State) -> Iterator[Proposal]:
    whens = state.periods.of_sentence(sentence, is_row=block.form is Form.ROW)
    told: list[Proposal] = []
    place_of_sentence = place_in(sentence.text, state.places)
    if is_not_done(sentence.text[:8]):
        return
    for number, clause in enumerate(sentence.clauses):
        figures = amounts(clause.text)
        doer = _doer(clause, state.cast, first=number == 0, has_figures=bool(figures))
        if is_background(clause.text) or is_not_done(clause.text):
            continue
        when = state.periods.carried(whens[number], doer, sentence)
        place = place_in(clause.text, state.places) or place_of_sentence or ""
        around = _Around(block, sentence, number, topic, doer, place)
        of_clause = [_counted(around, figure) for figure in figures] or _uncounted(around, told)
        told += [_dated(proposal, when) for proposal in of_clause if proposal]
    counted = {(proposal.category, proposal.organization) for proposal in told if proposal.quantity is not None}
    for proposal in told:
        own_weight = proposal.quantity is not None or (proposal.category, proposal.organization) not in counted
        if own_weight or proposal.kind in _STANDS_BESIDE:
            yield proposal


def _doer(clause: Clause, cast: Cast, *, first: bool, has_figures: bool) -> Doer | None:
    doubtful = cast.section is None and (first or has_figures) and bool(_LIKE_AN_ORGANIZATION.search(clause.text[:24]))
    named = subject(clause.text, cast, look_closely=doubtful)
    return cast.acts(named) if named else cast.default()


@dataclass(frozen=True)
class _Around:
    """A clause and what stands around it."""

    block: Block
    sentence: Sentence
    number: int
    topic: str
    doer: Doer | None
    place: str

    @property
    def clause(self) -> Clause:
        return self.sentence.clauses[self.number]

    def proposal(self, rule: Rule, deed: str, **figure: object) -> Proposal:
        start, end = self.block.span(self.clause.start, self.clause.end)
        return Proposal(
            organization=self.doer.name if self.doer else "",
            organization_pk=self.doer.known.pk if self.doer and self.doer.known else None,
            deed=deed,
            kind=rule.kind,
            category=rule.category,
            start=start,
            end=end,
            sentence=self.block.span(self.sentence.start, self.sentence.end),
            place=self.place,
            **figure,  # type: ignore[arg-type]
        )


def _counted(around: _Around, figure: Amount) -> Proposal | None:
    own = around.clause.text
    before = [clause.text for clause in reversed(around.sentence.clauses[: around.number])]
    part = own[own.rfind("、", 0, figure.start) + 1 : figure.end]
    if before and _GOES_ON.match(own) and not says_what(figure.unit, own, clearly=True):
        texts = [*before, own]
    else:
        texts = [part, own, *before] if says_what(figure.unit, part) else [own, *before]
    rule = rule_for(figure.unit, *texts, around.sentence.text, around.topic)
    rule = in_setting(rule, figure.unit, around.sentence.text, around.topic)
    if rule is None:
        return None
    deed = own if rule.words.search(own) else "，".join([*[text for text in before if rule.words.search(text)][:1], own])
    return around.proposal(
        rule,
        _JOINING.sub("", deed),
        quantity=figure.value,
        unit=figure.unit,
        ledger_unit=figure.ledger_unit,
        approximation=figure.approximation,
    )


def _uncounted(around: _Around, told: list[Proposal]) -> list[Proposal | None]:
    """Deeds without figures, unless the sentence already told one of that category."""
    if _CIRCUMSTANCE.match(around.clause.text):
        return []
    known = {proposal.category for proposal in told}
    kinds = {proposal.kind for proposal in told}
    rules = [rule for rule in rules_alone(around.clause.text)[:1] if rule.kind not in kinds]
    return [
        around.proposal(rule, _JOINING.sub("", around.clause.text))
        for rule in rules
        if rule.category not in known or rule.weight >= 7
    ]


def _dated(proposal: Proposal, when: object) -> Proposal:
    from dataclasses import replace

    return replace(proposal, when=when)  # type: ignore[arg-type]


def _once(proposals: list[Proposal]) -> list[Proposal]:
    """What a lead tells and the body tells again is one deed."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for proposal in proposals:
        counted = proposal.quantity is not None
        key = (proposal.organization, proposal.category, proposal.quantity, proposal.unit, "" if counted else proposal.deed)
        if key not in seen:
            kept.append(proposal)
        seen.add(key)
    return kept
