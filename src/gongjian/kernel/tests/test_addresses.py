import pytest
from django.test import RequestFactory

from gongjian.kernel.web.addresses import client_address


def request(peer: str, forwarded: str = "") -> object:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return RequestFactory(headers=headers).get("/", REMOTE_ADDR=peer)


class TestClientAddress:
    def test_a_header_from_anybody_is_not_believed(self, settings: object) -> None:
        settings.TRUSTED_PROXIES = 0
        assert client_address(request("203.0.113.9", "1.2.3.4")) == "203.0.113.9"

    def test_behind_one_proxy_it_is_what_that_proxy_saw(self, settings: object) -> None:
        settings.TRUSTED_PROXIES = 1
        assert client_address(request("10.0.0.1", "6.6.6.6, 203.0.113.9")) == "203.0.113.9"

    def test_behind_two_proxies_it_is_what_the_outer_one_saw(self, settings: object) -> None:
        settings.TRUSTED_PROXIES = 2
        assert client_address(request("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2")) == "203.0.113.9"

    @pytest.mark.parametrize("forwarded", ["", "not an address", "' OR 1=1"])
    def test_without_a_usable_header_it_is_the_peer(self, forwarded: str, settings: object) -> None:
        settings.TRUSTED_PROXIES = 1
        assert client_address(request("2001:db8::1", forwarded)) == "2001:db8::1"

    def test_over_a_socket_there_is_none(self, settings: object) -> None:
        settings.TRUSTED_PROXIES = 0
        assert client_address(request("")) == ""
