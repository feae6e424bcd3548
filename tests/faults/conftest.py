"""One migrated installation for all tests of faults that a pytest process runs."""

import json
from collections.abc import Iterator

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation
from tests.database.installations import migrated_installation
from tests.faults.neighborhood import MAKE_OFFICE, Neighborhood


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with embedded.folder() as path:
        yield migrated_installation(path / "var")


@pytest.fixture(scope="session")
def neighborhood(installation: Installation) -> Neighborhood:
    """An office in that installation, with a token that may record deeds."""
    said = installation.must("shell", "--no-imports", "-c", MAKE_OFFICE)
    return Neighborhood(installation, **json.loads(said.splitlines()[-1]))
