"""Components: escaping, names for screen readers, and what must not get lost."""

import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.paginator import Paginator

from gongjian.desk.tests.rendering import rendered
from gongjian.kernel.rooms import RoomConfig, rooms
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm

NASTY = '“老王” & <b>"x"</b>\''
SAFE = "“老王” &amp; &lt;b&gt;&quot;x&quot;&lt;/b&gt;&#x27;"


class SampleForm(ServiceForm):
    name = forms.CharField(label="名称", help_text="和公章上的一样")
    day = forms.DateField(label="日期", required=False)
    kinds = forms.MultipleChoiceField(label="种类", choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple)
    seen = forms.BooleanField(label="看过了")
    files = ManyFilesField(label="证据", required=False)


class TestEscaping:
    @pytest.mark.parametrize(
        "source",
        [
            '<c-page-head title="{{ text }}" />',
            '<c-page-head :title="text" />',
            '<c-card title="{{ text }}" />',
            "<c-badge>{{ text }}</c-badge>",
            '<c-row title="{{ text }}" />',
            '<c-empty title="{{ text }}" />',
            '<c-figure value="1" label="{{ text }}" />',
        ],
    )
    def test_once_and_only_once(self, source):
        assert SAFE in rendered(source, text=NASTY)


class TestForm:
    def test_what_was_typed_stays_and_what_is_wrong_is_said_beside_the_field(self):
        page = rendered('<c-form :form="form" />', form=SampleForm({"name": "", "day": "昨天"}))
        assert 'value="昨天"' in page
        control = re.search(r'<input[^>]*name="name"[^>]*>', page)[0]
        assert 'aria-invalid="true"' in control
        described = re.search(r'aria-describedby="([^"]*)"', control)[1].split()
        assert described == ["id_name_helptext", "id_name_error"]
        assert all(f'id="{target}"' in page for target in described)

    def test_groups_of_choices_have_a_legend(self):
        page = rendered('<c-form :form="form" />', form=SampleForm())
        assert re.search(r"<fieldset[^>]*>\s*<legend>种类", page)

    def test_required_is_said_in_words(self):
        page = rendered('<c-form :form="form" />', form=SampleForm())
        assert page.count("必填") == 3

    def test_dates_are_picked_and_keep_their_value(self):
        page = rendered('<c-form :form="form" />', form=SampleForm(initial={"day": "2020-07-30"}))
        assert re.search(r'<input type="date"[^>]*value="2020-07-30"', page)

    def test_files_can_be_sent(self):
        assert 'enctype="multipart/form-data"' in rendered('<c-form :form="form" />', form=SampleForm())

    def test_the_key_of_the_submission_is_in_it_once(self):
        assert rendered('<c-form :form="form" />', form=SampleForm()).count('name="submission"') == 1


class TestPager:
    def test_keeps_the_query(self):
        page = Paginator(list(range(500)), 10).page(3)
        text = rendered('<c-pager :page="page" />', path="/?kind=visit&page=3", page=page)
        assert 'href="?kind=visit&amp;page=4"' in text
        assert "共 500 条" in text

    def test_one_page_needs_no_links(self):
        text = rendered('<c-pager :page="page" />', page=Paginator([1, 2], 10).page(1))
        assert "href" not in text


class TestConfirm:
    def test_names_the_consequence_and_opens_when_refused(self):
        form = SampleForm({})
        text = rendered('<c-confirm title="撤销" action="/x/" :form="form">要重新公示。</c-confirm>', form=form)
        assert "要重新公示。" in text
        assert "<details" in text
        assert " open>" in text


class TestIcons:
    def test_every_icon_used_is_in_the_list(self):
        listed = set((Path(apps.get_app_config("desk").path) / "icons.txt").read_text(encoding="utf-8").split("\n"))
        used = {entry.icon for room in rooms() for entry in room.menu} | _named_in_templates()
        assert used <= listed


def _named_in_templates():
    found = set()
    for config in apps.get_app_configs():
        if isinstance(config, RoomConfig):
            for template in Path(config.path).rglob("*.html"):
                text = template.read_text(encoding="utf-8")
                found |= set(re.findall(r'<c-icon name="([\w-]+)"', text))
                found |= set(re.findall(r'<c-(?:badge|door|empty)[^>]* icon="([\w-]+)"', text))
    return found
