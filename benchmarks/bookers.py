"""Two hundred people who all want the same hour. Started by `benchmarks.last_slot` as one process with a thread for each.

python -m benchmarks.bookers PORT FILE  →  JSON: for each hour the status, code and seconds of every attempt

FILE holds JSON: tokens (one for each person), hours (the bodies of the requests), and the address of a page to read meanwhile.
"""

import http.client
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any


class Crowd:
    """Everybody connects, waits for the last one, and asks at the same moment."""

    def __init__(self, port: int, tokens: list[str]) -> None:
        self.port, self.tokens = port, tokens
        self.together = threading.Barrier(len(tokens))

    def ask(self, method: str, address: str, body: dict[str, Any] | None) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = []
        threads = [
            threading.Thread(target=self._one, args=(number, method, address, body, answers))
            for number in range(len(self.tokens))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _one(self, number: int, method: str, address: str, body: dict[str, Any] | None, answers: list[Any]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.connect()
        own = body and {**body, "phone": f"138{number:08d}"}
        headers = {"Authorization": f"Bearer {self.tokens[number]}", "Content-Type": "application/json"}
        self.together.wait()
        started = time.perf_counter()
        connection.request(method, address, json.dumps(own) if own else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - started
        connection.close()
        code = json.loads(content).get("code", "") if answer.status >= 400 else ""
        answers.append({"status": answer.status, "code": code, "seconds": seconds})


def main() -> None:
    told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    crowd = Crowd(int(sys.argv[1]), told["tokens"])
    crowd.ask("GET", told["plain"], None)
    booked = [crowd.ask("POST", told["address"], hour) for hour in told["hours"]]
    plain = [crowd.ask("GET", told["plain"], None) for _hour in told["hours"]]
    print(json.dumps({"booked": booked, "plain": plain}))


if __name__ == "__main__":
    main()
