"""Which addresses a channel may have, and how one is shown without its secrets.

Apprise knows some 150 services. Several read files named in the URL or reach whatever host it names, so only those
listed here are taken, each with the parameters that it needs.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.notifications import complaints  # noqa: F401  before Apprise says anything
from gongjian.kernel.notifications.networks import check_public

TEST_ADDRESS = "file://"
MAIL = frozenset({"to", "from", "name", "smtp", "user", "pass", "mode"})
REQUEST = frozenset({"method"})
SELF_HOSTED = {
    **dict.fromkeys(("mailto", "mailtos"), MAIL),
    **dict.fromkeys(("json", "jsons", "form", "forms", "xml", "xmls"), REQUEST),
    **dict.fromkeys(("bark", "barks"), frozenset({"group", "level", "sound"})),
}
"""Schemas whose host the owner names."""
VENDORS = {
    "wecombot": frozenset({"key"}),
    "dingtalk": frozenset({"token", "secret", "to"}),
    "feishu": frozenset({"token"}),
    "lark": frozenset({"token"}),
    "schan": frozenset[str](),
    "wxpusher": frozenset({"token", "to"}),
    "pushplus": frozenset({"token", "topic"}),
    "twilio": frozenset({"from", "to", "method"}),
}
"""Schemas that reach one vendor's servers only."""
PARAMETERS = SELF_HOSTED | VENDORS
WEBHOOKS = (
    (re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([\w-]+)"), "wecombot://{}"),
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=(\w+)"), "dingtalk://{}"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)"), "feishu://{}"),
)
"""Robots' addresses as their own pages offer them for copying."""


def understood(url: str) -> str:
    """What people paste, as Apprise wants it. Raises Invalid for an address that is not allowed or cannot be."""
    url = url.strip()
    for pattern, schema in WEBHOOKS:
        if found := pattern.fullmatch(url):
            url = schema.format(found[1])
    if not is_test(url):
        plugin(url)
    return url


def is_test(url: str) -> bool:
    return url == TEST_ADDRESS and settings.NOTIFICATIONS_FILE is not None


def shown(url: str) -> str:
    """The kind of address and the server; never names, keys or paths."""
    if url == TEST_ADDRESS:
        return TEST_ADDRESS
    schema = _parts(url)["schema"]
    return f"{schema}://{_host(plugin(url))}/…" if schema in SELF_HOSTED else f"{schema}://…"


def plugin(url: str) -> Any:
    """Apprise's sender for an address that is allowed. Raises Invalid; asked again before each sending, since names move."""
    import apprise

    parts = _parts(url)
    asset = apprise.AppriseAsset(http_redirects=False, secure_logging=True, app_id="Gongjian")
    sender = apprise.Apprise.instantiate(dict(parts), asset=asset, suppress_exceptions=True)
    if sender is None:
        raise _refused()
    if len(getattr(sender, "targets", None) or ()) > 1:
        raise Invalid(_("一个渠道只写一个收件人，几个人就加几个渠道。"), code="several-targets", field="url")
    if parts["schema"] in SELF_HOSTED:
        check_public(_host(sender))
    sender.overflow_mode = apprise.OverflowMode.TRUNCATE  # parts could arrive twice when one of them is retried
    return sender


def _parts(url: str) -> dict[str, Any]:
    """The address as Apprise reads it, so that what is checked is what is used."""
    from apprise.plugins import url_to_dict

    parts: dict[str, Any] | None = url_to_dict(url, secure_logging=True)  # type: ignore[no-untyped-call]
    if not parts or parts.get("schema") not in PARAMETERS:
        raise _refused()
    allowed = PARAMETERS[parts["schema"]]
    own = "+-:" if allowed is REQUEST else ""  # headers and fields of the owner's own service
    if unknown := {name for name in parts["qsd"] if name not in allowed and not (own and name.startswith(tuple(own)))}:
        names = "、".join(sorted(unknown))[:80]
        raise Invalid(_("地址里的参数“%(names)s”不能用。") % {"names": names}, code="address-parameter", field="url")
    return parts


def _host(sender: Any) -> str:
    return str(getattr(sender, "smtp_host", None) or sender.host).strip("[]")


def _refused() -> Invalid:
    return Invalid(_("这个地址不能用：请对照下面的例子填写。"), code="address", field="url")
