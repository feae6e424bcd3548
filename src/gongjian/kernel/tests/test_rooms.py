import pytest
from django.urls import NoReverseMatch

from gongjian.kernel.rooms import MenuEntry, RoomConfig, action_name, menu_entries, rooms

SECTIONS = ("public", "doing", "recorded", "registers", "settings")


class TestRooms:
    def test_every_app_with_a_room_config_is_one(self) -> None:
        labels = [room.label for room in rooms()]
        assert {"registry", "feedback", "desk"} <= set(labels)
        assert labels.index("registry") < labels.index("feedback")

    def test_a_room_without_a_class_of_its_own_stays_the_base(self) -> None:
        assert RoomConfig.default is False
        assert all(type(room).default for room in rooms())


class TestMenuEntries:
    @pytest.mark.parametrize("section", SECTIONS)
    def test_they_are_in_order(self, section: str) -> None:
        entries = menu_entries(section)
        assert entries == sorted(entries, key=lambda entry: entry.order)

    def test_every_entry_stands_in_a_known_section_and_leads_somewhere(self) -> None:
        entries: list[MenuEntry] = [entry for room in rooms() for entry in room.menu]
        assert {entry.section for entry in entries} <= set(SECTIONS)
        for entry in entries:
            try:
                _ = entry.url
            except NoReverseMatch:
                pytest.fail(f"{entry.url_name} leads nowhere")


class TestActionName:
    def test_in_words_where_the_room_gives_them(self) -> None:
        assert action_name("registry.sign_in") == "登录"

    def test_the_code_where_it_does_not(self) -> None:
        assert action_name("nowhere.nothing") == "nowhere.nothing"
