"""The edit form of the appearance settings."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from diptych.articles.languages.admin.inputs.malformed import formfield_for_dbfield
from diptych.articles.languages.config.language_config import available_languages
from diptych.themes.look.registry import DEFAULT, theme_choices, themes


class ColourInput(forms.TextInput):
    """A text input for ``#rrggbb``, to which a script adds the browser's colour picker."""

    class Media:
        js = ["diptych/admin/colours.js"]
        css = {"all": ["diptych/admin/colours.css"]}

    def __init__(self, attrs=None):
        defaults = {
            "maxlength": 7,
            "placeholder": "#rrggbb",
            "spellcheck": "false",
            "autocomplete": "off",
            "data-controller": "diptych-colour",
            "data-action": "input->diptych-colour#follow",
            "data-diptych-colour-label-value": _("Choose a colour"),
        }
        super().__init__({**defaults, **(attrs or {})})


class AppearanceForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        formfield_callback = formfield_for_dbfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(theme_choices())
        if self.instance.theme not in known:
            self.initial["theme"] = DEFAULT
        self.fields["theme"].choices = [
            (theme.name, format_html("<span><b>{}</b> {}</span>", theme.label, theme.description))
            for theme in themes()
        ]


def appearance_handler():
    has_french = any(code.split("-")[0] == "fr" for code in available_languages())
    names = ("french_typography", "guillemet_space") if has_french else ()
    french = [FieldPanel(name, widget=forms.RadioSelect) for name in names]
    return ObjectList(
        [
            FieldPanel("theme", widget=forms.RadioSelect),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel(
                                "accent_light",
                                heading=_("On a light background"),
                                widget=ColourInput,
                            ),
                            FieldPanel(
                                "accent_dark", heading=_("On a dark background"), widget=ColourInput
                            ),
                        ]
                    )
                ],
                heading=_("Accent colour"),
                help_text=_("For links, labels and the current language."),
            ),
            _logo_panels(),
            FieldPanel("icon"),
            *french,
        ],
        base_form_class=AppearanceForm,
    )


def _logo_panels():
    names = {"logo": _("On a light background"), "logo_dark": _("On a dark background")}
    return MultiFieldPanel(
        [FieldRowPanel([FieldPanel(name, heading=heading) for name, heading in names.items()])],
        heading=_("Logo"),
        help_text=_("Stands at the head of every page, in the place of the name."),
    )
