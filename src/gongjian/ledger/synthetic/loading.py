"""Loading synthetic deeds by COPY and sealing them as they come in, in one transaction."""

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, transaction

from gongjian.kernel import clock
from gongjian.ledger.sealing.sealer import fold_sums, log_size, seal
from gongjian.ledger.synthetic.bulk import stripped
from gongjian.ledger.synthetic.offices import Doer, first_office, make_office, settle
from gongjian.ledger.synthetic.rows import CONFIRMATION_COLUMNS, DEED_COLUMNS, Writer

PORTION = 50_000
OTHER_OFFICES = 9
TABLES = ("ledger_deed", "ledger_confirmation", "ledger_leaf")
SUMS = "ledger_tally"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Portion:
    """Rows for COPY, ready to be sent."""

    deeds: int
    confirmations: int
    deed_rows: str
    confirmation_rows: str


@dataclass(frozen=True)
class Loaded:
    deeds: int
    confirmations: int


def load_deeds(count: int, office_deeds: int, progress: Progress, *, seed: int = 20200730) -> Loaded:
    """`count` synthetic deeds, `office_deeds` of them in the first office, the rest in synthetic ones; all sealed.

    All or nothing; while it runs nobody else can use the ledger. `progress` gets the number of deeds loaded so far.
    """
    deeds = confirmations = 0
    chance = random.Random(seed)  # noqa: S311
    with transaction.atomic(), stripped(TABLES, references_of=[SUMS]), ThreadPoolExecutor(1) as ahead:
        first = log_size()
        portions = _portions(list(_writers(count, office_deeds, chance)), count)
        following = ahead.submit(next, portions, None)
        while portion := following.result():
            following = ahead.submit(next, portions, None)
            _copy(portion)
            seal(sums=False)
            deeds, confirmations = deeds + portion.deeds, confirmations + portion.confirmations
            progress(deeds)
        fold_sums(first, log_size())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_deed, ledger_confirmation, ledger_leaf, ledger_tally")
    return Loaded(deeds, confirmations)


def _portions(writers: Sequence[tuple[Writer, int]], count: int) -> Iterator[Portion]:
    """The first office's and the others' in turn, so that their rows lie mixed as they would have come in."""
    rounds = -(-count // PORTION)
    for number in range(rounds):
        for writer, total in writers:
            share = total * (number + 1) // rounds - total * number // rounds
            if share:
                rows = "".join(writer.deeds(share))
                yield Portion(share, len(writer.confirmations), rows, "".join(writer.confirmations))


def _writers(count: int, office_deeds: int, chance: random.Random) -> Iterator[tuple[Writer, int]]:
    today, run, rest = clock.today(), uuid4().hex[:8], count - office_deeds
    if office_deeds:
        yield Writer(settle(first_office(), office_deeds, chance), today, f"{run}-own-", chance), office_deeds
    if rest:
        others: list[Doer] = []
        for _number in range(OTHER_OFFICES):
            others += settle(make_office(), rest // OTHER_OFFICES, chance)
        yield Writer(others, today, f"{run}-other-", chance), rest


def _copy(portion: Portion) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ledger_deed ({DEED_COLUMNS}) FROM STDIN") as copy:
            copy.write(portion.deed_rows)
        with cursor.copy(f"COPY ledger_confirmation ({CONFIRMATION_COLUMNS}) FROM STDIN") as copy:
            copy.write(portion.confirmation_rows)
