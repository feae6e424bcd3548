"""An office in a real installation, asked through the command and the database alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres.connection import connection_settings
from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation

MAKE_OFFICE = """
import json
from django_scopes import scope
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import first_community, make_clerk, make_office, make_organization
office = make_office()
with scope(office=office):
    clerk = make_clerk(office)
    token, secret = issue_token(clerk, name="test", scopes=["ledger:read", "ledger:write"])
    place, organization = first_community(office), make_organization(office)
print(json.dumps({"token": secret, "place": place.code, "organization": organization.pk, "clerk": clerk.pk}))
"""

_MANY_DEEDS = """
INSERT INTO ledger_deed (id, office_id, place_id, organization_id, recorded_by_id, beneficiary, evidence_digests, public,
    source_room, kind_id, unit, statement, quantity, approximation, precision, initial_level, occurred_from, occurred_to,
    recorded_at, source_key)
SELECT uuidv7(), o.office_id, p.id, o.id, %(clerk)s, '', '{}', true, '', 'volunteer-hours', 'hour', '在社区值守' || n, 8,
    'exact', 'day', 0, '2026-03-02', '2026-03-02', now(), ''
FROM registry_organization o, registry_place p, generate_series(1, %(number)s) n
WHERE o.id = %(organization)s AND p.code = %(place)s
"""


@dataclass(frozen=True)
class Neighborhood:
    """`place` is a division code, the others are numbers of rows; `token` acts as the clerk."""

    installation: Installation
    token: str
    place: str
    organization: int
    clerk: int

    def deed(self, statement: str) -> dict[str, Any]:
        """What a machine sends to record a deed of that statement."""
        return {
            "kind": "volunteer-hours",
            "place": self.place,
            "organization": self.organization,
            "statement": statement,
            "occurred_from": "2026-03-02",
            "quantity": "8",
        }

    def record_many(self, number: int) -> None:
        """Past the services: what matters is that they wait to be sealed."""
        values = {"clerk": self.clerk, "organization": self.organization, "place": self.place, "number": number}
        with self.database() as connection:
            connection.execute(_MANY_DEEDS, values)

    @contextmanager
    def server(self) -> Iterator[None]:
        """Its database server, started if nobody else uses it, and kept for the block."""
        server = embedded_postgres.ensure_running(self.installation.var)
        try:
            yield
        finally:
            server.release()

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection[Any]]:
        with self.server(), embedded.connect(connection_settings(self.installation.var)) as connection:
            yield connection

    def rows(self, statement: str) -> list[Any]:
        with self.database() as connection:
            return connection.execute(statement).fetchall()


def verified(installation: Installation) -> dict[str, Any]:
    """What `gongjian ledger verify` reports; `fault` None if everything fits."""
    report: dict[str, Any] = json.loads(installation.run("ledger", "verify", "--sums", "--json").stdout)
    return report
