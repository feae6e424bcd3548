"""`gongjian prepare`: bring database and static files up to this release; quick when there is nothing to do."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from gongjian.operations.database import running_database


def prepare(arguments: Sequence[str]) -> int:
    import django

    with running_database():
        django.setup()
        prepare_installation()
    return 0


def prepare_installation() -> None:
    """Migrate, create the cache's table and collect static files; needs Django set up and a database."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static_files()


def collect_static_files() -> None:
    """Collect and compress only when a source has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != fingerprint:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint, encoding="ascii")


def static_fingerprint() -> str:
    """Of all source files' names, sizes and times."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
