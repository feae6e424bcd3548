"""How strangers reach the office from paper."""

from django.conf import settings

from gongjian.registry.models import Office


def absolute(office: Office, path: str) -> str:
    """With the office's public address in front, for QR codes: its own host name, else the installation's origin."""
    if office.hostnames:
        return f"{'https' if settings.BEHIND_TLS else 'http'}://{office.hostnames[0]}{path}"
    origin = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
    return f"{origin.rstrip('/')}{path}"
