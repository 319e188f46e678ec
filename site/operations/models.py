"""Models of the site's operation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimedCommand(models.Model):
    """When a command last ran that timers start."""

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("command of a timer")
        verbose_name_plural = _("commands of timers")
        default_permissions = ()

    def __str__(self):
        return self.name
