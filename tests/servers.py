"""Servers that are processes of their own, for tests that need a real one."""

import socket
import time
import urllib.request

import pytest


def free_port():
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process):
    """Wait until the server that is ``process`` answers at ``address``."""
    for _attempt in range(300):
        assert process.poll() is None, "The server has stopped."
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server does not answer.")
