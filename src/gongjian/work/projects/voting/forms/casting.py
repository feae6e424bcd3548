"""A flat's ballot: one choice for each motion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.projects.voting.forms.keeping import MomentField
from gongjian.work.projects.voting.models import Ballot, Flat, Motion, Owner, Proxy
from gongjian.work.projects.voting.services import Voice


class BallotForm(ServiceForm):
    """`seen_…` are hidden: the versions that stood on the page when it was opened."""

    def __init__(self, *args: Any, flat: Flat, current: dict[int, Ballot], masked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {title.owner_id: title.owner for title in flat.titles.all()}
        self.motions: list[Motion] = list(flat.vote.motions.all())
        if len(self.owners) > 1:
            names = [(pk, one.masked if masked else one.name) for pk, one in self.owners.items()]
            self.fields["owner"] = forms.TypedChoiceField(label=_("哪位业主"), choices=names, coerce=int)
        for motion in self.motions:
            known = current.get(motion.pk)
            self.fields[f"choice_{motion.pk}"] = forms.ChoiceField(
                label=motion.title,
                choices=Ballot.Choice.choices,
                widget=forms.RadioSelect,
                initial=known.choice if known else None,
            )
            self.fields[f"seen_{motion.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=known.version if known else 0
            )

    def voice(self, values: dict[str, Any]) -> Voice:
        choices = {motion.pk: values[f"choice_{motion.pk}"] for motion in self.motions}
        seen = {motion.pk: values[f"seen_{motion.pk}"] for motion in self.motions}
        return Voice(choices, self._owner(values), seen, values.get("proxy"))

    def _owner(self, values: dict[str, Any]) -> Owner | None:
        if "owner" in values:
            return self.owners[values["owner"]]
        return next(iter(self.owners.values()), None)


class OnlineForm(BallotForm):
    """By whoever holds the slip."""


class PaperForm(BallotForm):
    """From the box."""

    cast_at = MomentField(label=_("签票时间"), help_text=_("票上写的时间。截止以后签的不算。"))
    proxy: Any = forms.ModelChoiceField(None, label=_("由谁代投"), required=False, empty_label=_("业主本人"))
    scan = forms.FileField(
        label=_("纸质票的照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("留作凭据，不公开。"),
    )

    def __init__(self, *args: Any, flat: Flat, **kwargs: Any) -> None:
        super().__init__(*args, flat=flat, **kwargs)
        self.fields["cast_at"].initial = min(clock.now(), flat.vote.closes_at)
        written = Proxy.objects.filter(owner__in=self.owners).select_related("owner").order_by("pk")
        self.fields["proxy"].queryset = written  # type: ignore[attr-defined]
        if not written:
            del self.fields["proxy"]
