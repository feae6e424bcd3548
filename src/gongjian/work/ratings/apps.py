from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, NoticeTemplate, RoomConfig


class RatingsConfig(RoomConfig):
    name = "gongjian.work.ratings"
    label = "ratings"
    verbose_name = _("星级评定")
    mount = "ratings"
    menu = (
        MenuEntry(_("星级"), "ratings:board", "star", "public", order=45),
        MenuEntry(_("星级评定"), "ratings:rounds", "star", "doing", "ratings.view", 85),
    )
    actions = {
        "ratings.make_scheme": _("建立星级评定办法"),
        "ratings.edit_scheme": _("修改星级评定办法"),
        "ratings.save_blueprint": _("修改评定指标"),
        "ratings.close_scheme": _("停用星级评定办法"),
        "ratings.open_round": _("开一轮星级评定"),
        "ratings.enroll": _("报名参评"),
        "ratings.withdraw": _("退出参评"),
        "ratings.start_assessing": _("开始现场核查"),
        "ratings.assess": _("现场核查"),
        "ratings.compute_results": _("计算评定结果"),
        "ratings.review": _("复核评定结果"),
        "ratings.send_back": _("退回重查"),
        "ratings.stop_round": _("中止一轮评定"),
        "ratings.give_notice": _("挂出星级公示"),
        "ratings.raise_objection": _("提出星级异议"),
        "ratings.find_objection": _("查清星级异议"),
        "ratings.answer_objection": _("答复星级异议"),
        "ratings.publish": _("公布星级"),
        "ratings.propose_fall": _("提出降星"),
        "ratings.decide_fall": _("决定降星"),
    }
    notices = {
        "ratings.published": NoticeTemplate(_("“%(title)s”公布了：%(stars)s"), _("%(name)s：%(stars)s，总分 %(total)s。")),
        "ratings.fallen": NoticeTemplate(_("%(name)s的星级降了"), _("“%(scheme)s”：%(stars)s。原因：%(reason)s")),
    }

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.ratings.selectors.desk import desk_items

        return desk_items(account)

    def api_router(self) -> Any:
        from gongjian.work.ratings.api import router

        return router

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.ratings.selectors.schemes import search

        return search(account, words)
