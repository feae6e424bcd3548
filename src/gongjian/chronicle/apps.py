from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import RoomConfig


class ChronicleConfig(RoomConfig):
    name = "gongjian.chronicle"
    label = "chronicle"
    verbose_name = _("文稿")
    mount = "honor"

    def ready(self) -> None:
        from gongjian.chronicle.services import write_page_on_publication
        from gongjian.honors.signals import campaign_published

        campaign_published.connect(write_page_on_publication, dispatch_uid="chronicle.honor_page")
