"""Where the web server listens."""

import argparse
import errno
import os
import socket
from contextlib import closing

from gongjian.operations.errors import OperationError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def add_address_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default=os.environ.get("HOST_ADDRESS", DEFAULT_HOST),
        help=f"address to listen on; 0.0.0.0 for every network (default {DEFAULT_HOST})",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("PORT", DEFAULT_PORT),
        help=f"port to listen on (default: PORT, or {DEFAULT_PORT})",
    )


def require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OperationError(_sentence(host, port, error)) from error


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((_reachable(host), port), timeout=0.2).close()
    except OSError:
        return False
    return True


def address(host: str, port: int) -> str:
    name = _reachable(host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use: stop what listens there, or choose another port, such as PORT={port + 1}."
    return f"Cannot listen on {host}, port {port} ({error.strerror}): choose another with --host and --port."
