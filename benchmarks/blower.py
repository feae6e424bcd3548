"""A client of the intake: blows whistles over HTTP until the time is up. Started by `benchmarks.intake`, one process in all.

python -m benchmarks.blower PORT TOKEN SECONDS CLIENTS PLACES  →  JSON of the seconds that each request took
"""

import http.client
import json
import random
import sys
import threading
import time
import uuid

PROBLEMS = (
    "门口的垃圾三天没有清运，老人绕着走",
    "路灯不亮，晚自习的孩子害怕",
    "楼上夜里十二点还在装修",
    "井盖松了，车一过就响",
    "暖气只有十四度，家里有老人",
    "消防通道被车堵死了",
    "一楼在窗外搭了铁皮棚子",
    "水龙头出来的水发黄",
)


def main() -> None:
    port, token, seconds, clients, places = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    took: list[float] = []
    refused: list[int] = []
    end = time.monotonic() + seconds

    def blow(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            said = (
                f"{chance.randint(1, 60)}号楼{chance.choice(PROBLEMS)}，{chance.choice(PROBLEMS)}（合成 {chance.random():.6f}）"
            )
            body = json.dumps({"text": said, "place": chance.choice(places.split(",")), "phone": "13800000000"})
            headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.UUID(int=chance.getrandbits(128))),
            }
            started = time.perf_counter()
            connection.request("POST", "/api/v1/whistles/", body.encode(), headers)
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - started)
            if answer.status != 201:
                refused.append(answer.status)

    threads = [threading.Thread(target=blow, args=(time.time_ns() + number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": took, "refused": refused}))


if __name__ == "__main__":
    main()
