"""What the office's own closed whistles teach the classifier."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.models import Whistle

LEAST = 20


@contextmanager
def closed_whistles_as_csv() -> Iterator[Path]:
    """`text,label` with the category's code as label; gone when done, since the texts are residents' own. Raises Invalid."""
    closed = Whistle.objects.filter(state="closed", category__isnull=False).order_by("pk")
    with TemporaryDirectory() as folder:
        path, count = Path(folder) / "closed.csv", 0
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("text", "label"))
            for row in closed.values_list("text", "category__code").iterator(chunk_size=2000):
                writer.writerow(row)
                count += 1
        if count < LEAST:
            sentence = _("销哨的哨件只有 %(count)s 件，至少要 %(least)s 件才能训练。")
            raise Invalid(sentence % {"count": count, "least": LEAST}, code="too-few")
        yield path
