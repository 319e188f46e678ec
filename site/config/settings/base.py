"""Settings common to all environments; no environment variable is read."""

import zoneinfo
from datetime import timedelta
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from config import security

ROOT = Path(__file__).resolve().parents[3]
# Files written by the site and ignored by Git: database, uploads, collected static files.
VAR = ROOT / "var"

# Applications

INSTALLED_APPS = [
    # Before every application with translated models.
    "modeltranslation",
    "diptych.articles.languages",
    "diptych.articles.caching",
    "diptych.articles.related",
    "diptych.articles.search",
    "diptych.articles.interface_texts",
    "diptych.articles.transfer",
    "diptych.articles.newsletter",
    "diptych.articles.translation_tools",
    "diptych.articles",
    "diptych.themes",
    "operations.apps.JournalConfig",
    "operations.accounts.apps.AccountsConfig",
    "operations.mail.apps.MailConfig",
    "axes",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "operations.health.HealthMiddleware",
    "diptych.articles.transfer.middleware.old_addresses_middleware",
    "diptych.articles.caching.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.security.headers_middleware",
    security.POLICY_MIDDLEWARE,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diptych.articles.interface_texts.middleware.CatalogueReloadMiddleware",
    "diptych.articles.languages.routes.middleware.language_independent_middleware",
    "diptych.articles.languages.routes.middleware.LocaleMiddleware",
    "config.security.admin_policy_middleware",
    "django.middleware.common.CommonMiddleware",
    "diptych.articles.languages.admin.post_limits.PostLimitsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "diptych.articles.languages.routes.redirects_followed.redirect_middleware",
    "operations.accounts.known_browsers.middleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                security.NONCE_CONTEXT,
            ],
        },
    },
]

# The settings of Django's middleware and of django-csp's.
SECURE_CSP = security.READERS_POLICY
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.READERS_POLICY}

# Languages, each named in itself; those of pages are in MODELTRANSLATION_LANGUAGES, too. What
# search and typography know of one is a module in articles/linguistics/languages.

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
# Slugs in ASCII.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# British dates for English; Django's own formats for French, but for inputs.
FORMAT_MODULE_PATH = ["config.formats"]
# For the date filters of Wagtail's reports, whose one format serves all languages.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
USE_TZ = True
TIME_ZONE = "Europe/Zurich"
# Python lists the zone of the machine as well, by a name that browsers refuse.
WAGTAIL_USER_TIME_ZONES = SimpleLazyObject(
    lambda: sorted(zoneinfo.available_timezones() - {"localtime"})
)

MODELTRANSLATION_LANGUAGES = ("fr", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
# A missing text is not replaced by that of another language.
MODELTRANSLATION_FALLBACK_LANGUAGES = ()

# All languages share one page tree, without Wagtail's locales. `diptych.articles.languages` creates
# the redirects of all languages.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILREDIRECTS_AUTO_CREATE = False

# Database: with WAL, reading does not wait for writing. A transaction takes the write lock at its
# start, as a later attempt could fail without waiting.

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

# For how many seconds a request waits for a statement on PostgreSQL or a lock on SQLite, where
# `operations.outages.limits` is in use.

DATABASE_LIMITS = {"readers": 5, "editors": 30}

# Required by Wagtail's search on PostgreSQL.

POSTGRESQL_APP = "django.contrib.postgres"

# Repeated queries are prepared, as planning takes longer than executing for most of them. JIT
# compilation takes up to a second for queries of a few milliseconds.

POSTGRESQL_OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c jit=off",
}

# Accounts: a new password unlocks one.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{module}.{name}"}
    for module, name in (
        ("django.contrib.auth.password_validation", "UserAttributeSimilarityValidator"),
        ("operations.accounts.throttling", "UnlockingLengthValidator"),
        ("django.contrib.auth.password_validation", "CommonPasswordValidator"),
        ("django.contrib.auth.password_validation", "NumericPasswordValidator"),
    )
]

