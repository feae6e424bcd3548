from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import RoomConfig
from gongjian.work.whistles.acting import ACTIONS
from gongjian.work.whistles.notices import NOTICES


class WhistlesConfig(RoomConfig):
    name = "gongjian.work.whistles"
    label = "whistles"
    verbose_name = _("吹哨")
    mount = "whistles"
    actions = ACTIONS
    notices = NOTICES

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.whistles.selectors.persons import personal_data

        return personal_data(person)
