"""A whistle's history in plain words: for who follows it by its link, and for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.whistles.models import Happening
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.reasons import moment
from gongjian.work.whistles.services.handling import Means

Kind = Happening.Kind
PLAIN = {
    Kind.RECEIVED: gettext_lazy("街道收到了这件事"),
    Kind.BLOWN: gettext_lazy("吹哨了，从这时起计时"),
    Kind.TRIAGED: gettext_lazy("分了类"),
    Kind.RECLASSIFIED: gettext_lazy("改了类别"),
    Kind.DISPATCHED: gettext_lazy("派给了承办单位"),
    Kind.ACCEPTED: gettext_lazy("承办单位应哨，接下了"),
    Kind.ON_SITE: gettext_lazy("有人到了现场"),
    Kind.HANDLED: gettext_lazy("现场处置完了"),
    Kind.REPORTED: gettext_lazy("承办单位说了办理结果"),
    Kind.VERIFIED: gettext_lazy("社区到现场核实过了"),
    Kind.REFUSED: gettext_lazy("社区核实没有通过，退回重办"),
    Kind.RATED: gettext_lazy("居民作了评价"),
    Kind.CLOSED: gettext_lazy("销哨，办完了"),
    Kind.REOPENED: gettext_lazy("重新办理"),
    Kind.MERGED: gettext_lazy("和另一件相同的反映一起办"),
    Kind.UNMERGED: gettext_lazy("又单独办理"),
    Kind.SUSPENDED: gettext_lazy("暂停计时"),
    Kind.RESUMED: gettext_lazy("恢复计时"),
    Kind.EXTENDED: gettext_lazy("延长了期限"),
    Kind.NOT_ACCEPTED: gettext_lazy("不予受理"),
    Kind.WITHDRAWN: gettext_lazy("撤回了"),
    Kind.COMMENT: gettext_lazy("街道留言"),
}


@dataclass(frozen=True)
class Line:
    """`who` is empty for strangers."""

    what: str
    words: str
    at: datetime
    who: str = ""
    public: bool = True


def public_line(happening: Happening) -> Line:
    """Nothing of who did it. Numbers of merged whistles are other people's."""
    what = str(PLAIN.get(Kind(happening.kind), happening.get_kind_display()))
    hidden = happening.kind in (Kind.MERGED, Kind.UNMERGED)
    return Line(what, "" if hidden else _words(happening), happening.at)


def staff_line(happening: Happening) -> Line:
    """With who did it."""
    who = happening.by.name if happening.by else ""
    return Line(str(happening.get_kind_display()), _words(happening), happening.at, who, happening.public)


def history(happenings: Iterable[Happening]) -> list[Line]:
    """Newest first; neighbors who joined without a word, one after another, are one line."""
    lines: list[Line] = []
    for silent, run in groupby(happenings, key=lambda one: one.kind == Kind.VOICE and not one.words):
        told = list(run)
        if silent and len(told) > 1:
            lines.append(Line(_("又有 %(n)s 人反映") % {"n": len(told)}, "", told[-1].at, public=False))
        else:
            lines += [staff_line(one) for one in told]
    return lines[::-1]


def _words(happening: Happening) -> str:
    parts = [_particulars(happening), happening.words]
    return _("：").join(part for part in parts if part)


def _particulars(happening: Happening) -> str:
    """What stands in `detail` and not in the words."""
    detail = happening.detail
    if happening.kind in (Kind.EXTENDED, Kind.SUSPENDED) and detail.get("until"):
        return _("到 %(until)s") % {"until": moment(datetime.fromisoformat(detail["until"]))}
    if happening.kind == Kind.VERIFIED:
        return _("确实解决了") if detail.get("solved") else _("还没有解决")
    if happening.kind in (Kind.RATED, Kind.REVISITED) and detail.get("satisfaction"):
        return str(Satisfaction(detail["satisfaction"]).label)
    if happening.kind == Kind.CONTACT:
        means = str(Means(detail["means"]).label) if detail.get("means") else ""
        return f"{means}，{_('联系上了') if detail.get('reached') else _('没联系上')}"
    return ""
