"""A whistle as a row of a list or a card of the board shows it: said once, in plain values, as a page has eighty of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.told import Told, told_due

_ANY = 0


@dataclass(frozen=True, slots=True)
class Face:
    """`color`, `emergency` and `returned` are empty unless there is something to say."""

    pk: int
    number: str
    url: str
    move_url: str
    text: str
    place: str
    about: str
    lead: str
    state: str
    voices: str
    due: Told
    color: str
    emergency: str
    returned: str


def faces(whistles: Iterable[Whistle], *, length: int) -> list[Face]:
    """`length`: how many characters of what was said are shown."""
    page, move = (reverse(f"whistles:{name}", args=[_ANY]) for name in ("whistle", "move"))
    return [_face(one, page, move, length) for one in whistles]


def _face(whistle: Whistle, page: str, move: str, length: int) -> Face:
    state = whistle.get_state_display()
    return Face(
        pk=whistle.pk,
        number=whistle.number,
        url=_of(page, whistle.pk),
        move_url=_of(move, whistle.pk),
        text=Truncator(whistle.text).chars(length),
        place=whistle.place.name if whistle.place else "",
        about=str(whistle.category) if whistle.category else _("还没分类"),
        lead=whistle.lead.called if whistle.lead else "",
        state=state,
        voices=_voices(whistle.voices) if whistle.voices > 1 else "",
        due=told_due(whistle),
        color=whistle.get_color_display() if whistle.color else "",
        emergency=whistle.get_grade_display() if whistle.grade == Grade.EMERGENCY else "",
        returned=state if whistle.state == State.RETURNED else "",
    )


def _voices(count: int) -> str:
    return ngettext("%(n)s 人反映", "%(n)s 人反映", count) % {"n": count}


def _of(address: str, pk: int) -> str:
    """`/whistles/0/` is `/whistles/7/` of the seventh; resolving each anew takes longer than all the rest of its row."""
    return address.replace(f"/{_ANY}/", f"/{pk}/", 1)
