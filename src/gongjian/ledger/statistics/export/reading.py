"""An export as the engines read it: the files of its manifest, nothing else that lies in the folder."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.ledger.statistics.export import manifest
from gongjian.ledger.statistics.export.manifest import Manifest


@dataclass(frozen=True)
class Exported:
    folder: Path
    manifest: Manifest

    @property
    def records(self) -> list[Path]:
        return [self.folder / file.path for file in self.manifest.files]

    def list(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def open_export(folder: Path) -> Exported:
    """Raises Missing where nothing was exported, Conflict where a file is gone or of another size."""
    found = manifest.read(folder.resolve())
    if found is None or not found.files:
        raise Missing(_("%(folder)s 里没有导出的台账。请先运行：gongjian ledger export %(folder)s") % {"folder": folder})
    found.check(folder.resolve())
    return Exported(folder.resolve(), found)
