"""The rows of synthetic deeds and confirmations, as text for COPY."""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gongjian.ledger.synthetic.offices import Doer

DEED_COLUMNS = (
    "id, office_id, place_id, organization_id, recorded_by_id, beneficiary, evidence_digests, public, source_room, "
    "kind_id, unit, statement, quantity, approximation, precision, initial_level, occurred_from, occurred_to, recorded_at, "
    "source_key"
)
CONFIRMATION_COLUMNS = "id, deed_id, office_id, by_id, on_behalf_of, note, evidence_digests, from_level, level, confirmed_at"
YEARS = 5
_RISES = {0: (), 1: ((0, 1),), 2: ((0, 1), (1, 2)), 3: ((0, 2),)}
_SHARES = (30, 60, 7, 3)
"""Per cent: declared only; confirmed by the community; by both; by a third party alone."""


class Identifiers:
    """UUIDv7 of the moment on, in order, without a system call each."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._number = chance, (time.time_ns() // 1_000_000) << 12

    def __iter__(self) -> "Identifiers":
        return self

    def __next__(self) -> str:
        self._number += 1
        head = f"{self._number:015x}"
        return f"{head[:12]}7{head[12:]}{self._chance.getrandbits(62) | 1 << 63:016x}"


class Writer:
    """Writes deeds of `doers`, and the confirmations that belong to them."""

    def __init__(self, doers: Sequence[Doer], last_day: date, run: str, chance: random.Random) -> None:
        self._chance, self._run, self._written = chance, run, 0
        self._identifiers = Identifiers(chance)
        self._profiles = [profile for doer in doers for profile in _profiles(doer)]
        self._days = [(last_day - timedelta(days=n)).isoformat() for n in range(365 * YEARS)]
        self.confirmations: list[str] = []

    def deeds(self, number: int) -> Iterator[str]:
        """`number` lines; fills `confirmations` on the way."""
        self.confirmations = []
        chance, days = self._chance, self._days
        for before, after, unit, confirmed in chance.choices(self._profiles, k=number):
            identifier = next(self._identifiers)
            at = int(chance.random() * (len(days) - 90)) + 75
            noted = days[at - (45 + at % 30 if chance.random() < 0.1 else at % 7)]
            quantity = f"{1 + int(chance.random() * 40)}.00" if unit else "\\N"
            self._written += 1
            yield (
                f"{identifier}{before}{quantity}{after}{days[at]}\t{days[at]}\t{noted} 02:{at % 60:02d}:00.{at:06d}+00"
                f"\t{self._run}{self._written}\n"
            )
            self._confirm(identifier, confirmed, days[max(0, at - 80)])

    def _confirm(self, deed: str, confirmed: str, day: str) -> None:
        share = self._chance.choices((0, 1, 2, 3), _SHARES)[0]
        for lower, upper in _RISES[share]:
            line = f"{next(self._identifiers)}\t{deed}{confirmed}{lower}\t{upper}\t{day} 03:00:00+00\n"
            self.confirmations.append(line)


def _profiles(doer: Doer) -> Iterator[tuple[str, str, str, str]]:
    """What the lines of one organization and kind share: before and after the quantity, the unit, the confirmation."""
    place = f"\t{doer.office_id}\t{doer.place_id}\t{doer.organization_id}\t{doer.recorder_id}"
    confirmed = f"\t{doer.office_id}\t{doer.confirmer_id}\t{doer.behalf}\t\t{{}}\t"
    for kind in doer.kinds:
        statement = f"合成数据：{kind.name_zh}{'{数}' if kind.unit else ''}，社区现场登记"
        before = f"{place}\t\t{{}}\t{'f' if kind.order % 9 == 8 else 't'}\tsynthetic\t{kind.code}\t{kind.unit}\t{statement}\t"
        yield before, "\texact\tday\t0\t", kind.unit, confirmed
