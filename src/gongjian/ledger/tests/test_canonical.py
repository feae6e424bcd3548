import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.kernel.quantities import Approximation
from gongjian.ledger.canonical import FIELDS, canonical, canonical_sql, content, hash_content, hash_rows, leaf_hash
from gongjian.ledger.models import Confirmation, Deed, Level
from gongjian.ledger.services import confirm_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import first_community, make_account

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
SMALL = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
DIGESTS = st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=3)


def in_database(row: dict[str, Any], record: str, model: Any) -> str:
    """The canonical text as PostgreSQL writes it for a row of such values."""
    columns = {field.column: model._meta.get_field(field.column.removesuffix("_id")) for field in FIELDS[record]}
    casts = ", ".join(f'%s::{field.db_type(connection)} AS "{name}"' for name, field in columns.items())
    values = [row[name] for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {canonical_sql(record, 'r')} FROM (SELECT {casts}) r", values)
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
class TestCanonicalForm:
    @given(
        statement=TEXTS,
        beneficiary=TEXTS,
        source_key=TEXTS,
        evidence_digests=DIGESTS,
        quantity=st.none() | st.decimals("-9999999999", "9999999999", places=2),
        person_id=st.none() | st.integers(1, 2**53 - 1),
        reverses_id=st.none() | st.uuids(),
        public=st.booleans(),
        occurred=st.dates(date(1949, 10, 1), date(9999, 1, 1)),
        recorded_at=st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
        approximation=st.sampled_from(Approximation.values),
        identifier=st.uuids(),
    )
    @SMALL
    def test_python_and_postgresql_write_the_same(self, occurred: date, identifier: UUID, **random: Any) -> None:
        deed = Deed(
            id=identifier,
            office_id=1,
            place_id=2,
            organization_id=3,
            kind_id="volunteer-hours",
            unit="hour",
            precision="day",
            occurred_from=occurred,
            occurred_to=occurred,
            recorded_by_id=5,
            source_room="volunteering",
            **random,
        )
        row = {field.column: getattr(deed, field.column) for field in FIELDS["deed"]}
        assert in_database(row, "deed", Deed) == canonical(content(deed)).decode()

    @given(
        note=TEXTS,
        on_behalf_of=TEXTS,
        evidence_digests=DIGESTS,
        level=st.sampled_from(Level.values),
        confirmed_at=st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
        ids=st.tuples(st.uuids(), st.uuids()),
    )
    @SMALL
    def test_for_confirmations_too(self, ids: tuple[UUID, UUID], **random: Any) -> None:
        confirmation = Confirmation(id=ids[0], deed_id=ids[1], office_id=1, by_id=2, from_level=0, **random)
        row = {field.column: getattr(confirmation, field.column) for field in FIELDS["confirmation"]}
        assert in_database(row, "confirmation", Confirmation) == canonical(content(confirmation)).decode()

    @pytest.mark.parametrize("word", ['x","hour', "a\nb", "\\", '"'])
    def test_a_word_that_was_changed_gives_other_bytes(self, office: Any, word: str) -> None:
        deed = make_deed(office)
        row = {field.column: getattr(deed, field.column) for field in FIELDS["deed"]}
        for name in ("approximation", "kind_id", "precision", "source_room", "unit"):
            assert hash_rows(in_database(row | {name: word}, "deed", _Loose).encode())[0] != leaf_hash(deed)

    def test_a_value_that_swallows_its_neighbor_gives_other_bytes(self, office: Any) -> None:
        """`concat_ws` leaves NULL out, so two values in one and a NULL beside it would look the same."""
        deed = make_deed(office)
        row = {field.column: getattr(deed, field.column) for field in FIELDS["deed"]}
        swallowed = row | {"source_room": f'{row["source_room"]}","{row["unit"]}', "unit": None}
        assert in_database(swallowed, "deed", _Loose) == "null"


class _Loose:
    """A table like the deeds', but with words of any length, as somebody with the database's own tools could write."""

    class _meta:  # noqa: N801
        @staticmethod
        def get_field(name: str) -> Any:
            field = Deed._meta.get_field(name)
            return field if field.get_internal_type() not in ("CharField", "ForeignKey") else _Any(field)


class _Any:
    def __init__(self, field: Any) -> None:
        self._type = "text" if field.db_type(connection).startswith("varchar") else field.db_type(connection)

    def db_type(self, connection: Any) -> str:
        return self._type


class TestContent:
    def test_covers_every_column_that_says_something(self) -> None:
        """Whoever adds a column must say whether a seal covers it."""
        assert {field.column for field in FIELDS["deed"]} == {field.attname for field in Deed._meta.concrete_fields}
        assert {field.column for field in FIELDS["confirmation"]} == {f.attname for f in Confirmation._meta.concrete_fields}

    def test_is_plain_json_and_hashes_the_same_after_a_round_trip(self, office: Any) -> None:
        deed = Deed.objects.get(pk=make_deed(office, quantity=Decimal("2.5")).pk)
        again = json.loads(json.dumps(content(deed)))
        assert again["quantity"] == "2.50"
        assert hash_content(again) == leaf_hash(deed)

    def test_of_what_was_just_recorded_is_that_of_what_is_stored(self, office: Any) -> None:
        deed = make_deed(office)
        worker = make_account(office, "community_worker", community=first_community(office))
        confirmation = confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
        stored = Confirmation.objects.get(pk=confirmation.pk)
        assert content(confirmation) == content(stored)
        assert content(Deed.objects.get(pk=deed.pk))["id"] == str(deed.pk)
