"""The settings of a public server, read as a server reads them: in a process of their own."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from wagtail.documents import get_document_model

from diptych.articles.languages.models.deleted_files import path_in_bin
from operations.accounts.second_factor import static_folders
from tests.programs import run_python

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.processes

NGINX = ROOT / "deploy" / "nginx"

REQUIRED = {
    "SECRET_KEY": "Zr8-kT2_wQ6vLm4xYb9sHd3nFg7pJc5aUe1iOo0tRyXzKqWv",
    "ALLOWED_HOSTS": "journal.example,.revue.example",
    "SITE_ADDRESS": "https://journal.example",
    "DEFAULT_FROM_EMAIL": "desk@journal.example",
    "EMAIL_URL": "submission://desk:secret@mail.example",
}


@pytest.fixture
def server(tmp_path):
    """The smallest environment that describes a server."""
    return {
        **REQUIRED,
        "SECRET_KEY": REQUIRED["SECRET_KEY"] * 2,
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/journal.sqlite3",
    }


def manage(environment, *arguments):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )


def read_setting(environment, name):
    answer = manage(
        environment,
        "shell",
        "--no-imports",
        "-c",
        f"from django.conf import settings as s; print(s.{name})",
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().splitlines()[-1]


@pytest.fixture
def collected(server):
    """``server`` with a manifest of all static files."""
    folder = Path(server["STATIC_ROOT"])
    folder.mkdir()
    found = [path for finder in get_finders() for path, _storage in finder.list([])]
    for root in static_folders():
        found += [path.relative_to(root).as_posix() for path in root.rglob("*.*")]
    manifest = {"paths": dict.fromkeys(found, "a"), "version": "1.1", "hash": "1"}
    (folder / "staticfiles.json").write_text(json.dumps(manifest))
    return server


def test_deployment_check_has_nothing_to_say(collected):
    answer = manage(collected, "check", "--deploy", "--fail-level", "WARNING")

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
    assert "silenced" not in answer.stdout.replace("(0 silenced)", "")


def test_deployment_check_names_static_files_that_were_not_collected(server):
    answer = manage(server, "check", "--deploy", "--fail-level", "WARNING")

    assert answer.returncode == 1
    assert answer.stderr.count("journal.W") == 1
    assert "journal.W003" in answer.stderr


def test_deployment_check_names_an_application_whose_files_are_missing(collected):
    manifest = Path(collected["STATIC_ROOT"]) / "staticfiles.json"
    kept = json.loads(manifest.read_text())
    del kept["paths"]["wagtailadmin/css/core.css"]
    manifest.write_text(json.dumps(kept))
    answer = manage(collected, "check", "--deploy", "--fail-level", "WARNING")
    assert answer.stderr.count("journal.W") == 1
    assert "wagtailadmin/css/core.css" in answer.stderr


def test_deployment_check_has_nothing_to_say_about_a_second_factor(collected):
    pytest.importorskip("allauth")
    provider = {"name": "ID", "server_url": "https://id.example", "client_id": "a", "secret": "b"}
    provider = json.dumps(provider)
    with_factor = {**collected, "SECOND_FACTOR_GROUPS": "Moderators", "SINGLE_SIGN_ON": provider}
    answer = manage(with_factor, "check", "--deploy", "--fail-level", "WARNING")

    assert answer.returncode == 0, answer.stderr
    assert read_setting(collected, "SECOND_FACTOR") == "False"
    assert "allauth" not in read_setting(collected, "INSTALLED_APPS")


def test_everything_missing_is_named_at_once():
    answer = manage({}, "check")

    assert answer.returncode != 0
    for name in [*REQUIRED, "MEDIA_ROOT", "DATABASE_URL"]:
        assert f"  {name}: " in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SITE_ADDRESS", "http://journal.example"),
        ("DATABASE_URL", "cupboard://left"),
        ("HSTS_SECONDS", "0"),
        ("DEFAULT_FROM_EMAIL", "desk"),
        ("LOG_LEVEL", "LOUD"),
        ("SINGLE_SIGN_ON", '{"name": "ID"}'),
    ],
)
def test_malformed_value_is_refused_without_being_shown(server, name, value):
    answer = manage({**server, name: value}, "check")

    assert answer.returncode != 0
    assert f"  {name}: " in answer.stderr
    assert f"  {name}: {value}" not in answer.stderr


@pytest.mark.parametrize("level", ["WARNING", "warning"])
def test_the_log_says_as_much_as_was_asked_for(server, level):
    logged = read_setting({**server, "LOG_LEVEL": level}, "LOGGING['root']['level']")

    assert int(logged) == logging.WARNING


def test_sqlite_waits_for_its_turn(server):
    options = read_setting(server, "DATABASES['default']['OPTIONS']")

    assert "IMMEDIATE" in options
    assert "journal_mode=WAL" in options


@pytest.mark.parametrize("asked", ["true", "false"])
def test_postgresql_plans_once_what_is_asked_again(server, asked):
    environment = {
        **server,
        "DATABASE_URL": "postgresql://diptych:secret@localhost/diptych",
        "PREPARED_STATEMENTS": asked,
    }
    options = read_setting(environment, "DATABASES['default'].get('OPTIONS')")

    assert ("'server_side_binding': True" in options) is (asked == "true")


def test_what_wagtail_needs_of_django_on_postgresql_is_installed(server):
    address = "postgresql://diptych:secret@localhost/diptych"
    applications = read_setting({**server, "DATABASE_URL": address}, "INSTALLED_APPS")

    assert "'django.contrib.postgres'" in applications


def test_what_the_address_of_postgresql_asks_for_is_kept(server):
    address = "postgresql://diptych:secret@localhost/diptych?options=-c%20search_path%3Djournal"
    options = read_setting({**server, "DATABASE_URL": address}, "DATABASES['default']['OPTIONS']")

    assert "-c jit=off -c search_path=journal" in options


def test_origins_follow_the_hosts(server):
    origins = read_setting(server, "CSRF_TRUSTED_ORIGINS")

    assert origins == "['https://journal.example', 'https://*.revue.example']"

    with_port = {**server, "SITE_ADDRESS": "https://journal.example:8443/"}
    assert "'https://journal.example:8443'" in read_setting(with_port, "CSRF_TRUSTED_ORIGINS")


def test_proxy_header_is_believed_only_when_asked(server):
    assert read_setting(server, "SECURE_PROXY_SSL_HEADER") == "None"

    behind_proxy = {**server, "BEHIND_HTTPS_PROXY": "true"}
    assert "HTTP_X_FORWARDED_PROTO" in read_setting(behind_proxy, "SECURE_PROXY_SSL_HEADER")


def test_static_files_are_packed_with_brotli(server, tmp_path):
    answer = manage(server, "collectstatic", "--no-input")

    assert answer.returncode == 0, answer.stderr
    assert list((tmp_path / "static" / "diptych").rglob("*.css.br"))


def test_nginx_leaves_documents_to_the_site(settings):
    """The site gives them out itself, to those who may read their collection."""
    Document = get_document_model()
    folder = Document._meta.get_field("file").upload_to
    rule = rf"location {settings.MEDIA_URL}{folder}/ {{\s+return 404;\s+}}"

    assert getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None) is None
    assert re.search(rule, (NGINX / "media-files.conf").read_text())


def test_nginx_sends_nobody_what_is_in_the_bin(settings):
    folder, _separator, _name = path_in_bin(None, "report.pdf").partition("/")
    rule = rf"location {settings.MEDIA_URL}{folder}/ {{\s+return 404;\s+}}"
    assert re.search(rule, (NGINX / "media-files.conf").read_text())


def test_nginx_lets_every_upload_through(settings):
    (allowed,) = re.findall(r"client_max_body_size (\d+)m;", (NGINX / "site.conf").read_text())

    # A form is a little larger than the file in it.
    largest = max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    assert int(allowed) * 1024 * 1024 > largest * 1.1


BUCKET = {"MEDIA_BUCKET": "diptych", "MEDIA_ADDRESS": "https://media.journal.example/files/"}


def test_uploads_are_in_a_folder_or_in_a_bucket(server):
    without = {name: value for name, value in server.items() if name != "MEDIA_ROOT"}
    assert "  MEDIA_ROOT: " in manage(without, "check").stderr

    no_address = manage({**without, "MEDIA_BUCKET": "diptych"}, "check")
    assert "  MEDIA_ADDRESS: " in no_address.stderr
    assert "  MEDIA_ROOT: " not in no_address.stderr


def test_pictures_of_a_bucket_may_be_shown_and_kept_and_documents_are_checked(server):
    pytest.importorskip("storages")
    answer = manage(
        {**server, **BUCKET},
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings as s; from config import security as c\n"
        "from django.core.files.storage import default_storage as d\n"
        "print(d.url('images/lac gelé.webp')); print(d.object_parameters['CacheControl'])\n"
        "print(s.WAGTAILDOCS_SERVE_METHOD, s.MEDIA_URL)\n"
        "print(c.READERS_POLICY['img-src'], c.EDITORS_POLICY['img-src'])",
    )
    assert answer.returncode == 0, answer.stderr
    address, kept, serving, policies = answer.stdout.strip().splitlines()
    assert address == "https://media.journal.example/files/images/lac%20gel%C3%A9.webp"
    assert "max-age=31536000" in kept
    assert serving == "serve_view https://media.journal.example/files/"
    assert policies.count("'https://media.journal.example'") == 2


def test_all_background_tasks_share_the_queue_of_the_worker(server):
    pytest.importorskip("django_tasks_db")
    answer = manage(
        {**server, "TASK_WORKER": "true"},
        "shell",
        "--no-imports",
        "-c",
        "from django_tasks import task_backends as b; from django.conf import settings\n"
        "print({b[alias].alias for alias in settings.TASKS if alias != 'default'})\n"
        "print(type(b['default']).__name__)",
    )
    assert answer.stdout.split() == ["{'background'}", "RequestBackend"], answer.stderr
    assert manage({**server, "TASK_WORKER": "true"}, "db_worker", "--help").returncode == 0


def test_an_unreachable_postgresql_is_not_waited_for(server):
    address = "postgresql://diptych:secret@localhost/diptych"
    read = "DATABASES['default']['OPTIONS']['connect_timeout']"

    assert read_setting({**server, "DATABASE_URL": address}, read) == "2"
    assert read_setting({**server, "DATABASE_URL": f"{address}?connect_timeout=5"}, read) == "5"


def test_nobody_waits_for_a_cache_in_front_of_the_site(server):
    code = """
