"""Setting up an office and its places from the national division codes."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django_scopes import scope

from gongjian.registry.divisions import Division, DivisionsError, read_divisions
from gongjian.registry.models import Office, Place
from gongjian.registry.services.places import add_place


@dataclass(frozen=True)
class Imported:
    office: Office
    added: int
    renamed: int
    kept: int


@transaction.atomic
def import_divisions(file: Path, *, subdistrict: str = "", short_name: str = "") -> Imported:
    """Make the office if it is not there, add the places it lacks, rename those that are called otherwise now.

    Done twice, it changes nothing the second time; nothing is ever removed. Raises DivisionsError.
    """
    divisions = read_divisions(file, subdistrict)
    own = next(division for division in divisions if division.level == "subdistrict")
    office, _ = Office.objects.get_or_create(
        code=own.code, defaults={"name": own.name, "short_name": short_name or own.name.removesuffix("街道")}
    )
    with scope(office=office):
        return _enter_all(office, divisions)


def _enter_all(office: Office, divisions: list[Division]) -> Imported:
    known = {place.code: place for place in Place.objects.all()}
    done = [_enter(office, division, known) for division in divisions]
    return Imported(office, done.count("added"), done.count("renamed"), done.count("kept"))


def _enter(office: Office, division: Division, known: dict[str, Place]) -> str:
    place = known.get(division.code)
    if place is None:
        parent = _parent(division, known)
        known[division.code] = add_place(
            office, parent, division.level, division.code, division.name, official_name=division.official_name
        )
        return "added"
    if (place.name, place.official_name) == (division.name, division.official_name):
        return "kept"
    place.name, place.official_name = division.name, division.official_name
    place.save(update_fields=["name", "official_name"])
    return "renamed"


def _parent(division: Division, known: dict[str, Place]) -> Place | None:
    if not division.parent:
        return None
    if division.parent not in known:
        raise DivisionsError(f"{division.code} {division.name}: its parent {division.parent} must stand in a line before it.")
    return known[division.parent]
