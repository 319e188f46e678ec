"""nginx with the configuration of `deploy/nginx`, in a folder and at ports of its own."""

import os
import shutil
import socket
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from tests.servers import ROOT, SITE_HOST, Answer, free_port, running, wait_for_port

CONFIGURATION = ROOT / "deploy" / "nginx"
PROGRAMS = ("nginx", "openssl")
#: Where nginx keeps what it receives, outside the folders of the machine.
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Nginx:
    """A running nginx: how to ask it as a reader, and as the site that purges."""

    folder: Path
    port: int
    purge_port: int
    admin_port: int

    def get(self, path, method="GET", host=SITE_HOST, body=None, **headers):
        """What a reader is answered; a header's name is written with `_` for `-`."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = _Connection("127.0.0.1", self.port, timeout=30, context=_trusting())
        return _ask(connection, method, path, {"Host": host, **headers}, body)

    def purge(self, path, method="PURGE"):
        """What the site is answered that says `path` has changed."""
        connection = HTTPConnection("127.0.0.1", self.purge_port, timeout=30)
        # As Wagtail's backend does, which reads nothing of the answer but its first line.
        headers = {"Host": SITE_HOST, "Connection": "close"}
        return _ask(connection, method, path, headers)

    def kept(self):
        """How many answers are kept."""
        return sum(path.is_file() for path in (self.folder / "cache").rglob("*"))


@contextmanager
def running_nginx(
    folder, site_port, bucket_port=None, purge_port=None, plain_port=None, admin_port=None
):
    """Run nginx before the site at ``site_port``; yields an :class:`Nginx`.

    With ``bucket_port``, pictures are in a bucket called `diptych` at that port; with
    ``plain_port``, pages are served there without HTTPS, too; with ``admin_port``, editors are
    answered by the site at that port.
    """
    nginx = Nginx(folder, free_port(), purge_port or free_port(), admin_port or site_port)
    _write_configuration(nginx, site_port, bucket_port)
    if plain_port:
        path = folder / "nginx" / "nginx.conf"
        listening = f"http2 on;\nlisten 127.0.0.1:{plain_port};"
        path.write_text(path.read_text().replace("http2 on;", listening))
    _make_certificate(folder)
    command = ["nginx", "-c", folder / "nginx" / "nginx.conf", "-g", "daemon off;"]
    with running(command, folder / "nginx.log") as process:
        wait_for_port(nginx.port, process)
        yield nginx


def _write_configuration(nginx, site_port, bucket_port):
    """Copy the configuration, with other ports and paths."""
    shutil.copytree(CONFIGURATION, nginx.folder / "nginx", dirs_exist_ok=True)
    (nginx.folder / "cache").mkdir(exist_ok=True)
    for path in (nginx.folder / "nginx").glob("*.conf"):
        text = path.read_text(encoding="utf-8")
        for old, new in _replacements(nginx, site_port, bucket_port).items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def _replacements(nginx, site_port, bucket_port):
    folder = nginx.folder
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in TEMPORARY)
    return {
        "user www-data;": "user root;" if os.geteuid() == 0 else "",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "\nhttp {": f"\nhttp {{\n{temporary}",
        "/var/cache/nginx/diptych": f"{folder}/cache",
        "/etc/ssl/diptych": str(folder),
        "root /srv/diptych": f"root {folder}",
        "server 127.0.0.1:8000": f"server 127.0.0.1:{site_port}",
        "server 127.0.0.1:8001": f"server 127.0.0.1:{nginx.admin_port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "listen 443": f"listen 127.0.0.1:{nginx.port}",
        "127.0.0.1:8081": f"127.0.0.1:{nginx.purge_port}",
        **(
            {"media-files.conf": "media-bucket.conf", "storage:9000": f"127.0.0.1:{bucket_port}"}
            if bucket_port
            else {}
        ),
    }


def _make_certificate(folder):
    """A certificate of the site that is signed by itself."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={SITE_HOST}"]
    command += ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    subprocess.run(command, check=True, capture_output=True)


class _Connection(HTTPSConnection):
    """A connection to this machine that asks for the site."""

    def connect(self):
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=SITE_HOST)


def _trusting():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _ask(connection, method, path, headers, body=None):
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()
