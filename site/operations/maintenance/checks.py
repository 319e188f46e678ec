"""Checks of a public site, for ``check --deploy``."""

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from operations.maintenance.timers import is_migrated, missed

#: The last part of the names of mail backends that send nothing to anybody.
SILENT = ("console", "dummy", "filebased", "locmem")


@register(Tags.security, deploy=True)
def check_mail(app_configs, **kwargs):
    # If e-mails are queued, another backend sends them.
    backend = getattr(settings, "MAIL_TRANSPORT", settings.EMAIL_BACKEND).split(".")
    if not set(SILENT).intersection(backend):
        return []
    return [
        Warning(
            _("The site sends no mail."),
            hint=_("Name a mail server in EMAIL_URL: passwords are reset by mail."),
            id="journal.W001",
        )
    ]


@register(Tags.staticfiles, deploy=True)
def check_static_files(app_configs, **kwargs):
    """Check the manifest: pages with a file that is not in it raise an error."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return []
    collected = staticfiles_storage.hashed_files
    missing = [path for path in _static_files() if path.replace("\\", "/") not in collected]
    if not missing:
        return []
    message = _("The static files have not been collected.")
    if collected:
        message = _("Static files have not been collected, such as %(path)s.")
        message %= {"path": missing[0]}
    hint = _("Run “manage.py collectstatic”.")
    return [Warning(message, hint=hint, id="journal.W003")]


def _static_files():
    """The paths of all files that ``collectstatic`` collects."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    return (path for finder in get_finders() for path, _storage in finder.list(ignored))


@register(Tags.database, deploy=True)
def check_timers(app_configs, databases=None, **kwargs):
    """For ``check --deploy --database default``."""
    try:
        late = missed() if databases and is_migrated() else {}
    except DatabaseError:
        # It has checks of its own.
        late = {}
    return [_missed(name, last) for name, last in late.items()]


def _missed(name, last):
    if last is None:
        message = _("“%(name)s” has never run.") % {"name": name}
    else:
        message = _("“%(name)s” has not succeeded since %(date)s.") % {
            "name": name,
            "date": last.strftime("%Y-%m-%d %H:%M UTC"),
        }
    hint = _("Let a timer start it, see docs/running.md.")
    return Warning(message, hint=hint, obj=name, id="journal.W002")
