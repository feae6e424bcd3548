"""Chinese in Latin letters, for ordering, for search, and for addresses."""


def syllables(text: str) -> list[str]:
    """Without tones, heteronyms by the phrase they stand in: 重庆银行 → chong qing yin hang. The rest stays as it is."""
    from pypinyin import lazy_pinyin  # its dictionary of phrases takes 55 MB, in the processes that ask for it

    return lazy_pinyin(text)
