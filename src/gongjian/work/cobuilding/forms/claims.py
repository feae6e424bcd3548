"""What is asked at each step of a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Account
from gongjian.work.cobuilding.forms.fields import (
    PhotosField,
    QuantityField,
    day_field,
    long_text,
    own_organization_field,
    place_field,
)
from gongjian.work.cobuilding.kinds import Kind
from gongjian.work.cobuilding.models import Claim, Listing, Satisfaction


class ProposeForm(ServiceForm):
    """`listing` is what is claimed; as much as is left of it is suggested."""

    quantity = QuantityField(label=_("数量"))
    due_on = day_field(label=_("哪天前办到"), required=False)
    words = long_text(label=_("说一句"), required=False)

    def __init__(self, *args: Any, account: Account, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].initial = listing.left.value.normalize()
        self.fields["quantity"].help_text = _("还剩 %(left)s。") % {"left": listing.left}


class ClaimNeedForm(ProposeForm):
    def __init__(self, *args: Any, account: Account, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, account=account, listing=listing, **kwargs)
        self.fields["organization"] = own_organization_field(account)
        self.order_fields(["organization"])


class ClaimOfferForm(ProposeForm):
    def __init__(self, *args: Any, account: Account, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, account=account, listing=listing, **kwargs)
        self.fields["place"] = place_field(account)
        self.order_fields(["place"])


class ClaimForm(ServiceForm):
    """A step of `claim`."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(claim)

    def prepare(self, claim: Claim) -> None:
        """Initial values that follow from the claim."""


class WordsForm(ClaimForm):
    words = long_text(label=_("说一句"), required=False)


class ReportForm(WordsForm):
    photos = PhotosField()


class ReasonForm(ClaimForm):
    reason = long_text(label=_("原因"))


class AcceptForm(ClaimForm):
    delivered = QuantityField(label=_("实收多少"))
    receipt_number = forms.CharField(
        label=_("捐赠收据号"),
        max_length=40,
        required=False,
        help_text=_("已经在捐赠登记里收过的，写收据号，就不再记一次事迹。"),
    )
    words = long_text(label=_("说一句"), required=False)
    photos = PhotosField()

    def prepare(self, claim: Claim) -> None:
        self.fields["delivered"].initial = claim.quantity.normalize()
        hint = _("说好的是 %(amount)s。少收的会退回清单，别人可以接着认领。")
        self.fields["delivered"].help_text = hint % {"amount": claim.amount}
        if claim.kind not in (Kind.GOODS, Kind.FUNDS):
            del self.fields["receipt_number"]


class RateForm(ClaimForm):
    satisfaction = forms.ChoiceField(label=_("办得怎么样"), choices=Satisfaction.choices, widget=forms.RadioSelect)
    words = long_text(label=_("说一句"), required=False)