from django.apps import apps
from django.conf import settings
from wagtail.signals import page_published
names = [receiver[1]().__module__ for receiver in page_published.receivers if receiver[1]()]
print(type(apps.get_app_config("wagtailfrontendcache")).__name__)
print(sorted(name for name in names if "front" in name))
print([each["BACKEND"] for each in settings.WAGTAILFRONTENDCACHE.values()])
print(settings.DIPTYCH_PURGE_PREFIXES)
"""
    environment = {**server, "FRONT_CACHE": "http://127.0.0.1:8081"}
    answer = manage(environment, "shell", "--no-imports", "-c", code)
    assert answer.stdout.splitlines()[-4:] == [
        "FrontCacheConfig",
        "['diptych.articles.delivery.frontend_cache']",
        "['diptych.articles.delivery.frontend_cache.HTTPBackend']",
        "True",
    ]


def test_asterisks_are_not_sent_to_what_may_not_know_them(server):
    backends = '{"cdn": {"BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend"}}'
    both = {**server, "FRONT_CACHE": "http://127.0.0.1:8081", "FRONT_CACHE_BACKENDS": backends}
    assert read_setting(both, "DIPTYCH_PURGE_PREFIXES") == "False"
    told = {**both, "FRONT_CACHE_PREFIXES": "true"}
    assert read_setting(told, "DIPTYCH_PURGE_PREFIXES") == "True"


def test_a_machine_that_translates_is_set_by_the_environment_here_and_in_development(
    server, tmp_path
):
    machine = {"TRANSLATION_MACHINE": '{"PROVIDER": "deepl"}', "TRANSLATION_MACHINE_KEY": "a-key"}
    expected = {"PROVIDER": "deepl", "KEY": "a-key"}
    assert read_setting({**server, **machine}, "DIPTYCH_TRANSLATION_MACHINE") == str(expected)
    show = "import json; from django.conf import settings as s"
    show += "; print(json.dumps(s.DIPTYCH_TRANSLATION_MACHINE))"
    variables = {**machine, "DIPTYCH_VAR": str(tmp_path)}
    done = run_python("-c", show, settings="config.settings.dev", **variables)
    assert json.loads(done.stdout) == expected, done.stderr
    variables["TRANSLATION_MACHINE"] = "[]"
    done = run_python("-c", show, settings="config.settings.dev", **variables)
    assert "TRANSLATION_MACHINE: Not a JSON object" in done.stderr


@pytest.mark.parametrize("name", ["SPELLING", "LANGUAGE_TOOL"])
def test_hints_on_translations_are_set_by_the_environment(server, name):
    value = {"URL": "http://localhost:8010"}
    assert read_setting({**server, name: json.dumps(value)}, f"DIPTYCH_{name}") == str(value)
    assert f"{name}: Not a JSON object" in manage({**server, name: "[]"}, "check").stderr
