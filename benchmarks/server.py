"""A real server: processes and threads, as the site runs in production."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
PATIENCE = 60


@contextmanager
def running_server(log):
    """Serve the journal for as long as the block runs; yields ``(host, port)``.

    What the server writes goes to the file ``log``.
    """
    host, port = "127.0.0.1", free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--pythonpath", "site"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--timeout", "120"]
    command += ["--bind", f"{host}:{port}", "--log-level", "warning"]
    with (
        open(log, "wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_for_server(f"http://{host}:{port}/robots.txt", process)
            yield host, port
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_server(address, process, headers=None):
    """Wait until ``process`` answers a request for ``address``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("The server has stopped; see its log.")
        try:
            request = urllib.request.Request(address, headers=headers or {})
            with urllib.request.urlopen(request, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server does not answer.")
