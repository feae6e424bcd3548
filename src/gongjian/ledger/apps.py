from typing import Any

from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class LedgerConfig(RoomConfig):
    name = "gongjian.ledger"
    label = "ledger"
    verbose_name = _("事迹台账")
    mount = "ledger"
    menu = (
        MenuEntry(_("事迹台账"), "ledger:explorer", "notebook", "recorded", "ledger.explore", 10),
        MenuEntry(_("记一条事迹"), "ledger:record", "pencil-plus", "recorded", "ledger.record_deed", 20),
        MenuEntry(_("封存与查验"), "ledger:transparency", "shield-check", "public", None, 60),
    )

    synthetic = {"deeds": "gongjian.ledger.synthetic.command.deeds"}

    def ready(self) -> None:
        from gongjian.ledger.catalogue import load_catalogue

        post_migrate.connect(load_catalogue, sender=self, dispatch_uid="ledger.catalogue")

    def desk_items(self, account: Any) -> Any:
        from gongjian.ledger.selectors import desk_items

        return desk_items(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.ledger.selectors import search_deeds

        return search_deeds(account, words)

    def api_router(self) -> Any:
        from gongjian.ledger.api import router

        return router
