"""The API's own description, completed with what the kernel answers for every operation: problem documents."""

from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from gongjian.kernel.rest import PROBLEM, Problem

REFUSED = {
    400: "An address or header that cannot be",
    401: "No good token",
    403: "Too small a scope, or not this account's business",
    422: "Something does not fit",
}
WITH_A_THING = {404: "No such thing, or none that this account may know of"}
WHEN_WRITING = {409: "No longer possible, or the Idempotency-Key was used for another body"}
_REFERENCE = {"$ref": "#/components/schemas/Problem"}


class DescribedAPI(NinjaAPI):
    """Rooms describe what succeeds; refusals are alike everywhere and described here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._described: dict[str | None, OpenAPISchema] = {}

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Made once for each language: it takes half a second, and anybody may ask for it. Not to be changed by who gets it."""
        language = get_language()
        if language not in self._described:
            self._described[language] = self._describe(**options)
        return self._described[language]

    def _describe(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = Problem.json_schema()
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                operation["responses"] |= _refusals(path, method)
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`registry_list_organizations`: what generated clients call it; no matter in which file it stands."""
        return "_".join([*(operation.tags or [])[:1], operation.view_func.__name__])


def _refusals(path: str, method: str) -> dict[int, Any]:
    told = REFUSED | (WITH_A_THING if "{" in path else {}) | (WHEN_WRITING if method != "get" else {})
    return {status: {"description": why, "content": {PROBLEM: {"schema": _REFERENCE}}} for status, why in told.items()}
