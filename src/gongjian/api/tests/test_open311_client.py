"""A client that others wrote (`three`, of the Sunlight-era city apps) lists, reports and reads back, over HTTP."""

import itertools
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from gongjian.registry.models import Office
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import make_clerk, make_office
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tests.factories import make_category


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> Iterator[Office]:
    office = make_office(hostnames=["localhost"])
    with scope(office=office):
        make_category()
        yield office


@pytest.fixture
def three(live_server: Any, site: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """three 0.8.0 imports `ifilter`, which Python 3 calls `filter`; nothing else in it is of Python 2 on the way of JSON."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    with warnings.catch_warnings():  # its XML library has escapes that Python 3 warns of
        warnings.simplefilter("ignore")
        from three import Three

    _, secret = issue_token(make_clerk(site), name="three", scopes=["open311:write"])
    client = Three(f"{live_server.url}/open311/v2/", api_key=secret)
    yield client
    client.session.close()


def test_it_lists_services_reports_and_reads_back(three: Any) -> None:
    (service,) = three.services()
    assert three.services(service["service_code"])["service_code"] == "refuse"
    (posted,) = three.post(
        "refuse",
        address="3 Sample Road",
        name="San Zhang",
        phone="13800000000",
        description="垃圾没有清运",
        lat=34.7,
        long=113.6,
    )
    number = posted["service_request_id"]
    (read,) = three.request(number, api_key=three.api_key)
    assert (read["status"], read["service_code"], read["description"]) == ("open", "refuse", "垃圾没有清运")
    assert [one["service_request_id"] for one in three.requests("refuse", count=5)] == [number]
    (known,) = three.token(Whistle.objects.get().token)
    assert known["service_request_id"] == number


def test_it_finds_the_way_by_discovery(three: Any, live_server: Any) -> None:
    (endpoint,) = three.discovery(f"{live_server.url}/open311/discovery.json") and three.discovery()["endpoints"]
    assert endpoint["url"] == f"{live_server.url}/open311/v2/"


def test_its_errors_are_understood(three: Any) -> None:
    three.configure(api_key="wrong")
    (error,) = three.post("refuse", address="3 Sample Road", description="垃圾没有清运")
    assert error["code"] == 403
