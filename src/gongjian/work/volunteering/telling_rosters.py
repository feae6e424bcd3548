"""The solver's reasons in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.volunteering.roster import Reason

WHO = {
    Reason.BARRED: gettext_lazy("%(n)s人不排这一班（退出过、被调出或年龄不符）"),
    Reason.SKILL: gettext_lazy("%(n)s人不会“%(skill)s”"),
    Reason.UNAVAILABLE: gettext_lazy("%(n)s人这段时间没空"),
    Reason.ENGAGED: gettext_lazy("%(n)s人这时在别的活动里"),
    Reason.FAR: gettext_lazy("%(n)s人太远"),
    Reason.BUSY: gettext_lazy("%(n)s人这时在另一班"),
    Reason.REST: gettext_lazy("%(n)s人离另一班太近，休息不够"),
    Reason.PER_DAY: gettext_lazy("%(n)s人这一天已经排满"),
    Reason.PER_WEEK: gettext_lazy("%(n)s人这一周已经排满"),
    Reason.IN_ALL: gettext_lazy("%(n)s人总时长已经排满"),
    Reason.FULL: gettext_lazy("%(n)s人想来也没有名额"),
    Reason.FREE: gettext_lazy("%(n)s人还可以排"),
}

FORBIDDEN = {
    Reason.BARRED: gettext_lazy("这个人不排这一班：退出过、被调出或年龄不符。"),
    Reason.SKILL: gettext_lazy("这个人不会这一班要的技能。"),
    Reason.UNAVAILABLE: gettext_lazy("这个人这段时间没空。"),
    Reason.ENGAGED: gettext_lazy("这个人这时在别的活动里。"),
    Reason.FAR: gettext_lazy("这个人离得太远。"),
    Reason.BUSY: gettext_lazy("这个人这时在另一班，一个人不能同时在两处。"),
    Reason.REST: gettext_lazy("这个人离另一班太近，休息不够。"),
    Reason.PER_DAY: gettext_lazy("这个人这一天已经排满。"),
    Reason.PER_WEEK: gettext_lazy("这个人这一周已经排满。"),
    Reason.IN_ALL: gettext_lazy("这个人总时长已经排满。"),
    Reason.FULL: gettext_lazy("这一班已经满员。"),
}


def forbidden(reason: Reason | None) -> str:
    return str(FORBIDDEN[reason]) if reason is not None else ""


def left_out(counts: Mapping[str, int], skill: str | None) -> str:
    """Who is left out by which rule, in the order in which the rules are asked."""
    told = [str(WHO[reason]) % {"n": counts[reason], "skill": skill or ""} for reason in Reason if counts.get(reason)]
    return "，".join(told)


def lacking(gap: Mapping[str, Any]) -> str:
    if gap["skill"]:
        return _("差%(n)s个会“%(skill)s”的人") % {"n": gap["missing"], "skill": gap["skill"]}
    return _("差%(n)s人") % {"n": gap["missing"]}
