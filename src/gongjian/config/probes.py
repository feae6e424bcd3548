"""What machines that look after the installation ask: is it alive, is it well, what are its numbers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django_prometheus.exports import ExportToDjangoView
from health_check.views import HealthCheckView

from gongjian.kernel.web.addresses import client_address


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for the addresses in GONGJIAN_METRICS_FROM only."""
    if client_address(request) not in settings.METRICS_FROM:
        return HttpResponse(status=403)
    exported: HttpResponse = ExportToDjangoView(request)
    return exported


urlpatterns = [
    path("healthz", HealthCheckView.as_view(checks=["health_check.checks.Database"]), name="health"),
    path("metrics", metrics, name="metrics"),
]
