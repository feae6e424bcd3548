"""What each paper says, out of the campaign, the ledger, or what was typed. Papers are Chinese whoever writes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.chronicle.official.description import Attachment, Form, Line, OfficialPaper, lines
from gongjian.chronicle.writing.document import Document, Paragraph, Source, plain
from gongjian.chronicle.writing.gathering import Doer, gather
from gongjian.chronicle.writing.genres import compose
from gongjian.chronicle.writing.genres.wording import period
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import Teller, source_of_all
from gongjian.chronicle.writing.subjects import Subject, deeds_about
from gongjian.honors import papers
from gongjian.honors.models import Campaign
from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.ledger.models import Deed

SOURCES = "事迹出处"
_HEAD, _SHARES = ("号", "谁", "时间", "事迹", "确认"), (1, 4, 4, 9, 3)


@dataclass(frozen=True)
class Details:
    """What only the office knows: who issues, under which number, to whom, who gets copies."""

    issuer: str
    number: str = ""
    addressee: str = ""
    copies: str = ""
    printer: str = ""
    signed_on: date | None = None

    @property
    def day(self) -> date:
        return self.signed_on or clock.today()


def decision(campaign: Campaign, details: Details) -> OfficialPaper:
    """Raises Conflict where nothing was decided."""
    made = getattr(campaign, "decision", None)
    if made is None:
        raise Conflict(_("这次评选还没有作出决定，还没有决定可印。"), code="no-decision")
    return _document(
        details,
        title=papers.decision_title(campaign),
        body=lines(made.text),
        number=details.number or made.document_number,
        signature=details.issuer or made.issued_by,
        signed_on=details.signed_on or made.decided_on,
    )


def notice(campaign: Campaign, details: Details) -> OfficialPaper:
    """Raises Conflict where nothing was hung out."""
    hung = getattr(campaign, "notice", None)
    if hung is None:
        raise Conflict(_("这次评选还没有公示，还没有公示可印。"), code="no-notice")
    signed_on = details.signed_on or hung.published_on
    return _document(details, title=papers.notice_title(campaign), body=lines(hung.text), signed_on=signed_on)


def report(subject: Subject, details: Details) -> OfficialPaper:
    """The work report, the sources of its numbers as an attachment. Raises Conflict where there is nothing to tell."""
    told = compose(subject, "report")
    return _document(details, title=told.title, body=list(_sections(told)), attachments=[sources(told.numbers)])


def thanks(subject: Subject, details: Details) -> OfficialPaper:
    """A letter to the organization that the subject is about. Raises Conflict where it did nothing."""
    assert subject.organization is not None
    you = Doer("organization", subject.organization.pk, "贵单位", "you")
    [one] = gather(deeds_about(subject, Deed.objects.filter(public=True)), [you])
    if not one.kinds:
        raise Conflict(_("这段时间没有可公开的事迹，写不出来。可以换一段时间，或者先记事迹。"), code="no-deeds")
    count = one.sum_of("count")
    paragraphs = list(Teller(subject, you, Rhetoric(subject.seed)).paragraphs(one.kinds))
    when = period(subject.since, subject.until)
    opening = f"{when}，贵单位参与{subject.office.name}共建，记入台账的事迹有{count}条，现将主要事迹列后。"
    everything = {source_of_all(subject, f"全部{count}条事迹"): 1}
    numbered = everything | {source: at for at, source in enumerate(_sources_in(paragraphs), start=2)}
    body = [Line(opening), *(Line(plain(paragraph)) for paragraph in paragraphs), Line("谨此致谢，并盼继续同行。")]
    return OfficialPaper(
        form=Form.LETTER,
        mark=details.issuer,
        title="感谢信",
        body=body,
        number=details.number,
        addressee=subject.organization.name,
        attachments=[sources(numbered)],
        signature=details.issuer,
        signed_on=details.day,
        copies=details.copies,
        author=details.issuer,
    )


@dataclass(frozen=True)
class Meeting:
    """What was typed in."""

    title: str
    text: str
    present: str
    excused: str = ""
    attending: str = ""


def minutes(meeting: Meeting, details: Details) -> OfficialPaper:
    return OfficialPaper(
        form=Form.MINUTES,
        mark=f"{details.issuer}会议纪要",
        title=meeting.title,
        body=lines(meeting.text),
        number=details.number,
        present=meeting.present,
        excused=meeting.excused,
        attending=meeting.attending,
        signed_on=details.day,
        copies=details.copies,
        printer=details.printer or details.issuer,
        author=details.issuer,
    )


def sources(numbers: dict[Source, int]) -> Attachment:
    rows = [[str(number), one.who, one.when, one.told, one.level] for one, number in numbers.items()]
    return Attachment(SOURCES, _HEAD, rows, _SHARES)


def _document(details: Details, *, title: str, body: list[Line], **more: object) -> OfficialPaper:
    issuer = str(more.pop("signature", "") or details.issuer)
    values: dict[str, object] = {"number": details.number, "signed_on": details.day, "signature": issuer} | more
    return OfficialPaper(
        form=Form.DOCUMENT,
        mark=f"{issuer}文件",
        title=title,
        body=body,
        addressee=details.addressee,
        copies=details.copies,
        printer=details.printer or issuer,
        author=issuer,
        **values,  # type: ignore[arg-type]
    )


def _sections(told: Document) -> Iterator[Line]:
    yield from (Line(plain(paragraph)) for paragraph in told.opening)
    for section in told.sections:
        yield Line(section.heading, level=1)
        yield from (Line(plain(paragraph)) for paragraph in section.paragraphs)
    yield from (Line(plain(paragraph)) for paragraph in told.closing)


def _sources_in(paragraphs: Iterable[Paragraph]) -> list[Source]:
    return list(dict.fromkeys(run.source for paragraph in paragraphs for run in paragraph if run.source))
