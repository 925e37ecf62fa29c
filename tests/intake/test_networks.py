"""Which network a request comes from, told by a digest from which no address can be read."""

import re

import pytest
from django.test import RequestFactory

from portal.intake.networks import network_of


@pytest.fixture
def network(settings):
    """The network of a request with this address, which came through so many proxies of our own."""

    def find(address, forwarded=None, *, proxies=0):
        settings.PORTAL_PROXIES = proxies
        headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
        return network_of(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))

    return find


def test_a_network_is_a_digest_of_32_letters(network):
    assert re.fullmatch("[0-9a-f]{32}", network("203.0.113.7"))
    assert network("203.0.113.7") == network("203.0.113.7")


def test_the_digest_cannot_be_counted_out_without_the_secret_of_the_portal(network, settings):
    before = network("203.0.113.7")
    settings.SECRET_KEY = "another"
    assert network("203.0.113.7") != before


def test_each_address_of_ipv4_is_a_network(network):
    assert network("203.0.113.7") != network("203.0.113.8")
    assert network("::ffff:203.0.113.7") == network("203.0.113.7")


def test_a_household_of_ipv6_is_one_network(network):
    assert network("2001:db8:1:a200::1") == network("2001:db8:1:a2ff:ffff::9")
    assert network("2001:db8:1:a200::1") != network("2001:db8:1:a300::1")
    assert network("fe80::1%eth0") == network("fe80::1")


def test_what_the_sender_wrote_into_the_header_is_not_believed(network):
    direct = network("203.0.113.7")
    assert network("203.0.113.7", "198.51.100.1") == direct
    assert network("10.0.0.1", "198.51.100.1, 203.0.113.7", proxies=1) == direct
    assert network("10.0.0.1", "198.51.100.1,203.0.113.7 , 10.0.0.2", proxies=2) == direct


@pytest.mark.parametrize(
    ("forwarded", "proxies"),
    [(None, 1), ("", 1), ("unknown", 1), ("203.0.113.7:4711", 1), ("203.0.113.7", 2), ("203.0.113.7,", 1), (",,", 3)],
)
def test_a_header_that_says_nothing_leaves_the_address_of_the_connection(network, forwarded, proxies):
    assert network("10.0.0.1", forwarded, proxies=proxies) == network("10.0.0.1")


def test_a_request_without_an_address_has_a_network_too(network):
    assert re.fullmatch("[0-9a-f]{32}", network(""))
    assert network("") != network("10.0.0.1")
