"""The page on the API names exactly the endpoints there are."""

import re
from pathlib import Path

from gongjian.api.root import api

PAGE = Path(__file__).resolve().parents[2] / "docs" / "development" / "api.md"


def test_every_endpoint_is_named_and_no_other() -> None:
    paths = api.get_openapi_schema()["paths"]
    offered = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, methods in paths.items() for method in methods}
    named = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]+)`", PAGE.read_text(encoding="utf-8")))
    assert named == offered
