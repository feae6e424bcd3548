"""What somebody has to say."""

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid


def said(text: str, sentence: str, *, field: str, least: int = 2, most: int = 500) -> str:
    """The text without spaces around it. Raises Invalid with `sentence` if nothing was said."""
    words = text.strip()
    if len(words) < least:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    if len(words) > most:
        raise Invalid(_("太长了，最多 %(n)d 个字。") % {"n": most}, code=f"{field}-long", field=field)
    return words
