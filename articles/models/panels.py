"""Panels of each page type: those of the tab of a language, and those of the shared tab."""

from django.apps import apps
from django.forms import Media
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from diptych.articles.languages.admin.editor.field_panels import field_panel, text_panels
from diptych.articles.languages.admin.editor.panels import LanguageTabs
from diptych.articles.languages.admin.editor.widgets import WholeTextInput
from diptych.articles.languages.admin.inputs.frames import (
    PLACE,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    filled,
    is_known,
)
from diptych.articles.languages.admin.read_only.fields import (
    FieldPanel,
    InlinePanel,
    MultipleChooserPanel,
    PageChooserPanel,
    PermissionNotePanel,
)
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    language_name,
)
from diptych.articles.lists.front_page import MOST_ROWS, SECONDS

#: Called without arguments; returns panels of related articles for the form of an article.
RELATED_PANELS = "register_diptych_related_panels"


class RegisteredPanels(MultiFieldPanel):
    """Panels that other applications register by a hook; nothing where there are none.

    A copy made with some of these as ``children`` keeps to them.
    """

    def __init__(self, hook, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hook = hook

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "hook": self.hook}

    def on_model_bound(self):
        if not self.children:
            self.children = [panel for hook in hooks.get_hooks(self.hook) for panel in hook()]
        super().on_model_bound()


