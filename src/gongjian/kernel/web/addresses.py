"""Where a request comes from. A header is believed only when a proxy of ours is known to have written it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's IP address, or what the outermost of `TRUSTED_PROXIES` own proxies saw; empty if there is none."""
    peer = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    candidate = forwarded[-proxies] if 0 < proxies <= len(forwarded) else peer
    return _valid(candidate) or _valid(peer)


def _valid(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""
