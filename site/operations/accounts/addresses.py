"""The network address from which a request comes."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings


def client_address(request):
    """The IP address of the client, or ``None`` if it is not known, as with a Unix socket.

    ``CLIENT_ADDRESS_HEADER`` names the entry of ``request.META`` that the proxy in front of the
    site sets; of several addresses the last is the one that the proxy wrote. Without that setting
    no header is read, as a client could forge it. Of an IPv6 address only the network
    of 64 bits is kept, since one connection has all addresses in it.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    given = request.META.get(header or "REMOTE_ADDR") or ""
    try:
        address = ip_address(given.rpartition(",")[2].strip())
    except ValueError:
        return None
    return _network(address)


def _network(address: IPv4Address | IPv6Address):
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.version == 6:
        address = ip_network((int(address), 64), strict=False).network_address
    return str(address)
