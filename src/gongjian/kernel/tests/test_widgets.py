from django import forms

from gongjian.kernel.web.widgets import LongSelect

CHOICES = [("", "全部"), ("a", "甲 <b>"), ("组", [("b", "乙"), ("c", "丙")])]


def parsed(html):
    from html.parser import HTMLParser

    class Tags(HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag, attrs):
            self.seen.append((tag, dict(attrs)))

        def handle_data(self, data):
            if data.strip():
                self.seen.append(data.strip())

    tags = Tags()
    tags.feed(html)
    return tags.seen


def test_it_writes_what_djangos_own_select_writes():
    for value in ("", "a", "c", None):
        own = forms.Select(choices=CHOICES).render("which", value, {"id": "id_which", "required": True})
        assert parsed(LongSelect(choices=CHOICES).render("which", value, {"id": "id_which", "required": True})) == parsed(own)
