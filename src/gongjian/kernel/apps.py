from typing import Any

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongjian.kernel"
    label = "kernel"
    verbose_name = "内核"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from django_structlog.signals import bind_extra_request_metadata

        from gongjian.kernel.kept import forget_in_request

        bind_extra_request_metadata.connect(_note_address, dispatch_uid="address")
        post_save.connect(forget_in_request, dispatch_uid="kept")
        post_delete.connect(forget_in_request, dispatch_uid="kept")


def _note_address(request: Any, **kwargs: Any) -> None:
    """Log lines and audit entries of this request carry the address that `client_address` believes."""
    import structlog

    from gongjian.kernel.web.addresses import client_address

    structlog.contextvars.bind_contextvars(ip=client_address(request))
