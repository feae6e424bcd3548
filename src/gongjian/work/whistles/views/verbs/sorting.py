"""Merging, taking apart again, and splitting."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.base import ActForm
from gongjian.work.whistles.forms.verbs.sorting import MergeForm, SplitForm
from gongjian.work.whistles.views.verbs.acting import WHISTLE, Verb

VERBS = {
    "merge": Verb(
        services.merge,
        WHISTLE,
        "whistles.merge",
        _("并入另一件"),
        _("并好了，两件当一件办。"),
        MergeForm,
        submit=_("并入"),
        consequence=_("这件到此为止，由选中的那件接着办，人数并过去；已经派出的单位都收回。并错了可以拆出来，但要重新派单。"),
    ),
    "unmerge": Verb(
        services.unmerge,
        WHISTLE,
        "whistles.merge",
        _("从合并里拆出来"),
        _("拆出来了，请重新派单。"),
        ActForm,
        submit=_("拆出来"),
        consequence=_("这件重新单独办：回到“已分类”，要重新派单；时限一直没有停过，还按原来吹哨的时间算。"),
    ),
    "split": Verb(
        services.split,
        WHISTLE,
        "whistles.merge",
        _("拆成几件"),
        _("拆好了：每段一件新哨，时限从现在算。"),
        SplitForm,
        submit=_("拆开"),
        sub=_("一件里说了几件事，拆开才好派单。新的几件用同一位反映人的名义，各有各的时限。"),
    ),
}
