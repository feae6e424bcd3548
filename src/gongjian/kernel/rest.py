"""The mechanism that every room's `api.py` uses: errors as problem+json, paging by cursor, and requests that happen once.

router = Router(tags=["ledger"], auth=TokenAuth("ledger:read"))

@router.get("/deeds", response=Paged[DeedOut])
def list_deeds(request, paging: Paging = Query(...)): ...
    return paged(found, paging, order=NEWEST_FIRST)

@router.post("/deeds", response={201: DeedOut}, auth=TokenAuth("ledger:write"))
@idempotent(status=201)
def record(request, deed: DeedIn): ...
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.db.models import QuerySet, TextChoices
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import Status
from pydantic_core import core_schema

from gongjian.kernel.errors import DomainError, InvalidMany
from gongjian.kernel.paging import page_after
from gongjian.kernel.submissions import carry_out_once

Item = TypeVar("Item")
PROBLEM = "application/problem+json"


class Problem(Schema):
    """RFC 9457. `code` is stable; `detail` is for people, in the language of Accept-Language."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] = []


class OneOf:
    """`Annotated[str, OneOf(Organization.Kind)]`: one of these texts, listed where it stands.

    Not the choices themselves: the description knows types by name alone, and many models have a `Kind`.
    """

    def __init__(self, choices: type[TextChoices]) -> None:
        self.values = choices.values

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.literal_schema(self.values)


class Paging(Schema):
    cursor: str | None = Field(None, description="`next` of the page before")
    size: int = Field(50, ge=1, le=200)


class Paged(Schema, Generic[Item]):
    items: list[Item]
    next: str | None = Field(None, description="cursor of the next page; null on the last")


def paged(found: QuerySet[Any], paging: Paging, *, order: Sequence[str]) -> dict[str, Any]:
    page = page_after(found, order=order, cursor=paging.cursor, size=paging.size)
    return {"items": page.items, "next": page.next}


def idempotent(*, status: int = 200) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A POST with an Idempotency-Key happens once; repeated, it gets the first answer with `Idempotent-Replayed: true`.

    The operation returns its `Schema` answer. The same key with another body is refused with 409.
    """

    def decorate(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def once(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            key = request.headers.get("Idempotency-Key", "")
            if not key:
                return Status(status, operation(request, *args, **kwargs))
            if len(key) > 120:
                raise HttpError(400, _("Idempotency-Key 不超过 120 个字符。"))
            answer = carry_out_once(
                f"api:{request.user.pk or '-'}:{request.path}:{key}",
                lambda: operation(request, *args, **kwargs).model_dump(mode="json"),
                fingerprint=hashlib.sha256(request.body).hexdigest(),
            )
            headers = {"Idempotent-Replayed": "true"} if answer.repeated else {}
            return JsonResponse(answer.content, status=status, headers=headers)

        return once

    return decorate


def install_problems(api: NinjaAPI) -> None:
    """Answer every kind of error of `api` as problem+json."""

    def on(error: type[Exception], build: Callable[[Any], HttpResponse]) -> None:
        api.add_exception_handler(error, lambda request, exception: build(exception))

    on(DomainError, lambda e: problem(e.status, e.code, str(e), _fields(e)))
    on(DataError, lambda e: problem(422, "invalid", _("请求内容不合格式。")))
    on(ValidationError, lambda e: problem(422, "invalid", _("请求内容不合格式。"), e.errors))
    on(AuthenticationError, lambda e: problem(401, "unauthenticated", _("缺少有效的令牌，或令牌没有这个范围。")))
    on(PermissionDenied, lambda e: problem(403, "not-allowed", _("不允许。")))
    on(Http404, lambda e: problem(404, "missing", _("没有找到。")))
    on(HttpError, lambda e: problem(e.status_code, "refused", str(e)))


def problem(status: int, code: str, detail: str, errors: Sequence[Any] = ()) -> HttpResponse:
    body = Problem(title=HTTPStatus(status).phrase, status=status, code=code, detail=detail, errors=list(errors))
    return JsonResponse(body.model_dump(), status=status, content_type=PROBLEM)


def _fields(error: DomainError) -> list[dict[str, str]]:
    if isinstance(error, InvalidMany):
        return [{"field": field, "detail": str(sentence)} for field, sentence in error.sentences.items()]
    return [{"field": error.field, "detail": str(error)}] if error.field else []
