"""Settings for a public server, configured by environment variables.

All variables are read before they are validated, so that one message names all missing and
malformed ones. README.md lists them with an example.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

from config import security

from .base import *  # noqa: F403
from .base import (
    INSTALLED_APPS,
    MIDDLEWARE,
    POSTGRESQL_APP,
    POSTGRESQL_OPTIONS,
    SQLITE_OPTIONS,
    STATIC_ROOT,
    TASKS,
    VAR,
)

DAY = 24 * 60 * 60
YEAR = 365 * DAY

env = Env(eager=False)

# Required

SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
WAGTAILADMIN_BASE_URL = env.str("SITE_ADDRESS", validate=validate.URL(schemes={"https"}))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", validate=validate.Email())
database = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
mail = env.dj_email_url("EMAIL_URL")

# Where uploads are stored: in a bucket, which several servers share, or in a folder.

media_bucket = env.str("MEDIA_BUCKET", "")
if media_bucket:
    storage_service = env.str("AWS_ENDPOINT_URL_S3", "")
    media_address = env.str("MEDIA_ADDRESS", validate=validate.URL(schemes={"https"}))
else:
    MEDIA_ROOT = env.path("MEDIA_ROOT")

# Optional

STATIC_ROOT = env.path("STATIC_ROOT", STATIC_ROOT)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
prepared_statements = env.bool("PREPARED_STATEMENTS", True)
behind_proxy = env.bool("BEHIND_HTTPS_PROXY", False)
shared_cache = env.str("REDIS_URL", "")
page_folder = env.path("PAGE_CACHE", VAR / "pages")
seconds = validate.Range(min=0)
page_cache_control = {
    "max-age": env.int("PAGE_MAX_AGE", 0, validate=seconds),
    "s-maxage": env.int("PAGE_SHARED_MAX_AGE", 0, validate=seconds),
    "stale-while-revalidate": env.int("PAGE_STALE_WHILE_REVALIDATE", 0, validate=seconds),
    "stale-if-error": env.int("PAGE_STALE_IF_ERROR", DAY, validate=seconds),
}
task_worker = env.bool("TASK_WORKER", False)
front_caches = env.list("FRONT_CACHE", [])
front_cache_backends = env.json("FRONT_CACHE_BACKENDS", {})
DIPTYCH_PURGE_PREFIXES = env.bool("FRONT_CACHE_PREFIXES", bool(front_caches))
log_level = env.log_level("LOG_LEVEL", "INFO")

# A day is short enough to recover from a mistake; raise it once HTTPS works reliably.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", DAY, validate=validate.Range(min=1))
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", True)

try:
    env.seal()
except EnvError as error:
    faults = [f"  {name}: {' '.join(said)}" for name, said in sorted(error.error_messages.items())]
    raise ImproperlyConfigured(
        "\n".join(["The environment does not describe this server:", *faults])
    ) from None

# Transport

SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = CSRF_TRUSTED_ORIGINS or [
    # A leading dot in ALLOWED_HOSTS means all subdomains, which an origin writes with an asterisk.
    f"https://{'*' if host.startswith('.') else ''}{host}"
    for host in ALLOWED_HOSTS
    if host != "*"
]
if behind_proxy:
    # Only for a proxy that sets or removes this header in every request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

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

if shared_cache:
    redis = {"BACKEND": "config.redis_cache.CircuitBreakerRedisCache", "LOCATION": shared_cache}
    serializer = {"serializer": "articles.caching.backends.BytesSerializer"}
    CACHES = {
        "default": redis,
        "pages": {**redis, "KEY_PREFIX": "pages", "OPTIONS": serializer},
    }
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {
            "BACKEND": "articles.caching.backends.PagesOnDisk",
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
    queue = {"BACKEND": "config.task_queue.QueueBackend"}
    TASKS = {alias: queue for alias in ("background", *TASKS)} | {"default": TASKS["default"]}

# Caches in front of the site, which are told what has changed: those that understand PURGE, by
# their addresses, and others as `WAGTAILFRONTENDCACHE` describes them.

if front_caches or front_cache_backends:
    INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.frontend_cache"]
    purging = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    WAGTAILFRONTENDCACHE = {
        **{address: {"BACKEND": purging, "LOCATION": address} for address in front_caches},
        **front_cache_backends,
    }

# Files: WhiteNoise serves the collected static files, with hashes in their names, compressed in
# advance. GZipMiddleware compresses pages, after all other middleware has processed them.

MIDDLEWARE = [
    *MIDDLEWARE[:2],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    *MIDDLEWARE[2:],
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
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

# E-mail: EMAIL_BACKEND, EMAIL_HOST and the other names that Wagtail's `send_mail` reads.

vars().update(mail)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Logs go to standard output, for the process manager.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["stdout"], "level": log_level},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": log_level, "propagate": False},
    },
}
