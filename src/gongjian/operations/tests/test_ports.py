import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from gongjian.operations import ports
from gongjian.operations.errors import OperationError


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


class TestRequireFree:
    def test_says_in_one_sentence_that_a_port_is_taken(self, taken: int) -> None:
        with pytest.raises(OperationError, match=f"^Port {taken} is already in use: .* PORT={taken + 1}\\.$"):
            ports.require_free("127.0.0.1", taken)

    def test_names_an_address_that_is_not_ours(self) -> None:
        with pytest.raises(OperationError, match=r"^Cannot listen on 192\.0\.2\.1, port 8000"):
            ports.require_free("192.0.2.1", 8000)

    def test_leaves_a_free_port_free(self, taken: int) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            free = server.getsockname()[1]
        ports.require_free("127.0.0.1", free)
        ports.require_free("127.0.0.1", free)


class TestAnswers:
    def test_is_whether_somebody_listens(self, taken: int) -> None:
        assert ports.answers("127.0.0.1", taken)
        assert ports.answers("0.0.0.0", taken)

    def test_is_false_where_nobody_does(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            free = server.getsockname()[1]
        assert not ports.answers("127.0.0.1", free)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_address_is_one_that_a_browser_can_open(host: str, expected: str) -> None:
    assert ports.address(host, 8000) == expected
