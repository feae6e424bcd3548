"""What is checked before anything is written. Each raises Invalid with the sentence for the person who typed it."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.work.projects.models import Project

MOST = Decimal(100_000_000_000)
"""Yuan; more is a slip of the pen."""


def check_title(title: str, *, most: int = 80, field: str = "title") -> str:
    if len(title.strip()) < 2:
        raise Invalid(_("请写一个看得懂的名称。"), code="title-missing", field=field)
    if len(title.strip()) > most:
        raise Invalid(_("名称太长（不超过 %(most)s 个字）。") % {"most": most}, code="title-long", field=field)
    return title.strip()


def check_days(begins_on: date | None, ends_on: date, *, field: str = "ends_on") -> None:
    if begins_on is not None and ends_on < begins_on:
        raise Invalid(_("结束的日子早于开始的日子。"), code="days-reversed", field=field)


def check_past(day: date, *, field: str) -> None:
    if day > clock.today():
        raise Invalid(_("日期在今天之后，还没有发生。"), code="in-future", field=field)


def check_amount(amount: Decimal, *, field: str = "amount") -> None:
    if not amount.is_finite() or amount <= 0:
        raise Invalid(_("金额要大于零。"), code="amount", field=field)
    if amount > MOST:
        raise Invalid(_("金额大得不合常理，请核对。"), code="amount-absurd", field=field)
    if amount != amount.quantize(Decimal("0.01")):
        raise Invalid(_("金额最多写到分。"), code="amount-precision", field=field)


def check_words(words: str, *, field: str, sentence: str, most: int = 200) -> str:
    """Raises Invalid with `sentence` for nothing or next to nothing."""
    if len(words.strip()) < 2:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    return words.strip()[:most]


def check_open(project: Project) -> None:
    if not project.is_open:
        raise Conflict(_("项目已经完工或停办，不能再改。"), code="project-closed")
