"""Settings that hold wherever the journal runs; nothing here reads the environment."""

from pathlib import Path

from config import security

ROOT = Path(__file__).resolve().parents[3]
# Everything the running site writes and Git ignores: database, uploads, collected files.
VAR = ROOT / "var"

# Applications

INSTALLED_APPS = [
    # Ahead of every application whose models it adds columns to.
    "modeltranslation",
    "articles.languages",
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

# The policy under Django's name for it and under django-csp's; each reads its own.
SECURE_CSP = security.READERS_POLICY
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.READERS_POLICY}

# Languages: a language is named in itself, whatever the reader's.

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
# English dates are British; French ones are Django's own.
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Zurich"

MODELTRANSLATION_LANGUAGES = ("fr", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")
# A text that is missing in one language is missing: the other's never stands in for it.
MODELTRANSLATION_FALLBACK_LANGUAGES = ()

# One tree of pages holds all languages, so Wagtail's own language trees stay off, and
# redirects are made by the application that knows every address of a page.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILREDIRECTS_AUTO_CREATE = False

# Database: readers never wait for the writer, and a writer takes the lock when its
# transaction begins instead of failing half-way. Django itself turns foreign keys on.

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

# Wagtail's search has fields that are Django's for PostgreSQL.

POSTGRESQL_APP = "django.contrib.postgres"

# What is asked again is planned once: PostgreSQL plans most of a page's queries for longer than it
# runs them. Compiling them (JIT) takes a second where running them takes a few milliseconds.

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

# An article with many blocks posts more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail

WAGTAIL_SITE_NAME = "Diptych"
# `update_index` writes in parts: as one transaction, it would keep SQLite from every other writer.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "articles.languages.search_backend", "ATOMIC_REBUILD": False}
}

WAGTAILIMAGES_IMAGE_MODEL = "diptych.CaptionedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "articles.images.admin.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A picture weighs four bytes a pixel once unpacked, whatever its file weighs. The largest
# 35 mm cameras record 61 million pixels: they pass, at 256 MB for the one request that
# resizes them. Wagtail's own limit of 128 million would let a small file take half a gigabyte.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000

WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# Nobody but this site hears of an editor's visit.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Wagtail's own tasks are short and run within the request. The sizes of pictures take seconds.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "pictures": {"BACKEND": "config.background.ThreadBackend"},
    "related": {"BACKEND": "config.background.ThreadBackend"},
}
