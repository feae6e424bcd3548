from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class RegistryConfig(RoomConfig):
    name = "gongjian.registry"
    label = "registry"
    verbose_name = _("底册")
    mount = "registry"
    menu = (
        MenuEntry(_("单位"), "registry:organizations", "building", "registers", "registry.view_register", 10),
        MenuEntry(_("党组织"), "registry:party", "flag", "registers", "registry.view_register", 20),
        MenuEntry(_("人员"), "registry:people", "users", "registers", "registry.view_people", 30),
        MenuEntry(_("地方"), "registry:places", "map-pin", "registers", "registry.view_register", 40),
        MenuEntry(_("账号与角色"), "registry:accounts", "key", "settings", "registry.manage_accounts", 50),
    )

    def search(self, account: Any, words: str) -> Any:
        from gongjian.registry.selectors import search_organizations

        return search_organizations(account, words)

    def api_router(self) -> Any:
        from gongjian.registry.api import router

        return router
