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
        MenuEntry(_("账号与角色"), "registry:accounts", "users-group", "settings", "registry.view_accounts", 50),
        MenuEntry(_("操作日志"), "registry:audit", "history", "settings", "registry.view_audit", 60),
        MenuEntry(_("我的账号"), "registry:me", "user", "settings", "registry.manage_own_tokens", 90),
    )

    actions = {
        "registry.sign_in": _("登录"),
        "registry.sign_in_failed": _("登录没成功"),
        "registry.sign_out": _("退出"),
        "registry.change_password": _("改密码"),
        "registry.open_account": _("开账号"),
        "registry.close_account": _("停用账号"),
        "registry.reopen_account": _("重新启用账号"),
        "registry.reset_password": _("重设密码"),
        "registry.reset_second_factor": _("清掉两步验证"),
        "registry.grant_role": _("给角色"),
        "registry.end_role": _("解除角色"),
        "registry.issue_token": _("发接口令牌"),
        "registry.revoke_token": _("吊销接口令牌"),
        "registry.export_audit": _("导出操作日志"),
        "registry.enter_organization": _("登记单位"),
        "registry.edit_organization": _("修改单位"),
        "registry.add_alias": _("加别名"),
        "registry.found_party_organization": _("成立党组织"),
        "registry.dissolve_party_organization": _("撤销党组织"),
        "registry.enter_place": _("登记地方"),
        "registry.locate_place": _("标注地方的位置"),
        "registry.correct_day": _("调整工作日历"),
        "registry.drop_correction": _("撤销工作日历调整"),
        "registry.enter_person": _("登记人员"),
        "registry.introduce_oneself": _("本人登记"),
        "registry.reveal_person": _("查看全名和号码"),
        "registry.give_consent": _("记一项同意"),
        "registry.withdraw_consent": _("撤回同意"),
        "registry.copy_person": _("给本人一份副本"),
        "registry.correct_person": _("更正个人信息"),
        "registry.erase_person": _("删除个人信息"),
    }

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from gongjian.registry.signin import note_sign_out

        user_logged_out.connect(note_sign_out, dispatch_uid="note_sign_out")

    def search(self, account: Any, words: str) -> Any:
        from gongjian.registry.selectors import search_organizations

        return search_organizations(account, words)

    def api_router(self) -> Any:
        from gongjian.registry.api import router

        return router
