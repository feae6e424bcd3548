from typing import Any

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongjian.kernel"
    label = "kernel"
    verbose_name = "内核"

    def ready(self) -> None:
        from django_structlog.signals import bind_extra_request_metadata

        bind_extra_request_metadata.connect(_note_address, dispatch_uid="address")


def _note_address(request: Any, **kwargs: Any) -> None:
    """Log lines and audit entries of this request carry the address that `client_address` believes."""
    import structlog

    from gongjian.kernel.web.addresses import client_address

    structlog.contextvars.bind_contextvars(ip=client_address(request))
