"""The signed roots as an Atom feed: whoever keeps it can later show that the log was not rewritten."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page
from gongjian.ledger.models import Seal


class SealFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def title(self) -> str:
        return _("事迹台账的封存")

    def link(self) -> str:
        return reverse("ledger:transparency")

    def subtitle(self) -> str:
        return _("每次封存的根和签名。留着它，以后就能查出台账有没有被重写。")

    def items(self) -> QuerySet[Seal]:
        return Seal.objects.order_by("-size")[:50]

    def item_title(self, item: Seal) -> str:
        return _("%(size)s 条记录，根 %(root)s") % {"size": item.size, "root": item.root}

    def item_description(self, item: Seal) -> str:
        return f"size={item.size} root={item.root} key={item.key_id} signature={item.signature}"

    def item_link(self, item: Seal) -> str:
        return reverse("ledger:seal", args=[item.size])

    def item_pubdate(self, item: Seal) -> datetime:
        return item.sealed_at


@page("ledger.transparency", methods=("GET", "HEAD"))
def feed(request: HttpRequest) -> HttpResponse:
    return SealFeed()(request)
