"""One migrated installation for all tests of faults that a pytest process runs: making it takes longer than they do."""

import json
from collections.abc import Iterator

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation
from tests.faults.neighborhood import MAKE_OFFICE, Neighborhood


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with embedded.folder() as path:
        prepared = Installation(path / "var")
        prepared.must("migrate", "--verbosity=0")
        yield prepared


@pytest.fixture(scope="session")
def neighborhood(installation: Installation) -> Neighborhood:
    """An office in that installation, with a token that may record deeds."""
    said = installation.must("shell", "--no-imports", "-c", MAKE_OFFICE)
    return Neighborhood(installation, **json.loads(said.splitlines()[-1]))
