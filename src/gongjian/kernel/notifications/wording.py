"""What a notice says, in the language that is active."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.rooms import NoticeTemplate, rooms

TEST = "notifications.test"
OWN = {TEST: NoticeTemplate(gettext_lazy("测试通知"), gettext_lazy("收到这一条，说明“%(channel)s”能用。"))}
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|%)")
_HTTP = re.compile(r"http-(\d+)")


def template(kind: str) -> NoticeTemplate | None:
    found = (room.notices[kind] for room in rooms() if kind in room.notices)
    return OWN.get(kind) or next(found, None)


def title(kind: str, context: Mapping[str, str]) -> str:
    """The bare code where no room knows the kind any more."""
    known = template(kind)
    return _fill(known.title, context) if known else kind


def body(kind: str, context: Mapping[str, str]) -> str:
    known = template(kind)
    return _fill(known.body, context) if known else "\n".join(f"{name}: {value}" for name, value in context.items())


def message(notices: Sequence[Any]) -> tuple[str, str]:
    """Title and body of one message about one notice, or about several in a digest."""
    if len(notices) == 1:
        return notices[0].title, _paragraph(notices[0].body, link(notices[0]))
    parts = [_paragraph(f"{number}. {one.title}", one.body, link(one)) for number, one in enumerate(notices, 1)]
    return _("您有 %(count)d 条通知") % {"count": len(notices)}, "\n\n".join(parts)


def link(notice: Any) -> str:
    """Absolute if the office has a host name; empty if the notice leads nowhere."""
    if not notice.url or not notice.office.hostnames:
        return str(notice.url)
    return f"{'https' if settings.BEHIND_TLS else 'http'}://{notice.office.hostnames[0]}{notice.url}"


def error(code: str) -> str:
    """A failure's code, which holds no secret, as a sentence."""
    sentences = {
        "": "",
        "unreachable": _("连不上对方的服务器。"),
        "rejected": _("对方没有收下。"),
        "address": _("地址不能用，请重新填写。"),
        "off": _("渠道停用了。"),
        "removed": _("渠道删掉了。"),
        "broken-off": _("发的时候断了，不知道对方收到没有。"),
    }
    if status := _HTTP.fullmatch(code):
        return _("对方没有收下（HTTP %(status)s）。") % {"status": status[1]}
    return sentences.get(code, code)


def _fill(text: Any, context: Mapping[str, str]) -> str:
    """Like `%`, but a missing placeholder is an ellipsis and a lone percent sign itself: a notice must go out."""
    return _PLACEHOLDER.sub(lambda found: context.get(found[1], "…") if found[1] else "%", str(text))


def _paragraph(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
