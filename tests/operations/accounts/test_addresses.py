"""The address that a request is counted for."""

import pytest
from django.test import RequestFactory

from operations.accounts.addresses import client_address


@pytest.mark.parametrize(
    ("connection", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", None),
        ("unix:", None),
    ],
)
def test_address_of_the_connection(connection, address):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=connection)) == address


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("made up, 203.0.113.1, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7, made up", None),
    ],
)
def test_address_that_a_proxy_names(settings, header, address):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    request = RequestFactory().get("/", headers={"x-forwarded-for": header})
    assert client_address(request) == address
