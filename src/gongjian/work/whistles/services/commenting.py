"""Comments: among staff, or for the resident to read; who is named with @ is told."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import may, require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Whistle
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import locked, note
from gongjian.work.whistles.services.telling import tell_accounts

MENTION = re.compile(r"@([\w.+-]{1,60})")


@transaction.atomic
def comment(actor: Account, *, whistle: Whistle, words: str, public: bool = False) -> Happening:
    """`@username` names an account. Raises Invalid for one that does not exist or may not see this whistle."""
    require(actor, "whistles.comment", whistle)
    said = checked_words(words, field="words", sentence=_("请写留言。"))
    whistle = locked(whistle)
    named = mentioned(whistle, said)
    happened = note(
        actor, whistle, Happening.Kind.COMMENT, words=said, public=public, mentions=[account.pk for account in named]
    )
    tell_accounts(whistle, named, "whistles.mentioned")
    return happened


def mentioned(whistle: Whistle, words: str) -> list[Account]:
    names = set(MENTION.findall(words))
    known = {account.username: account for account in Account.objects.filter(office=whistle.office, username__in=names)}
    unknown = sorted(name for name in names if name not in known or not may(known[name], "whistles.view", whistle))
    if unknown:
        sentence = _("没有这个人，或看不到这件哨：%(names)s") % {"names": "、".join(unknown)}
        raise Invalid(sentence, code="mention", field="words")
    return list(known.values())
