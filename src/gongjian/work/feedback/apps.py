from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class FeedbackConfig(RoomConfig):
    name = "gongjian.work.feedback"
    label = "feedback"
    verbose_name = _("投诉建议")
    mount = "feedback"
    menu = (MenuEntry(_("投诉建议"), "feedback:inbox", "message-report", "doing", "feedback.answer", 90),)

    actions = {"feedback.send": _("送来投诉建议"), "feedback.answer": _("答复投诉建议")}

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.feedback.selectors import desk_items

        return desk_items(account)
