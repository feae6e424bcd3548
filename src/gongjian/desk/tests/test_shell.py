"""What stands around every page."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from gongjian.desk.shell import Shell, _longest_prefix
from gongjian.kernel.rooms import menu_entries
from gongjian.registry.tests.factories import make_account, make_clerk

STAFF_SECTIONS = ("doing", "recorded", "registers", "settings")


class TestMenus:
    @pytest.mark.parametrize("section", ["public", *STAFF_SECTIONS])
    def test_every_entry_leads_somewhere(self, section):
        for entry in menu_entries(section):
            assert entry.url

    def test_entries_without_permission_are_left_out(self, office):
        assert _labels(make_account(office, "volunteer")) < _labels(make_clerk(office))

    def test_the_nearest_entry_is_the_current_one(self):
        assert _longest_prefix("/honors/notices/spring/", ["/", "/honors/", "/honors/notices/"]) == "/honors/notices/"

    def test_home_is_current_only_at_home(self):
        assert _longest_prefix("/about/", ["/", "/honors/"]) == ""

    def test_a_request_without_office_or_account_has_a_shell(self):
        shell = Shell(RequestFactory().get("/"))
        assert shell.office is None
        assert shell.elder is False


class TestEveryPage:
    @pytest.mark.parametrize("name", ["desk:home", "desk:about", "desk:deeds", "account_login"])
    def test_public_pages_offer_feedback_language_and_elder_mode(self, client, office, name):
        page = client.get(reverse(name)).content.decode()
        assert f'href="{reverse("feedback:new")}"' in page
        assert f'action="{reverse("set_language")}"' in page
        assert f'action="{reverse("desk:elder")}"' in page

    def test_staff_pages_offer_them_too(self, client, office):
        client.force_login(make_clerk(office))
        page = client.get(reverse("desk:my_desk")).content.decode()
        assert f'href="{reverse("feedback:new")}"' in page
        assert f'action="{reverse("desk:elder")}"' in page

    def test_nothing_comes_from_elsewhere(self, client, office):
        page = client.get("/").content.decode()
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)

    def test_no_script_stands_in_the_page(self, client, office):
        page = client.get("/").content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son\w+=", page)


class TestElderMode:
    def test_on_is_remembered_and_leads_back(self, client, office):
        answer = client.post(reverse("desk:elder"), {"on": "1", "next": "/about/"})
        assert answer.url == "/about/"
        page = client.get("/about/").content.decode()
        assert 'data-mode="elder"' in page
        assert "elder.css" in page

    def test_off_again(self, client, office):
        client.post(reverse("desk:elder"), {"on": "1"})
        client.post(reverse("desk:elder"), {"on": "0"})
        assert "elder.css" not in client.get("/").content.decode()

    @pytest.mark.parametrize("address", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
    def test_leads_nowhere_else(self, client, office, address):
        assert client.post(reverse("desk:elder"), {"on": "1", "next": address}).url == "/"


def _labels(account):
    request = RequestFactory().get("/desk/")
    request.user = account
    return {line.url for section in Shell(request).staff_menu for line in section.lines}
