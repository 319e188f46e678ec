"""Settings for a public server, configured by environment variables.

All variables are read before a fault is reported, so that one message names all missing and
malformed ones. What ``#:`` says above each becomes a row of docs/reference/environment.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

import django

from config import environment, security
from config.environment import (
    Environment,
    boolean,
    email_address,
    email_server,
    from_json,
    https_address,
    integer,
    long_enough,
    strings,
)
from operations.accounts import second_factor as accounts

from .base import *  # noqa: F403
from .base import (
    DATABASE_LIMITS,
    EMAIL_TIMEOUT,
    INSTALLED_APPS,
    MAIL_TRANSPORT,
    MIDDLEWARE,
    POSTGRESQL_APP,
    POSTGRESQL_OPTIONS,
    RETENTION_DAYS,
    SQLITE_OPTIONS,
    STATIC_ROOT,
    TASKS,
    VAR,
)

DAY = 24 * 60 * 60
YEAR = 365 * DAY

env = Environment()

# Required

#: Signs sessions and links, and encrypts second factors: 50 random characters or more. A fresh one
#: comes from `python -c "import secrets; print(secrets.token_urlsafe(64))"`.
SECRET_KEY = env.read("SECRET_KEY", long_enough(50))

#: The hosts that are answered, with commas.
#: Example: `journal.example,www.journal.example`
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS", long_enough(1, strings))

#: The address of the site, for links in mail.
#: Example: `https://journal.example`
WAGTAILADMIN_BASE_URL = env.read("SITE_ADDRESS", https_address)

#: The sender of mail.
#: Example: `desk@journal.example`
DEFAULT_FROM_EMAIL = env.read("DEFAULT_FROM_EMAIL", email_address)

#: The database.
#: Example: `postgresql://diptych:…@localhost/diptych` or `sqlite:////srv/diptych/journal.sqlite3`
database = env.read("DATABASE_URL", environment.database)

#: The mail server; `?timeout=30` gives it other than ten seconds to answer.
#: Example: `submission://user:password@mail.example`
mail = env.read("EMAIL_URL", email_server)

# Where uploads are stored: in a bucket, which several servers share, or in a folder.

#: Uploads are in this bucket of an S3-compatible object storage, instead of `MEDIA_ROOT`, see
#: docs/deployment.md#several-web-servers.
#: Example: `diptych-media`
media_bucket = env.read("MEDIA_BUCKET", str, "")
if media_bucket:
    #: The address of the object storage. boto3 and its tools read it too, and `AWS_ACCESS_KEY_ID`,
    #: `AWS_SECRET_ACCESS_KEY` and `AWS_DEFAULT_REGION` beside it.
    storage_service = env.read("AWS_ENDPOINT_URL_S3", str, "")

    #: Where readers find pictures; with a bucket only.
    #: Example: `https://media.journal.example/`
    media_address = env.read("MEDIA_ADDRESS", https_address)
else:
    #: The folder of uploads, unless they are in a bucket.
    #: Example: `/srv/diptych/media`
    MEDIA_ROOT = env.read("MEDIA_ROOT", Path)

# Optional

#: The folder of collected files; `var/static` by default.
#: Example: `/srv/diptych/static`
STATIC_ROOT = env.read("STATIC_ROOT", Path, STATIC_ROOT)

#: Where forms may come from; by default the allowed hosts and `SITE_ADDRESS`.
#: Example: `https://journal.example`
CSRF_TRUSTED_ORIGINS = env.read("CSRF_TRUSTED_ORIGINS", strings, [])

#: Seconds for which a reader’s request waits for a statement on PostgreSQL, or for a lock on
#: SQLite; 5 by default, 0 for no limit. Not with `PREPARED_STATEMENTS=false` on PostgreSQL, where
#: the pool has limits of its own.
#: Example: `10`
readers_limit = env.read("DATABASE_LIMIT", integer(0), DATABASE_LIMITS["readers"])

#: True by default, for PostgreSQL; turn it off behind PgBouncer, unless that is 1.21 or newer with
#: `ignore_startup_parameters = options`.
#: Example: `false`
prepared_statements = env.read("PREPARED_STATEMENTS", boolean, True)

#: True when a proxy ends HTTPS and sets `X-Forwarded-Proto` and `X-Forwarded-For` itself.
#: Example: `true`
behind_proxy = env.read("BEHIND_HTTPS_PROXY", boolean, False)

#: The cache that several servers share, see docs/deployment.md#several-web-servers.
#: Example: `redis://cache.internal:6379/1`
shared_cache = env.read("REDIS_URL", str, "")

#: A folder for rendered pages, `var/pages` by default; not used with Redis.
#: Example: `/var/cache/diptych`
page_folder = env.read("PAGE_CACHE", Path, VAR / "pages")
seconds = integer(0)
page_cache_control = {
    #: Seconds for which browsers may show a page without asking; 0 by default, see docs/caching.md.
    #: Example: `60`
    "max-age": env.read("PAGE_MAX_AGE", seconds, 0),
    #: The same for caches before the site; 0 by default. Example: `3600`
    "s-maxage": env.read("PAGE_SHARED_MAX_AGE", seconds, 0),
    #: Seconds for which both may show it while they ask; 0 by default. Example: `60`
    "stale-while-revalidate": env.read("PAGE_STALE_WHILE_REVALIDATE", seconds, 0),
    #: Seconds for which both may show it while the site fails; a day by default. Example: `60`
    "stale-if-error": env.read("PAGE_STALE_IF_ERROR", seconds, DAY),
}

#: The headers by which a CDN gets the tags of a page, with commas: `Cache-Tag`, `Surrogate-Key`;
#: see docs/caching.md#tags-for-caches-in-front.
#: Example: `Cache-Tag`
DIPTYCH_PAGES_TAG_HEADERS = env.read("PAGE_TAG_HEADERS", strings, [])

#: Background tasks wait in the database for a worker, see docs/deployment.md#several-web-servers.
#: Example: `true`
task_worker = env.read("TASK_WORKER", boolean, False)

#: nginx or another cache that understands `PURGE`; several with commas, see
#: docs/deployment.md#what-is-purged.
#: Example: `http://127.0.0.1:8081`
front_caches = env.read("FRONT_CACHE", strings, [])

#: A CDN, in JSON, as
#: [Wagtail](https://docs.wagtail.org/en/stable/reference/contrib/frontendcache.html) describes it.
#: Example: `{"cloudflare": {"BACKEND":
#: "diptych.articles.delivery.frontend_cache.CloudflareBackend", …}}`
front_cache_backends = env.read("FRONT_CACHE_BACKENDS", from_json, {})
prefixes = bool(front_caches) and not front_cache_backends

#: Whether all of these caches know an asterisk at the end of an address; by default true with
#: `FRONT_CACHE` alone.
#: Example: `true`
DIPTYCH_PURGE_PREFIXES = env.read("FRONT_CACHE_PREFIXES", boolean, prefixes)

#: 8 to 128 letters, digits and hyphens: tells search engines that take part in IndexNow what has
#: been published, see docs/findable.en.md#for-whoever-runs-the-site.
DIPTYCH_INDEXNOW_KEY = env.read("INDEXNOW_KEY", str, "")

#: The machine that drafts translations, in JSON, see
#: docs/guide-translators.en.md#drafts-by-a-machine.
#: Example: `{"PROVIDER": "libretranslate", "URL": "https://translate.example.org"}`
translation_machine = env.read("TRANSLATION_MACHINE", environment.translation_machine, {})
#: Its key.
translation_machine_key = env.read("TRANSLATION_MACHINE_KEY", str, "")
DIPTYCH_TRANSLATION_MACHINE = {**(translation_machine or {}), "KEY": translation_machine_key}

#: Dictionaries of Hunspell, in JSON, see docs/guide-translators.en.md#likely-faults.
#: Example: `{"fr": "/usr/share/hunspell/fr"}`
DIPTYCH_SPELLING = env.read("SPELLING", environment.json_object, {})
#: A server of LanguageTool, in JSON, see docs/guide-translators.en.md#likely-faults.
#: Example: `{"URL": "http://localhost:8010", "LANGUAGES": {"en": "en-GB"}}`
DIPTYCH_LANGUAGE_TOOL = env.read("LANGUAGE_TOOL", environment.json_object, {})

#: The groups that have to use a second factor, with commas; `*` for everybody.
#: Example: `Moderators`
SECOND_FACTOR_GROUPS = env.read("SECOND_FACTOR_GROUPS", strings, [])

#: For how many days personal data is kept, in JSON, see docs/privacy.md.
#: Example: `{"history": 730}`
retention = env.read("RETENTION_DAYS", environment.retention, {})
RETENTION_DAYS = {**RETENTION_DAYS, **(retention or {})}

#: A provider of OpenID Connect, in JSON, see docs/deployment.md#accounts.
#: Example: `{"name": "edu-ID", "server_url": …}`
identity_provider = env.read("SINGLE_SIGN_ON", environment.identity_provider, None)

#: Codes or security keys after the password, see docs/deployment.md#accounts; by default where
#: `SECOND_FACTOR_GROUPS` are named.
#: Example: `true`
second_factor = env.read("SECOND_FACTOR", boolean, bool(SECOND_FACTOR_GROUPS))

#: `DEBUG`, `INFO` (by default), `WARNING` or `ERROR`; logs go to standard output.
#: Example: `WARNING`
log_level = env.read("LOG_LEVEL", environment.log_level, "INFO")

#: Logs as JSON instead of lines; false by default.
#: Example: `true`
log_format = "json" if env.read("LOG_JSON", boolean, False) else "line"

#: Whether each request is logged; true by default.
#: Example: `false`
access_log = env.read("ACCESS_LOG", boolean, True)

#: 20 random characters or more: numbers for Prometheus at `/metrics`, for whoever sends the token,
#: see docs/running.md#measure. Needs `requirements-production.txt`.
METRICS_TOKEN = env.read("METRICS_TOKEN", long_enough(20), "")

#: Who gets errors by mail: several with commas.
#: Example: `it@journal.example`
administrators = env.read("ADMINS", environment.email_addresses, [])

#: Where errors are sent, by Sentry’s protocol; needs `requirements-production.txt`.
#: Example: `https://…@sentry.example/1`
sentry_dsn = env.read("SENTRY_DSN", environment.sentry_address, "")

# A day is short enough to recover from a mistake.
#: For how long browsers remember that the site has HTTPS only, in seconds; a day by default. Raise
#: it once HTTPS has held, see docs/deployment.md#nginx.
#: Example: `31536000`
SECURE_HSTS_SECONDS = env.read("HSTS_SECONDS", integer(1), DAY)

#: True by default; `false` for domains with hosts that still speak HTTP.
#: Example: `false`
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.read("HSTS_INCLUDE_SUBDOMAINS", boolean, True)

#: Whether browsers may have the domain built in; true by default.
#: Example: `false`
SECURE_HSTS_PRELOAD = env.read("HSTS_PRELOAD", boolean, True)

env.check()

# Transport

SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# A leading dot in ALLOWED_HOSTS means all subdomains, which an origin writes with an asterisk. The
# site's own address may have a port, which a proxy leaves out of the host.
hosts = [f"*{host}" if host.startswith(".") else host for host in ALLOWED_HOSTS if host != "*"]
hosts.append(urlsplit(WAGTAILADMIN_BASE_URL).netloc)
CSRF_TRUSTED_ORIGINS = CSRF_TRUSTED_ORIGINS or [f"https://{host}" for host in dict.fromkeys(hosts)]
if behind_proxy:
    # Only for a proxy that sets or removes these headers in every request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"

# Data

if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
elif database["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS = [*INSTALLED_APPS, POSTGRESQL_APP]
    # Two seconds are libpq's least. A parameter of DATABASE_URL takes precedence.
    database["OPTIONS"] = {"connect_timeout": 2, **database.get("OPTIONS", {})}
    if prepared_statements:
        own_options = database["OPTIONS"]
        connection_options = (
            f"{POSTGRESQL_OPTIONS['options']} {own_options.get('options', '')}".strip()
        )
        database["OPTIONS"] = {**POSTGRESQL_OPTIONS, **own_options, "options": connection_options}
DATABASES = {"default": database}

# How long a request waits for the database, in seconds. Pools that give each transaction another
# connection, for which prepared statements are switched off, have limits of their own.

has_limits = readers_limit and (prepared_statements or database["ENGINE"].endswith("sqlite3"))
editors_limit = max(readers_limit, DATABASE_LIMITS["editors"])
DATABASE_LIMITS = {
    "readers": readers_limit if has_limits else 0,
    "editors": editors_limit if has_limits else 0,
}

if shared_cache:
    redis = {"BACKEND": "operations.redis_cache.CircuitBreakerRedisCache", "LOCATION": shared_cache}
    serializer = {"serializer": "diptych.articles.caching.backends.BytesSerializer"}
    CACHES = {
        "default": redis,
        "pages": {**redis, "KEY_PREFIX": "pages", "OPTIONS": serializer},
    }
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {
            "BACKEND": "diptych.articles.caching.backends.PagesOnDisk",
            "LOCATION": str(page_folder),
        },
    }

# Pages for anonymous readers: kept here until they change, or for an hour; by browsers and caches
# in between for the seconds of these variables.

DIPTYCH_PAGES_CACHE_CONTROL = page_cache_control

# Instead of a thread of the server, `manage.py db_worker --backend background` runs the tasks, on
# one or more servers.

if task_worker:
    INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
    queue = {"BACKEND": "operations.task_queue.QueueBackend"}
    TASKS = {alias: queue for alias in ("background", *TASKS)} | {"default": TASKS["default"]}

# Caches in front of the site, which are purged after changes: those that understand PURGE, by
# their addresses, and others as `WAGTAILFRONTENDCACHE` describes them.

if front_caches or front_cache_backends:
    INSTALLED_APPS = [*INSTALLED_APPS, "diptych.articles.delivery.frontend_cache.FrontCacheConfig"]
    purging = "diptych.articles.delivery.frontend_cache.HTTPBackend"
    WAGTAILFRONTENDCACHE = {
        **{address: {"BACKEND": purging, "LOCATION": address} for address in front_caches},
        **front_cache_backends,
    }

# A second factor after the password, or a provider instead of it:
# `operations.accounts.second_factor`.

if second_factor or identity_provider:
    vars().update(accounts.SETTINGS)
    INSTALLED_APPS = [*INSTALLED_APPS, *accounts.APPS]
    MIDDLEWARE = [*MIDDLEWARE, *accounts.MIDDLEWARE]
    CACHES |= accounts.caches(shared_cache and CACHES["default"])
else:
    STATICFILES_DIRS = accounts.static_folders()
if identity_provider:
    vars().update(accounts.provider_settings(identity_provider))
    INSTALLED_APPS = [*INSTALLED_APPS, *accounts.PROVIDER_APPS]

# Files: WhiteNoise serves the collected static files, with hashes in their names, compressed in
# advance. GZipMiddleware compresses pages, after all other middleware has processed them.

limits = ["operations.outages.limits.DatabaseLimitMiddleware"] if has_limits else []
measuring = ["operations.monitoring.metrics.MetricsMiddleware"] if METRICS_TOKEN else []
MIDDLEWARE = [
    MIDDLEWARE[0],
    *measuring,
    "operations.monitoring.requests.RequestLogMiddleware",
    *limits,
    *MIDDLEWARE[1:4],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    *MIDDLEWARE[4:],
]
STORAGES = {
    "default": {"BACKEND": "operations.outages.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The bucket is private, except for pictures: documents are fetched by the site, which checks who
# may read them. boto3 reads keys, region and the address of the service from its own variables.

if media_bucket:
    media = urlsplit(media_address)
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": media_bucket,
            "custom_domain": f"{media.netloc}{media.path}".rstrip("/"),
            "file_overwrite": False,
            # Services of one's own seldom have a name for each bucket.
            "addressing_style": "path" if storage_service else None,
            "querystring_auth": False,
            # Names change with the contents.
            "object_parameters": {"CacheControl": f"public, max-age={YEAR}, immutable"},
        },
    }
    MEDIA_URL = f"{media_address.rstrip('/')}/"
    WAGTAILDOCS_SERVE_METHOD = "serve_view"
    security.allow_pictures_from(f"https://{media.netloc}")

# E-mail: EMAIL_HOST and the other names that Django's backends read.

MAIL_TRANSPORT = DIPTYCH_NEWSLETTER_BACKEND = mail.pop("EMAIL_BACKEND", MAIL_TRANSPORT)
mail["EMAIL_TIMEOUT"] = mail["EMAIL_TIMEOUT"] or EMAIL_TIMEOUT
vars().update(mail)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Errors are mailed and sent to Sentry without anything that people wrote.

# Before Django 6.0 an entry is a pair of a name and an address.
ADMINS = administrators if django.VERSION >= (6, 0) else [("", each) for each in administrators]
handlers = ["stdout", "mail"] if administrators else ["stdout"]
ERRORS_ARE_REPORTED = bool(sentry_dsn)
if sentry_dsn:
    from operations.monitoring.errors import start_sentry

    start_sentry(sentry_dsn)

# Logs go to standard output, for the process manager.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "outages": {"()": "operations.outages.logs.OutageFilter"},
        "request": {"()": "operations.monitoring.requests.RequestFilter"},
    },
    "formatters": {
        "line": {
            "()": "operations.monitoring.requests.LineFormatter",
            "format": "{asctime} {levelname} {name} [{request_id} {user_id} {language}] {message}",
            "style": "{",
        },
        "json": {
            "()": "operations.monitoring.requests.JSONFormatter",
            "format": "{levelname}{name}{request_id}{user_id}{language}{message}",
            "style": "{",
            "timestamp": True,
        },
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": log_format,
            "stream": "ext://sys.stdout",
        },
        "mail": {
            "class": "operations.monitoring.errors.ThrottledMailHandler",
            "filters": ["request"],
            "level": "ERROR",
        },
    },
    "root": {"handlers": handlers, "level": log_level},
    "loggers": {
        "django": {"handlers": handlers, "level": log_level, "propagate": False},
        "django.request": {"filters": ["outages"]},
        "journal.access": {"level": log_level if access_log else "WARNING"},
    },
}
