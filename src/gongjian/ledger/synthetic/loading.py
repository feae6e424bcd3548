"""Loading: one connection copies deeds in while another seals those before them."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, transaction

from gongjian.kernel import clock
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.synthetic.offices import Doer, first_office, make_office, settle
from gongjian.ledger.synthetic.rows import CONFIRMATION_COLUMNS, DEED_COLUMNS, Writer

CHUNK = 25_000
OTHER_OFFICES = 9


@dataclass(frozen=True)
class Loaded:
    deeds: int
    confirmations: int


def load_deeds(count: int, office_deeds: int, report: Callable[[int], None], seed: int = 20200730) -> Loaded:
    """`count` synthetic deeds, `office_deeds` of them in the first office, the rest in synthetic ones; all sealed.

    `report` gets the number of deeds loaded so far.
    """
    chance, loaded, confirmations = random.Random(seed), 0, 0  # noqa: S311
    with ThreadPoolExecutor(1, thread_name_prefix="sealing") as other:
        sealing: Future[None] | None = None
        for writer, number in _portions(count, office_deeds, chance):
            confirmations += _copy(writer, number)
            loaded += number
            if sealing:
                sealing.result()
            sealing = other.submit(_seal_and_let_go)
            report(loaded)
        if sealing:
            sealing.result()
    seal()
    return Loaded(loaded, confirmations)


def _portions(count: int, office_deeds: int, chance: random.Random) -> Iterator[tuple[Writer, int]]:
    """Writers in turn: a portion for the office, then one for the others in proportion, so that their rows lie mixed."""
    today, run = clock.today(), uuid4().hex[:8] + "-"
    others = [d for office in _others(count - office_deeds) for d in settle(office, (count - office_deeds) // OTHER_OFFICES, chance)]
    own: list[Doer] = settle(first_office(), office_deeds, chance) if office_deeds else []
    writers = [(Writer(doers, today, f"{run}{n}-", chance), n) for n, doers in enumerate((own, others)) if doers]
    left = [office_deeds, count - office_deeds]
    rounds = -(-count // CHUNK)
    for number in range(rounds):
        for writer, n in writers:
            portion = left[n] // (rounds - number)
            left[n] -= portion
            if portion:
                yield writer, portion


def _others(deeds: int) -> list[object]:
    return [make_office() for _ in range(OTHER_OFFICES)] if deeds > 0 else []


@transaction.atomic
def _copy(writer: Writer, number: int) -> int:
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ledger_deed ({DEED_COLUMNS}) FROM STDIN") as copy:
            copy.write("".join(writer.deeds(number)))
        with cursor.copy(f"COPY ledger_confirmation ({CONFIRMATION_COLUMNS}) FROM STDIN") as copy:
            copy.write("".join(writer.confirmations))
    return len(writer.confirmations)


def _seal_and_let_go() -> None:
    try:
        seal()
    finally:
        connection.close()
