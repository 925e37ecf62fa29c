"""Where a request comes from, as far as throttling needs it: the address itself is never stored."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.utils.crypto import salted_hmac

IPV6_PREFIX = 56  # what providers give to one household
LETTERS = 32


def network_of(request):
    """A keyed digest of the caller's network: one address of IPv4, a /56 of IPv6."""
    network = _network(_address(request))
    return salted_hmac("portal.intake.networks", network, algorithm="sha256").hexdigest()[:LETTERS]


def _address(request):
    """What the outermost of our own proxies has seen; whatever stands before that anybody can write."""
    proxies = getattr(settings, "PORTAL_PROXIES", 0)
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    found = _parse(seen[-proxies]) if 0 < proxies <= len(seen) else None
    return found or _parse(request.META.get("REMOTE_ADDR", ""))


def _parse(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _network(address):
    """Empty for a request that comes through a socket of the machine."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
    return str(address or "")
