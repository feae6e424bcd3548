"""Installations for tests of the command, their database migrated: each is unpacked from one that is kept.

The doctor's tests migrate one by the command itself.
"""

import subprocess
from pathlib import Path

from gongjian.kernel.embedded_postgres import locks
from gongjian.kernel.embedded_postgres.places import var_folder
from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation
from tests.database.migrations import digest


def migrated_installation(var: Path) -> Installation:
    """A new one in `var`, with keys of its own."""
    folder = var_folder() / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"installation-{digest()}.tar"
    with locks.exclusive(folder / "installation.lock"):
        if not archive.exists():
            _make(archive)
    var.mkdir()
    subprocess.run(["tar", "-xpf", archive, "-C", var], check=True)
    return Installation(var)


def _make(archive: Path) -> None:
    """Without its keys, which the first command makes anew."""
    for earlier in archive.parent.glob("installation-*.tar"):
        earlier.unlink()
    draft = archive.with_suffix(".draft")
    with embedded.folder() as path:
        Installation(path / "var").must("migrate", "--verbosity=0")
        subprocess.run(["tar", "-cpf", draft, "--exclude=./keys", "-C", path / "var", "."], check=True)
    draft.rename(archive)
