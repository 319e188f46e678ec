from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from diptych.articles.checks import missing_extra


class TranslationToolsConfig(AppConfig):
    """Files for translators' own programs, drafts by a machine, and a glossary."""

    name = "diptych.articles.translation_tools"
    label = "diptych_translation_tools"
    verbose_name = _("Translation tools")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.translation_tools.faults import spelling

        checks.register(check_packages)
        checks.register(spelling.check_setting)
        if not check_packages(None):
            _connect_machine()
            _connect_concordance()


def check_packages(app_configs, **kwargs):
    """Report the missing extra of this application."""
    name, extra = "diptych.articles.translation_tools", "translating"
    return missing_extra(name, "lxml", extra, "diptych_translation_tools.E001") or missing_extra(
        name, "polib", extra, "diptych_translation_tools.E001"
    )


def _connect_machine():
    from diptych.articles.languages.config.signals import work_due
    from diptych.articles.translation_tools.faults import language_tool
    from diptych.articles.translation_tools.machine import drafting, setting

    checks.register(setting.check_setting)
    checks.register(language_tool.check_setting)
    work_due.connect(drafting.resume, dispatch_uid="diptych_machine_drafts")


def _connect_concordance():
    from diptych.articles.languages.config.signals import work_due
    from diptych.articles.translation_tools.concordance import memories, updating

    updating.connect()
    work_due.connect(memories.index_waiting, dispatch_uid="diptych_concordance_memories")
