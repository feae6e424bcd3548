"""The API does what its description says: requests made up from the description, over the WSGI app in process."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django_scopes import scope
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from gongjian.api.root import api
from gongjian.registry.models import Account
from gongjian.registry.scopes import SCOPES
from gongjian.registry.services.party import found_party_organization
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_clerk, make_organization

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict({**api.get_openapi_schema()})
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def requests_share_the_tests_transaction() -> Iterator[None]:
    """What Django's own test client does: the application must not close the connection between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(office: Any) -> Iterator[str]:
    clerk: Account = make_clerk(office)
    bank = make_organization(office, "中国建设银行河南省分行", short_name="省建行", kind="bank")
    found_party_organization(clerk, name="街道党工委", kind="committee", organization=bank)
    _, secret = issue_token(clerk, name="contract", scopes=list(SCOPES))
    with scope(office=office):
        yield secret


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.noisy
def test_every_answer_is_as_described(case: Any, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)


class TestDescription:
    def test_it_is_openapi_3_1(self, client: Client, office: Any) -> None:
        description = client.get("/api/v1/openapi.json").json()
        assert description["openapi"].startswith("3.1")
        assert "/api/v1/registry/organizations" in description["paths"]

    def test_every_operation_needs_a_token_and_describes_its_refusals(self) -> None:
        for path, operations in api.get_openapi_schema()["paths"].items():
            for method, operation in operations.items():
                described = {str(status) for status in operation["responses"]}
                assert not operation.get("security") or {"401", "403"} <= described, f"{method} {path}"

    def test_operation_ids_are_stable_and_unique(self) -> None:
        ids = [o["operationId"] for operations in api.get_openapi_schema()["paths"].values() for o in operations.values()]
        assert len(ids) == len(set(ids))


class TestNoSuchOperation:
    @pytest.mark.parametrize("path", ["v1/nothing", "v1/registry/nothing/1", "v2/openapi.json"])
    def test_machines_get_a_problem_document(self, client: Client, office: Any, path: str) -> None:
        response = client.get(f"/api/{path}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        assert client.post(f"/api/{path}").status_code == 404


class TestDocumentation:
    def test_it_needs_nothing_from_the_internet(self, client: Client, office: Any) -> None:
        page = client.get("/api/v1/docs").content.decode()
        assert "swagger-ui" in page
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page

    def test_it_runs_under_the_content_security_policy(self, client: Client, office: Any) -> None:
        page = client.get("/api/v1/docs").content.decode()
        inline = [part for part in page.split("<script")[1:] if "src=" not in part.split(">")[0]]
        assert all('type="application/json"' in part.split(">")[0] for part in inline)


class TestLanguage:
    def test_a_problem_speaks_the_readers_language(self, client: Client, office: Any) -> None:
        chinese = client.get("/api/v1/registry/places", headers={"accept-language": "zh-hans"}).json()
        assert "令牌" in chinese["detail"]
