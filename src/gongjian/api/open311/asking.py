"""From the arguments of a GET to the requests that are meant."""

import re

from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.api.open311.catalog import category_of
from gongjian.api.open311.dates import span
from gongjian.kernel.errors import Invalid, Missing
from gongjian.work.whistles.models import OPEN_STATES, Whistle
from gongjian.work.whistles.selectors.machines import shown_to_anybody

NUMBER = re.compile(r"(?:\d{4}-)?(\d{1,18})", re.ASCII)
DEFAULT_SIZE, MOST_SIZE, MOST_PAGES = 50, 200, 100_000


def found(asked: QueryDict) -> list[Whistle]:
    """The latest first. `service_request_id` overrides all other arguments, as the specification says."""
    numbers = _list(asked, "service_request_id")
    if numbers:
        keys = [key_of(number) for number in numbers]
        return list(_whole(shown_to_anybody().filter(pk__in=keys)))
    size = min(_number(asked, "page_size", DEFAULT_SIZE), MOST_SIZE)
    begin = (_number(asked, "page", 1) - 1) * size
    return list(_whole(_matching(asked))[begin : begin + size])


def one(number: str) -> Whistle:
    """Raises Missing."""
    return _existing(shown_to_anybody().filter(pk=key_of(number)))


def by_token(token: str) -> Whistle:
    """Raises Missing. The token is that of the reporter's own link."""
    return _existing(Whistle.objects.filter(token=token)) if token else _existing(Whistle.objects.none())


def key_of(number: str) -> int:
    """-1, which is nobody's, for what is no number of ours."""
    matched = NUMBER.fullmatch(number.strip())
    return int(matched[1]) if matched else -1


def _matching(asked: QueryDict) -> QuerySet[Whistle]:
    wanted = span(asked.get("start_date") or "", asked.get("end_date") or "")
    rows = shown_to_anybody().filter(received_at__gte=wanted.begin, received_at__lte=wanted.end)
    codes, states = _list(asked, "service_code"), set(_list(asked, "status"))
    if codes:
        rows = rows.filter(category__in=[category_of(code) for code in codes])
    if states:
        if not states <= {"open", "closed"}:
            raise Invalid(_("status 只能是 open 或 closed。"), code="status", field="status")
        if states == {"open"}:
            rows = rows.filter(state__in=OPEN_STATES)
        elif states == {"closed"}:
            rows = rows.exclude(state__in=OPEN_STATES)
    return rows


def _whole(rows: QuerySet[Whistle]) -> QuerySet[Whistle]:
    related = rows.select_related("category", "community", "lead")
    return related.annotate(updated_at=Max("happenings__at")).order_by("-received_at", "-pk")


def _existing(rows: QuerySet[Whistle]) -> Whistle:
    whistle = _whole(rows).first()
    if whistle is None:
        raise Missing(_("没有这件反映。"))
    return whistle


def _list(asked: QueryDict, name: str) -> list[str]:
    """What stands between the commas."""
    words = str(asked.get(name) or "").split(",")[:MOST_SIZE]
    return [word.strip() for word in words if word.strip()]


def _number(asked: QueryDict, name: str, default: int) -> int:
    text = (asked.get(name) or str(default)).strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_PAGES and len(text) <= 9):
        raise Invalid(_("%(name)s 是从 1 起的整数。") % {"name": name}, code="number", field=name)
    return int(text)
