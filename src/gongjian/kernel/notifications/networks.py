"""No channel reaches into the server's own network, unless the operator opens a part of it."""

import ipaddress
import socket

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_public(host: str) -> None:
    """Raises Invalid unless every address of `host` is public or in NOTIFICATION_NETWORKS."""
    networks = [ipaddress.ip_network(network) for network in settings.NOTIFICATION_NETWORKS]
    for address in _addresses(host):
        if not _is_public(address) and not any(address in network for network in networks):
            raise Invalid(_("这个地址在服务器自己的网络里，不能往那里发。"), code="address-private", field="url")


def _addresses(host: str) -> set[Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Invalid(_("找不到这台服务器，请核对地址。"), code="address-unknown", field="url") from error
    return {_plain(ipaddress.ip_address(str(entry[4][0]).split("%")[0])) for entry in found}


def _plain(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast
