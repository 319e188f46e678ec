"""System checks: is every theme that is registered there, and does it keep to the contract?"""

from django.core.checks import Error, Warning, register

from themes.contract import faults_of
from themes.registry import themes
from themes.tokens import source_of


def register_checks():
    register(themes_are_complete, "diptych_themes")


def themes_are_complete(app_configs, **kwargs):
    for theme in themes():
        if source_of(theme.stylesheet) is None:
            yield Error(
                f"The theme “{theme.name}” has no stylesheet: there is no static file"
                f" “{theme.stylesheet}”.",
                hint="Is the application that brings it in INSTALLED_APPS?",
                id="diptych_themes.E001",
            )
        else:
            for fault in dict.fromkeys(faults_of(theme)):
                yield Warning(f"The theme “{theme.name}”: {fault}", id="diptych_themes.W001")
