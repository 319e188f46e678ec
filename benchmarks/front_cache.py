"""Requests per second that nginx answers from its cache, beside the same bytes as a file.

    PYTHONPATH=.:site python -m benchmarks.front_cache [--seconds 5] [--bytes 9000]

Needs nginx with its modules, openssl and wrk. The configuration is that of `deploy/nginx`, without
HTTPS, which would cost both the same. They are measured in turns; the best of three counts.
"""

import argparse
import os
import re
import subprocess
import tempfile
from pathlib import Path

from tests.deploy.nginx import running_nginx
from tests.deploy.origin import running_origin
from tests.servers import SITE_HOST, free_port

PAGE, FILE = "/en/stories/a-year-elsewhere/", "/static/page.0123456789ab.html"
CONNECTIONS, ROUNDS = 16, 3
ACCEPTED = "Accept-Encoding: br, gzip"


def main():
    options = read_options()
    body = os.urandom(options.bytes)
    with tempfile.TemporaryDirectory(prefix="diptych-nginx-") as folder, running_origin() as origin:
        origin.headers |= {"Content-Type": "text/html", "Content-Encoding": "br"}
        origin.body = body
        file = Path(folder) / FILE.removeprefix("/")
        file.parent.mkdir()
        file.write_bytes(body)
        (file.parent / f"{file.name}.br").write_bytes(body)
        port = free_port()
        with running_nginx(Path(folder), origin.port, plain_port=port) as nginx:
            rates = measure(nginx, port, body, options.seconds)
    print(f"{options.bytes} bytes, {CONNECTIONS} connections, requests per second:")
    for name, rate in rates.items():
        print(f"  {name:<20} {rate:>8.0f}")
    print(f"  the cache reaches {rates['cached page'] / rates['file']:.2f} of the file")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--bytes", type=int, default=9000)
    return parser.parse_args()


def measure(nginx, port, body, seconds):
    """The best rates of a page from the cache and of the file, by name."""
    for path in (PAGE, FILE):
        answer = nginx.get(path, Accept_Encoding="br, gzip")
        assert (answer.status, answer.body) == (200, body), (path, answer.status)
    rates = {}
    for _round in range(ROUNDS):
        for name, path in (("cached page", PAGE), ("file", FILE)):
            rates[name] = max(rates.get(name, 0), rate_of(port, path, seconds))
    assert nginx.get(PAGE, Accept_Encoding="br, gzip").headers["X-Cache"] == "HIT"
    return rates


def rate_of(port, path, seconds):
    """Requests per second, as wrk counts them; errors stop the benchmark."""
    command = ["wrk", "--threads", "1", "--connections", CONNECTIONS, "--duration", f"{seconds}s"]
    command += ["--header", f"Host: {SITE_HOST}", "--header", ACCEPTED]
    command += [f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(map(str, command), capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said and "Socket errors" not in said, said
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    main()
