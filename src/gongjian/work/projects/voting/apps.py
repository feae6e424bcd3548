from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import HomeList, MenuEntry, RoomConfig


class VotingConfig(RoomConfig):
    name = "gongjian.work.projects.voting"
    label = "voting"
    verbose_name = _("业主表决")
    mount = "votes"
    project_section = "gongjian.work.projects.voting.selectors.desk.project_section"
    menu = (MenuEntry(_("业主表决"), "voting:votes", "checklist", "doing", "voting.view", 62),)
    sheets = {"voting.roll": "gongjian.work.projects.voting.sheet.RollSheet"}
    actions = {
        "voting.prepare": _("准备业主表决"),
        "voting.add_flats": _("导入业主名册"),
        "voting.clear_roll": _("清空业主名册"),
        "voting.open": _("开始业主表决"),
        "voting.print_slips": _("打印表决链接"),
        "voting.enter_paper": _("录入纸质票"),
        "voting.check_ballots": _("复核纸质票"),
        "voting.cast_online": _("网上表决"),
        "voting.record_proxy": _("登记委托"),
        "voting.revoke_proxy": _("撤回委托"),
        "voting.lock": _("锁定表决结果"),
        "voting.record_objection": _("登记异议"),
        "voting.object_by_link": _("业主提出异议"),
        "voting.answer_objection": _("答复异议"),
        "voting.finish": _("表决办结"),
        "voting.cancel": _("作废表决"),
        "voting.export_roll": _("导出业主名册"),
    }

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.projects.voting.selectors.desk import desk_items

        return desk_items(account)

    def home_list(self) -> HomeList | None:
        from gongjian.work.projects.voting.selectors.desk import home_list

        return home_list()

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.projects.voting.selectors.desk import search

        return search(account, words)
