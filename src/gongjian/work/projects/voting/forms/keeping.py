"""What staff fill in around a vote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Place
from gongjian.registry.selectors import places
from gongjian.work.projects.models import Project
from gongjian.work.projects.voting.models import Owner, Vote
from gongjian.work.projects.voting.models.votes import MATTERS

SCOPES = (Place.Level.COMMUNITY, Place.Level.COMPOUND, Place.Level.BUILDING, Place.Level.STREET)


class MomentField(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class VoteForm(ServiceForm):
    place: Any = forms.ModelChoiceField(None, label=_("哪里"), widget=LongSelect)
    scope = forms.ChoiceField(label=_("范围"), choices=Vote.Scope.choices)
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("比如：12号院3号楼2单元加装电梯。"))
    organizer = forms.CharField(label=_("谁组织"), max_length=80, help_text=_("业主委员会、物业管理委员会，或者居委会。"))
    motion = forms.CharField(label=_("表决什么"), max_length=160, help_text=_("写成可以回答“同意”或“反对”的一句话。"))
    kind = forms.ChoiceField(
        label=_("哪一类"),
        choices=list(MATTERS.items()),
        help_text=_("适用哪条法律由截止那一天决定：2021年1月1日起按《民法典》，以前按《物权法》。"),
    )
    opens_at = MomentField(label=_("开始"))
    closes_at = MomentField(label=_("截止"))
    objection_days = forms.IntegerField(
        label=_("结果公示几天"),
        min_value=1,
        max_value=90,
        initial=15,
        help_text=_("没有核实到本市的规定：15 天是照济南的办法先填的，请按当地规定改。"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = places(below=project.place).filter(level__in=SCOPES)
        self.fields["place"].queryset = inside  # type: ignore[attr-defined]
        self.fields["place"].initial = project.place_id


class MotionForm(ServiceForm):
    title = forms.CharField(label=_("表决什么"), max_length=160)
    kind = forms.ChoiceField(label=_("哪一类"), choices=list(MATTERS.items()))


class ProxyForm(ServiceForm):
    owner: Any = forms.ModelChoiceField(None, label=_("委托人"), widget=LongSelect)
    name = forms.CharField(label=_("受托人"), max_length=80)
    given_at = MomentField(label=_("委托时间"), help_text=_("委托书上写的时间。"))
    scan = forms.FileField(label=_("委托书的照片"), required=False)

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Owner.objects.filter(vote=vote).order_by("name", "mark")  # type: ignore[attr-defined]
        self.fields["given_at"].initial = clock.now


class ObjectionForm(ServiceForm):
    text = forms.CharField(label=_("异议"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("提出人"), max_length=40, required=False, help_text=_("可以不留名。加密保存，不公布。"))


class AnswerForm(ServiceForm):
    upheld = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("no", _("不成立")), ("yes", _("成立"))],
        coerce=lambda value: value == "yes",
        help_text=_("成立的，这次表决只能作废，改正以后重新表决。"),
    )
    answer = forms.CharField(label=_("答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CancelForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=200)
