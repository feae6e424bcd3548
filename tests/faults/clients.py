"""Machines that record deeds over HTTP and do not give up: the same key again until the deed is acknowledged."""

import json
import threading
import time
import urllib.error
import urllib.request
from typing import Any
from uuid import uuid4

from tests.faults.neighborhood import Neighborhood

PATIENCE_SECONDS = 60


class Clients:
    """`acknowledged`: statement → the number of the deed that the server said it had recorded."""

    def __init__(self, neighborhood: Neighborhood, port: int, number: int = 4) -> None:
        self._neighborhood = neighborhood
        self._address = f"http://127.0.0.1:{port}/api/v1/ledger/deeds"
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._record, args=(client,), daemon=True) for client in range(number)]
        self.acknowledged: dict[str, str] = {}
        self.failures: list[str] = []

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Each finishes the deed that it is about."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    @property
    def are_done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def _record(self, client: int) -> None:
        turn = 0
        while not self._stop.is_set():
            turn += 1
            statement = f"第{client}台机器第{turn}次值守"
            self.acknowledged[statement] = self._insist(statement)

    def _insist(self, statement: str) -> str:
        key, deadline = str(uuid4()), time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                return str(self._post(key, self._neighborhood.deed(statement))["id"])
            except (OSError, ValueError) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
                time.sleep(0.05)
        raise TimeoutError(statement)

    def _post(self, key: str, deed: dict[str, Any]) -> Any:
        headers = {
            "Authorization": f"Bearer {self._neighborhood.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        request = urllib.request.Request(self._address, json.dumps(deed).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
