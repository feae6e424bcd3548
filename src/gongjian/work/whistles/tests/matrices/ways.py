from typing import Any

from gongjian.kernel.sheets.receiving import receive_sheet
from gongjian.kernel.tests.matrix import Case
from gongjian.kernel.tests.sheets import make_sheet
from gongjian.work.whistles.hotline.columns import COLUMNS
from gongjian.work.whistles.tests.orders import make_order
from tests.permissions.world import OFFICE, SIGNED_IN, STAFF

CLERK = frozenset({"office_clerk"})
READ, WRITE = "whistles:read", "whistles:write"
OWN = OFFICE | {"community_worker", "unit_liaison"}
"""Whom the world's whistle concerns."""
HANDLERS = CLERK | {"unit_liaison"}
VERIFIERS = CLERK | {"community_worker"}


def _whistle(world: Any) -> dict[str, Any]:
    return {"pk": world.whistle.pk}


def _dispatch(world: Any) -> dict[str, Any]:
    return {"pk": world.dispatch.pk}


def _sheet(world: Any) -> dict[str, Any]:
    return {"pk": world.hotline_sheet.pk}


def _code(world: Any) -> dict[str, Any]:
    return {"code": "whistles.hotline"}


def _sending(world: Any) -> dict[str, Any]:
    return {"lead": {"organization": world.organization.pk}}


def _told(world: Any) -> dict[str, Any]:
    return {"text": "三号楼前路灯不亮", "place": world.community.code}


def _words(world: Any) -> dict[str, Any]:
    return {"words": "请核实"}


def _category(world: Any) -> dict[str, Any]:
    return {"category": "refuse"}


PAGES = [
    Case("desk:sheet_upload", allowed=CLERK, kwargs=_code),
    Case("desk:sheet_upload", method="post", allowed=CLERK, kwargs=_code),
    Case("desk:sheet_template", allowed=CLERK, kwargs=_code),
    Case("desk:sheet", allowed=CLERK, kwargs=_sheet),
    Case("desk:sheet", method="post", allowed=CLERK, kwargs=_sheet),
    Case("desk:sheet_rows", allowed=CLERK, kwargs=_sheet),
]
API = [
    Case("api:list_categories", allowed=SIGNED_IN, token=READ),
    Case("api:list_whistles", allowed=STAFF, token=READ),
    Case("api:get_one_whistle", allowed=OWN | {"auditor"}, token=READ, kwargs=_whistle),
    Case("api:blow_whistle", method="post", allowed=OFFICE | {"community_worker"}, token=WRITE, data=_told),
    Case(
        "api:join_whistle",
        method="post",
        allowed=OWN | {"auditor"},
        token=WRITE,
        kwargs=_whistle,
        data=lambda world: {"visitor": "v"},
    ),
    Case("api:triage_whistle", method="post", allowed=OFFICE, token=WRITE, kwargs=_whistle, data=_category),
    Case("api:dispatch_whistle", method="post", allowed=OFFICE, token=WRITE, kwargs=_whistle, data=_sending),
    Case("api:verify_whistle", method="post", allowed=VERIFIERS, token=WRITE, kwargs=_whistle, data=lambda w: {"solved": True}),
    Case(
        "api:close_whistle",
        method="post",
        allowed=VERIFIERS,
        token=WRITE,
        kwargs=_whistle,
        data=_words,
    ),
    Case(
        "api:log_whistle_contact",
        method="post",
        allowed=HANDLERS | {"community_worker"},
        token=WRITE,
        kwargs=_whistle,
        data=lambda world: {"means": "phone", "reached": True, "words": "约好了"},
    ),
    Case("api:comment_on_whistle", method="post", allowed=OWN, token=WRITE, kwargs=_whistle, data=_words),
    Case("api:accept_dispatch", method="post", allowed=HANDLERS, token=WRITE, kwargs=_dispatch),
    Case("api:arrive_for_dispatch", method="post", allowed=HANDLERS, token=WRITE, kwargs=_dispatch, data=_words),
    Case("api:handle_dispatch", method="post", allowed=HANDLERS, token=WRITE, kwargs=_dispatch, data=_words),
    Case(
        "api:report_on_dispatch",
        method="post",
        allowed=HANDLERS,
        token=WRITE,
        kwargs=_dispatch,
        data=lambda world: {"outcome": "solved", "words": "清走了"},
    ),
]
MATRIX = PAGES + API


def build(world: Any) -> None:
    clerk = world.accounts["office_clerk"]
    file = make_sheet(COLUMNS, [make_order(), make_order("A-2", "亮")])
    world.things["hotline_sheet"] = receive_sheet(clerk, code="whistles.hotline", file=file, defer=lambda sheet: None)
