"""`gongjian doctor`: run every check and say how to mend what is wrong."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from gongjian.kernel.embedded_postgres import EmbeddedPostgresError
from gongjian.operations import checks
from gongjian.operations.checks import Finding, wrong
from gongjian.operations.database import running_database
from gongjian.operations.speech import say

_MARKS = {True: "✓", False: "✗", None: "·"}


@dataclass(frozen=True)
class Diagnosis:
    check: str
    ok: bool | None
    sentence: str
    remedy: str


def doctor(arguments: Sequence[str]) -> int:
    """Exit status 1 when something is wrong; what is merely worth knowing does not count."""
    parser = argparse.ArgumentParser(prog="gongjian doctor", description="Check this installation.")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(arguments)
    diagnoses = diagnose()
    say(_as_json(diagnoses) if options.json else _as_text(diagnoses))
    return 1 if any(diagnosis.ok is False for diagnosis in diagnoses) else 0


def diagnose() -> list[Diagnosis]:
    try:
        with running_database():
            return _with_django()
    except EmbeddedPostgresError as error:
        unreachable = wrong(str(error), "Mend that first; the other checks need a database.")
        return [_diagnosis("database_is_reachable", unreachable)]


def _with_django() -> list[Diagnosis]:
    import django

    django.setup()
    reachable = checks.database_is_reachable()
    further = [*checks.OF_THE_MACHINE, *(checks.OF_THE_DATABASE if reachable.ok else [])]
    return [
        _diagnosis("database_is_reachable", reachable),
        *(_diagnosis(check.__name__, _careful(check)) for check in further),
    ]


def _careful(check: checks.Check) -> Finding:
    try:
        return check()
    except Exception as error:
        return wrong(f"The check failed: {type(error).__name__}: {error}".strip(), "See the checks above.")


def _diagnosis(name: str, finding: Finding) -> Diagnosis:
    return Diagnosis(name.replace("_", " "), *finding)


def _as_json(diagnoses: Sequence[Diagnosis]) -> str:
    return json.dumps([asdict(diagnosis) for diagnosis in diagnoses], ensure_ascii=False, indent=2)


def _as_text(diagnoses: Sequence[Diagnosis]) -> str:
    lines = [f"{_MARKS[found.ok]} {found.sentence}{_remedy(found)}" for found in diagnoses]
    faults = sum(found.ok is False for found in diagnoses)
    return "\n".join([*lines, "", "All is well. 一切正常。" if not faults else f"{faults} to mend. 有 {faults} 项需要处理。"])


def _remedy(found: Diagnosis) -> str:
    return "" if found.ok or not found.remedy else f"\n    → {found.remedy}"