class PageAutocompletePanel(MultipleChooserPanel):
    """Rows that each choose a page, added by typing its name.

    The input above the button for Wagtail's dialog is filled in by the browser, see
    ``autocomplete.js`` and :mod:`diptych.articles.admin.autocomplete`. ``create_label`` is
    the label for creating a page, ``none_label`` the one if no name matches; ``has_portraits`` is
    true for pages of people.
    """

    def __init__(self, *args, create_label="", none_label="", has_portraits=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.create_label, self.none_label = create_label, none_label
        self.has_portraits = has_portraits

    def clone_kwargs(self):
        names = ("create_label", "none_label", "has_portraits")
        return {**super().clone_kwargs(), **{name: getattr(self, name) for name in names}}

    class BoundPanel(MultipleChooserPanel.BoundPanel):
        template_name = "diptych/admin/autocomplete/panel.html"
        row_template_name = None

        @property
        def rows_in_html(self):
            return [self._row(child) for child in self.children]

        @property
        def empty_row(self):
            return self._row(self.empty_child)

        def _row(self, child):
            """A row of the panel; what stands around its fields is rendered once."""
            template = "diptych/admin/autocomplete/row.html"
            context = {"child": child, "self": self, "can_order": self.formset.can_order}
            if child.form.non_field_errors() or not is_known(template):
                return render_to_string(template, context)
            place = {"form": child.form, "render_form_content": PLACE}
            key = (template, child.form.prefix, self.panel.chooser_field_name, context["can_order"])
            return filled(
                key,
                lambda: render_to_string(template, {**context, "child": place}),
                [child.render_form_content()],
            )

        def autocomplete_options(self):
            """The data for ``autocomplete.js``: URLs, names of fields and messages."""
            panel, page = self.panel, self.instance
            parent = getattr(self.form, "parent_page", None)
            return {
                "url": reverse("diptych_autocomplete", args=(panel.relation_name,)),
                "near": page.pk or getattr(parent, "pk", ""),
                "source_language": page.source_language,
                "field": panel.chooser_field_name,
                "portraits": panel.has_portraits,
                "icon": "user" if panel.has_portraits else "tag",
                "create": panel.create_label,
                "ask": _("No page has this name yet. A new one is a draft at first."),
                "cancel": _("Cancel"),
                "none": panel.none_label,
                "edit": _("Complete the page"),
                "failed": _("No answer just now. Try again, or choose from the list."),
                "unfinished": _("“%(name)s” is not added yet: choose it in the list."),
                "added": _("“%(name)s” was added."),
                "removed": _("“%(name)s” was removed."),
                "moved": _("“%(name)s” now stands in place %(place)s of %(count)s."),
            }

        @property
        def media(self):
            own = Media(
                css={"all": [versioned_static("diptych/admin/autocomplete.css")]},
                js=[
                    versioned_static("diptych_languages/admin/rows.js"),
                    versioned_static("diptych/admin/elements.js"),
                    versioned_static("diptych/admin/autocomplete.js"),
                ],
            )
            return super().media if self.is_read_only else super().media + own


def article_panels(language):
    credit = MultiFieldPanel(
        [
            PageChooserPanel(column("translator", language), heading=_("Translator")),
            PageChooserPanel(column("reviewer", language), heading=_("Reviewer")),
        ],
        heading=_("Credit of the translation"),
        help_text=_(
            "Only if this is a translation. Left empty, it is taken from who did the work."
        ),
        classname="collapsed",
    )
    recording = FieldPanel(column("recording", language), heading=_("Recording"))
    corrections = field_panel("corrections", language, classname="collapsed")
    return [*text_panels(language, "lead", "body"), corrections, recording, credit]


def picture_panel():
    """The main picture, and below it its texts in each language."""
    texts = [
        FieldRowPanel(
            [
                field_panel("hero_alt", language, heading=_in(language, _("Alternative text"))),
                field_panel(
                    "hero_caption",
                    language,
                    heading=_in(language, _("Caption")),
                    widget=WholeTextInput,
                ),
            ]
        )
        for language in available_languages()
    ]
    return MultiFieldPanel(
        [FieldPanel("hero_image", heading=_("Picture")), *texts],
        heading=_("Main picture"),
    )


def article_shared_panels():
    return [
        picture_panel(),
        PageAutocompletePanel(
            "authors",
            chooser_field_name="author",
            heading=_("Authors"),
            label=_("Author"),
            add_label=_("Add an author"),
            create_label=_("Create the author “%(name)s”"),
            none_label=_("No author has a name like this."),
            has_portraits=True,
            panels=[
                PageChooserPanel("author"),
                _row_texts("role", _("Role")),
            ],
        ),
        PageAutocompletePanel(
            "topics",
            chooser_field_name="topic",
            heading=_("Topics"),
            label=_("Topic"),
            add_label=_("Add a topic"),
            create_label=_("Create the topic “%(name)s”"),
            none_label=_("No topic has a name like this."),
            help_text=_("The first one is the main topic."),
            panels=[PageChooserPanel("topic")],
        ),
        RegisteredPanels(RELATED_PANELS, heading=_("Related articles")),
        series_panel(),
        FieldPanel("publication_date"),
    ]


def series_panel():
    return MultiFieldPanel(
        [
            FieldRowPanel(
                [PageChooserPanel("series", heading=_("Series")), FieldPanel("series_part")]
            )
        ],
        heading=_("Series"),
        help_text=_("If this is one of several articles that follow one another."),
    )


def _in(language, name):
    """``name`` with a language, lazily: "Role (Français)", with "Français" in every interface."""
    return format_lazy("{} ({})", name, language_name(language))


def author_panels(language):
    return text_panels(language, "role", "biography", heading=_("Name"))


def author_shared_panels():
    return [
        FieldPanel("family_name"),
        FieldPanel("photo"),
        FieldPanel("account"),
        InlinePanel("links", heading=_("Links"), label=_("Link"), add_label=_("Add a link")),
    ]


def print_issue_panels(language):
    return text_panels(language, "introduction", "pdf", heading=_("Title"))


def print_issue_shared_panels():
    return [
        FieldRowPanel([FieldPanel("number"), FieldPanel("publication_date")]),
        FieldPanel("cover"),
        InlinePanel(
            "entries",
            heading=_("Contents"),
            label=_("Entry"),
            add_label=_("Add an entry"),
            panels=[
                _row_texts("section", pgettext_lazy("of a print issue", "Section")),
                PageChooserPanel("article"),
                _row_texts("title", _("Title")),
                FieldRowPanel([FieldPanel("author"), FieldPanel("page_number")]),
            ],
        ),
    ]


def _row_texts(name, heading):
    """The translated field ``name`` of a row, in each language."""
    return FieldRowPanel(
        [
            field_panel(name, language, heading=_in(language, heading))
            for language in available_languages()
        ]
    )


def home_shared_panels():
    return [
        PageChooserPanel("lead_article", "diptych.ArticlePage"),
        MultipleChooserPanel(
            "front_articles",
            chooser_field_name="article",
            heading=_("Beside the lead story"),
            label=_("Article"),
            add_label=_("Add an article"),
            max_num=SECONDS,
            help_text=_("Two articles. The newest take the places that are left open."),
            panels=[PageChooserPanel("article")],
        ),
        MultipleChooserPanel(
            "front_topics",
            chooser_field_name="topic",
            heading=_("Topics, in this order"),
            label=_("Topic"),
            add_label=_("Add a topic"),
            max_num=MOST_ROWS,
            help_text=_("All topics when none is chosen. One without articles is left out."),
            panels=[PageChooserPanel("topic"), FieldPanel("form")],
        ),
        FieldPanel("topic_rows"),
        FieldPanel("newest_count"),
    ]


SETTINGS = ("name", "tagline", "footer_text")


def journal_settings_handler():
    tabs = [
        ObjectList(
            [PermissionNotePanel(language), *(field_panel(name, language) for name in SETTINGS)],
            heading=language_name(language),
        )
        for language in available_languages()
    ]
    shared = [
        PermissionNotePanel(),
        FieldPanel("outdated_notice"),
        FieldPanel("share_links"),
        FieldPanel(
            "social_links",
            heading=_("Elsewhere"),
            help_text=_(
                "Where else the journal can be found. The links stand at the foot of each page."
            ),
        ),
        PageChooserPanel("legal_page", "diptych.StandardPage"),
        FieldPanel("menu_topics"),
        FieldPanel("contact_email"),
        *([FieldPanel("related_count")] if apps.is_installed("diptych.articles.related") else []),
        FieldPanel("untranslated_on"),
        FieldPanel("errors_email"),
        FieldPanel("licence"),
        FieldPanel("licence_url"),
        MultiFieldPanel(
            [
                FieldPanel("has_recordings"),
                FieldPanel("podcast_cover"),
                FieldPanel("podcast_category"),
            ],
            heading=_("Recordings"),
        ),
        FieldPanel("alt_checks"),
    ]
    return LanguageTabs([*tabs, ObjectList(shared, heading=_("All languages"))])
