"""Loading synthetic deeds and sealing them as they come in, in one transaction."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import connection, transaction

from gongjian.kernel import clock
from gongjian.ledger.sealing.edge import Edge, Growth
from gongjian.ledger.sealing.sealer import keep_tiles, log_size, seal, sign
from gongjian.ledger.sealing.tiles import tile_reader
from gongjian.ledger.synthetic import rows
from gongjian.ledger.synthetic.bulk import stripped
from gongjian.ledger.synthetic.offices import Doer, first_office, make_office, settle

PORTION = 50_000
OTHER_OFFICES = 9
TABLES = ("ledger_deed", "ledger_confirmation", "ledger_leaf")
SUMS = ("ledger_tally", "ledger_broadtally")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Pool:
    """Deeds number `first` to `last`, drawn from the `profiles` of this pool."""

    pool: int
    profiles: int
    first: int
    last: int

    @property
    def deeds(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Loaded:
    deeds: int
    confirmations: int


def load_deeds(count: int, office_deeds: int, progress: Progress, *, seed: int = 20200730) -> Loaded:
    """`count` synthetic deeds, `office_deeds` of them in the first office, the rest in synthetic ones; all sealed.

    All or nothing; while it runs nobody else can use the ledger. `progress` gets the number of deeds loaded so far.
    """
    with transaction.atomic():
        seal()
        first = log_size()
        with stripped(TABLES, references_of=SUMS):
            _load(_pools(count, office_deeds, random.Random(seed)), seed, progress)  # noqa: S311
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_deed, ledger_confirmation, ledger_leaf, ledger_tally, ledger_broadtally")
    return Loaded(count, log_size() - first - count)


def _pools(count: int, office_deeds: int, chance: random.Random) -> list[Pool]:
    """Of the first office and of the others."""
    own = settle(first_office(), office_deeds, chance) if office_deeds else []
    others: list[Doer] = []
    rest = count - office_deeds
    for _number in range(OTHER_OFFICES if rest else 0):
        others += settle(make_office(), rest // OTHER_OFFICES, chance)
    own_profiles, other_profiles = rows.keep_profiles([own, others])
    pools = Pool(0, own_profiles, 1, office_deeds), Pool(1, other_profiles, office_deeds + 1, count)
    return [pool for pool in pools if pool.deeds]


def _load(pools: Sequence[Pool], seed: int, progress: Progress) -> None:
    """While the database writes one portion, the one before is hashed here."""
    draw = {"seed": seed, "today": clock.today(), "run": f"{uuid4().hex[:8]}-", "clock": time.time_ns() // 1_000_000 << 12}
    edge, size, done = Edge(log_size(), tile_reader()), log_size(), 0
    before: Future[Growth] | None = None
    with ThreadPoolExecutor(1, thread_name_prefix="hashing") as beside:
        for portion in _portions(pools):
            texts = rows.store(size, draw | vars(portion))
            size, done = size + sum(text.count(b"\n") + 1 for text in texts), done + portion.deeds
            if before:
                _keep(before.result())
            before = beside.submit(edge.grow, texts)
            progress(done)
        for pool in pools:
            rows.fold_sums(draw | vars(pool))
        if before:
            _keep(before.result())


def _keep(growth: Growth) -> None:
    keep_tiles(growth.tiles)
    sign(None, size=growth.size, root=growth.root, leaves=growth.leaves)


def _portions(pools: Sequence[Pool]) -> Iterator[Pool]:
    """Those of one pool and another in turn, so that their rows lie mixed as they would have come in."""
    rounds = -(-sum(pool.deeds for pool in pools) // PORTION)
    for number in range(rounds):
        for pool in pools:
            before, after = (pool.first - 1 + pool.deeds * part // rounds for part in (number, number + 1))
            if before < after:
                yield replace(pool, first=before + 1, last=after)