# Failed attempts to sign in are counted in the database, for all workers and servers. The limits
# are those of the handler; each lasts until there was no failure for the time below.

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
WAGTAILADMIN_USER_LOGIN_FORM = "operations.accounts.throttling.SignInForm"
AXES_HANDLER = "operations.accounts.throttling.SignInHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 1
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_CLIENT_IP_CALLABLE = "operations.accounts.addresses.client_address"
AXES_CLIENT_STR_CALLABLE = "operations.accounts.throttling.client_description"
AXES_LOCKOUT_CALLABLE = "operations.accounts.throttling.locked_out_response"
AXES_SENSITIVE_PARAMETERS = ["csrfmiddlewaretoken"]
AXES_VERBOSE = False
# Whether a second factor may be set up, and the groups that have to ("*" for everybody);
# administrators have to as soon as a group is named. See `operations.accounts.second_factor`.
SECOND_FACTOR = False
SECOND_FACTOR_GROUPS = []
# The name of the provider through which people may sign in, if there is one.
SINGLE_SIGN_ON = ""
# The header in which a proxy sends the address of the client; by default that of the connection.
CLIENT_ADDRESS_HEADER = None

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Files of imports, readable by this user only.
DIPTYCH_IMPORTS_FOLDER = VAR / "imports"

# The form of an article with many blocks has more fields than Django's limit of 1000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail

WAGTAIL_SITE_NAME = "Diptych"
# `update_index` as one transaction would block all other writing on SQLite.
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "diptych.articles.languages.index.search_backend",
        "ATOMIC_REBUILD": False,
    }
}

WAGTAILIMAGES_IMAGE_MODEL = "diptych.CaptionedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "diptych.articles.images.admin.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A decoded image takes four bytes per pixel. The largest 35 mm cameras record 61 million pixels,
# which take 256 MB. Wagtail's limit of 128 million pixels would allow twice that.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000

WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "epub", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"),
    *("m4a", "mp3", "mp4", "ogg", "webm"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# No requests from the admin to other sites.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Wagtail's own tasks are short and run within the request. Renditions and related articles take
# seconds and run in the background.
TASKS = {
    "default": {"BACKEND": "operations.background.RequestBackend"},
    "pictures": {"BACKEND": "operations.background.ThreadBackend"},
    "related": {"BACKEND": "operations.background.ThreadBackend"},
    "purging": {"BACKEND": "operations.background.ThreadBackend"},
    "search": {"BACKEND": "operations.background.ThreadBackend"},
    "addresses": {"BACKEND": "operations.background.ThreadBackend"},
    "mail": {"BACKEND": "operations.background.ThreadBackend"},
    "indexnow": {"BACKEND": "operations.background.ThreadBackend"},
    "imports": {"BACKEND": "operations.background.ThreadBackend"},
    "newsletter": {"BACKEND": "operations.background.ThreadBackend"},
    "machine": {"BACKEND": "operations.background.ThreadBackend"},
    "concordance": {"BACKEND": "operations.background.ThreadBackend"},
}

# E-mails are kept in the database and sent in the background by the backend MAIL_TRANSPORT.

EMAIL_BACKEND = "operations.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = 10
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
# Issues of newsletters are queued in tables of their own, so that no mail is sent twice.
DIPTYCH_NEWSLETTER_BACKEND = MAIL_TRANSPORT
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "operations.mail.password_reset.BackgroundPasswordResetForm"  # noqa: S105 the path of a class

# Readers who sign up for the newsletter are told apart as those who sign in.

DIPTYCH_CLIENT_ADDRESS = "operations.accounts.addresses.client_address"

# Browsers keep the last ten articles that were read, for reading without a connection.

DIPTYCH_OFFLINE_READING = True

# Privacy

#: For how many days personal data is kept, `None` for ever: entries of the history, comments after
#: they are resolved, links to drafts after they have expired, notifications, sign-ins, and the
#: arguments of background tasks (the table of `TASK_WORKER`). The command `forget_old` deletes
#: older data.
RETENTION_DAYS = {
    "history": None,
    "comments": None,
    "draft_links": 30,
    "notifications": 90,
    "sign_ins": 90,
    "background_work": 14,
}
