"""Which inbox, from the environment; see docs/operators/mailbox.md."""

import ipaddress
import os
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongjian.registry.models import Office

PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True)
class Inbox:
    """`scheme` imaps: TLS from the first byte; imap: STARTTLS, or in clear on this machine itself."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"

    @property
    def is_local(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def inbox() -> Inbox | None:
    """None where none is configured. Raises ImproperlyConfigured, without the password."""
    address = os.environ.get("GONGJIAN_MAILBOX", "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = None, 0
    if parts is None or not (parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured("GONGJIAN_MAILBOX is not imaps://user:password@host:port/FOLDER")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Inbox(parts.scheme, parts.hostname, port, unquote(parts.username), unquote(parts.password), folder)


def receiving_office() -> Office:
    """By GONGJIAN_MAILBOX_OFFICE, or the only one. Raises ImproperlyConfigured."""
    code = os.environ.get("GONGJIAN_MAILBOX_OFFICE", "").strip()
    found = list(Office.objects.filter(code=code) if code else Office.objects.all()[:2])
    if len(found) != 1:
        raise ImproperlyConfigured("GONGJIAN_MAILBOX_OFFICE must be the code of the office that gets the mail")
    return found[0]
