"""The containers of `deploy/`, as far as they can be tried without an image."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from operations.guides import DOCS
from tests.servers import ROOT, need_servers, production_environment

pytestmark = pytest.mark.servers

DEPLOY = ROOT / "deploy"
ENTRYPOINT = DEPLOY / "entrypoint.sh"


@pytest.fixture
def compose():
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_one_container_is_all_by_default(compose):
    by_default = [name for name, each in compose["services"].items() if not each.get("profiles")]
    assert by_default == ["journal"]
    full = {"site", "worker", "timer", "database", "cache", "storage", "storage-bucket"}
    assert set(compose["services"]) == {"journal", *full}


def test_only_nginx_is_published(compose):
    published = {name for name, each in compose["services"].items() if each.get("ports")}
    assert published == {"journal"}
    assert compose["services"]["journal"]["ports"] == ["80:80", "443:443"]


def test_what_containers_do_is_in_the_entrypoint(compose):
    known = set(re.findall(r"^    ([a-z-]+)\)$", ENTRYPOINT.read_text(), re.MULTILINE))
    ours = [each for each in compose["services"].values() if "diptych" in each["image"]]
    commands = {re.sub(r"\$\{.*:-(.*)\}", r"\1", each["command"]) for each in ours}
    assert commands == {"all", "site", "worker", "timer"}
    assert commands <= known
    examples = (DEPLOY / "full.env.example").read_text()
    assert re.search(r"^JOURNAL_RUNS=(.*)$", examples, re.MULTILINE)[1] in known


def test_variables_of_containers_are_those_of_the_settings_or_the_entrypoint(compose):
    settings = ROOT / "site" / "config" / "settings" / "production.py"
    documented = f"DJANGO_SETTINGS_MODULE {settings.read_text()}{ENTRYPOINT.read_text()}"
    sites = [each for each in compose["services"].values() if "diptych" in each["image"]]
    names = {name for each in sites for name in each["environment"]}
    names |= set(re.findall(r"^([A-Z_0-9]+)=", (DEPLOY / "site.env.example").read_text(), re.M))
    assert {name for name in names if name not in documented} == set()


def test_the_image_is_made_of_files_that_are_there():
    lines = re.findall(r"^COPY (.*) \S+$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert lines
    for path in " ".join(lines).split():
        assert (ROOT / path).exists(), path


def test_the_guides_of_the_admin_are_in_the_image():
    guides = DOCS.relative_to(ROOT)
    assert f"COPY {guides} {guides}\n" in (DEPLOY / "Containerfile").read_text()


@pytest.mark.parametrize("bucket, port", [(False, ""), (True, ":8443")])
def test_the_entrypoint_configures_nginx(tmp_path, bucket, port):
    need_servers("nginx", "openssl")
    shutil.copytree(DEPLOY / "nginx", tmp_path / "nginx")
    environment = {
        **os.environ,
        "SITE_ADDRESS": f"https://revue.example{port}/",
        "NGINX_FOLDER": str(tmp_path / "nginx"),
        "CERTIFICATES": str(tmp_path / "certificates"),
        "SITE_SERVER": "127.0.0.2:8000",
        "ADMIN_SERVER": "127.0.0.2:8001",
        "PURGE_LISTEN": "0.0.0.0:8081",
    }
    if bucket:
        environment |= {"MEDIA_BUCKET": "revue", "AWS_ENDPOINT_URL_S3": "http://127.0.0.3:9000/"}
    subprocess.run(["sh", ENTRYPOINT, "configure-nginx"], env=environment, check=True)
    text = "".join(path.read_text() for path in (tmp_path / "nginx").glob("*.conf"))
    assert text.count("server_name revue.example;") == 2
    assert f"return 301 https://$host{port}$request_uri;" in text
    assert "server 127.0.0.2:8000;" in text
    assert "server 127.0.0.2:8001;" in text
    assert "server 127.0.0.2:8000 backup;" in text
    assert "listen 0.0.0.0:8081;" in text
    assert ("include media-bucket.conf;" in text) is bucket
    assert ("rewrite ^/media/(.*)$ /revue/$1 break;" in text) is bucket
    assert ("proxy_pass http://127.0.0.3:9000;" in text) is bucket
    main = tmp_path / "nginx" / "nginx.conf"
    main.write_text(
        main.read_text().replace("/run/nginx.pid", f"{tmp_path}/pid").replace("user www-data;", "")
    )
    http = tmp_path / "nginx" / "http.conf"
    http.write_text(http.read_text().replace("/var/cache/nginx/diptych", f"{tmp_path}/cache"))
    path = f"{os.environ['PATH']}:/usr/sbin"
    tested = subprocess.run(
        ["nginx", "-t", "-c", main],
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stderr.decode()


def test_servers_that_start_at_once_take_turns(tmp_path):
    environment = production_environment(tmp_path)
    command = [sys.executable, "manage.py", "prepare", "--verbosity", "0"]
    with open(tmp_path / "journal.sqlite3.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = [subprocess.Popen(command, cwd=ROOT, env=environment) for _number in range(2)]
        time.sleep(8)
        assert [each.poll() for each in waiting] == [None, None]
        fcntl.flock(lock, fcntl.LOCK_UN)
    assert [each.wait(timeout=300) for each in waiting] == [0, 0]
