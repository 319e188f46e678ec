"""Settings common to all environments; no environment variable is read."""

from pathlib import Path

from config import security

ROOT = Path(__file__).resolve().parents[3]
# Files written by the site and ignored by Git: database, uploads, collected static files.
VAR = ROOT / "var"

# Applications

INSTALLED_APPS = [
    # Before every application with translated models.
    "modeltranslation",
    "articles.languages",
    "articles.caching",
    "articles.related",
    "articles.search",
    "articles.interface_texts",
    "articles",
    "themes",
    "config.apps.JournalConfig",
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
    "articles.caching.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    security.POLICY_MIDDLEWARE,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "articles.interface_texts.middleware.CatalogueReloadMiddleware",
    "articles.languages.middleware.language_independent_middleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.security.admin_policy_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
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

# Languages, each named in itself

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
# British dates for English; Django's own formats for French, but for inputs.
FORMAT_MODULE_PATH = ["config.formats"]
# For the date filters of Wagtail's reports, whose one format serves all languages.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
USE_TZ = True
TIME_ZONE = "Europe/Zurich"

MODELTRANSLATION_LANGUAGES = ("fr", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")
# A missing text is not replaced by that of another language.
MODELTRANSLATION_FALLBACK_LANGUAGES = ()

# All languages share one page tree, without Wagtail's locales. `articles.languages` creates the
# redirects of all languages.
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

# Required by Wagtail's search on PostgreSQL.

POSTGRESQL_APP = "django.contrib.postgres"

# Repeated queries are prepared, as planning takes longer than executing for most of them. JIT
# compilation takes up to a second for queries of a few milliseconds.

POSTGRESQL_OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c jit=off",
}

# Accounts

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

# The form of an article with many blocks has more fields than Django's limit of 1000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail

WAGTAIL_SITE_NAME = "Diptych"
# `update_index` as one transaction would block all other writing on SQLite.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "articles.languages.search_backend", "ATOMIC_REBUILD": False}
}

WAGTAILIMAGES_IMAGE_MODEL = "diptych.CaptionedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "articles.images.admin.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A decoded image takes four bytes per pixel. The largest 35 mm cameras record 61 million pixels,
# which take 256 MB. Wagtail's limit of 128 million pixels would allow twice that.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000

WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# No requests from the admin to other sites.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Wagtail's own tasks are short and run within the request. Renditions and related articles take
# seconds and run in the background.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "pictures": {"BACKEND": "config.background.ThreadBackend"},
    "related": {"BACKEND": "config.background.ThreadBackend"},
    "purging": {"BACKEND": "config.background.ThreadBackend"},
}
