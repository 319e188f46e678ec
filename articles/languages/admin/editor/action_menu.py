"""The publishing actions in the editor's footer, one for each language."""

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
)

from diptych.articles.languages.admin.editor.forms import PUBLISH_ALL_BUTTON, publish_button
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import can, languages_denied
from diptych.articles.languages.publication.pages import MultilingualPageMixin


def page_of(context):
    """The page being edited in ``context``, if it is one of several languages."""
    page = context.get("page")
    return page if isinstance(page, MultilingualPageMixin) else None


def is_in_languages(context):
    """Whether ``context`` is about a page of several languages, existing or being created."""
    if context["view"] != "create":
        return page_of(context) is not None
    names = context["request"].resolver_match.kwargs
    model = apps.get_model(names["content_type_app_name"], names["content_type_model_name"])
    return issubclass(model, MultilingualPageMixin)


class PublishInLanguagesItem(PublishMenuItem):
    """A publishing button that names its languages.

    Its label depends on the effect: publish now, at a date, or an older version.
    """

    template_name = "diptych_languages/admin/publish_item.html"

    def is_shown(self, context):
        if not is_in_languages(context) or not super().is_shown(context):
            return False
        user = context["request"].user
        return all(can(user, "publish", language) for language in self.languages)

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context["label"] = self.label_for(context["is_scheduled"], context["is_revision"])
        return context

    def label_for(self, is_scheduled, is_revision):
        raise NotImplementedError


class PublishOneLanguageItem(PublishInLanguagesItem):
    def __init__(self, language, order):
        super().__init__(order)
        self.name = publish_button(language)
        self.language = language
        self.languages = [language]

    def label_for(self, is_scheduled, is_revision):
        if is_scheduled:
            label = _("Schedule %(language)s")
        elif is_revision:
            label = _("Publish this version in %(language)s")
        else:
            label = _("Publish %(language)s")
        return label % {"language": translated_language_name(self.language)}


class PublishSeveralLanguagesItem(PublishInLanguagesItem):
    def __init__(self, name, languages, order):
        super().__init__(order)
        self.name = name
        self.languages = languages

    def label_for(self, is_scheduled, is_revision):
        if is_scheduled:
            label = _("Schedule %(languages)s")
        elif is_revision:
            label = _("Publish this version in %(languages)s")
        else:
            label = _("Publish %(languages)s")
        return label % {"languages": MultilingualPageMixin.names_of(self.languages)}


class UnpublishOneLanguageItem(ActionMenuItem):
    """Take the page offline in one language; it stays live in the others."""

    icon_name = "download"

    def __init__(self, language, order):
        super().__init__(order)
        self.language = language
        self.name = f"action-unpublish-{language}"

    @property
    def label(self):
        return _("Unpublish %(language)s") % {"language": translated_language_name(self.language)}

    def is_shown(self, context):
        page = page_of(context)
        if context["view"] != "edit" or page is None or context["locked_for_user"]:
            return False
        if not self.get_user_page_permissions_tester(context).can_unpublish_in(self.language):
            return False
        return page.is_live_in(self.language) and self._leaves_others(context, page)

    def _leaves_others(self, context, page):
        """Whether this differs from Wagtail's own "Unpublish", where that is shown."""
        tester = self.get_user_page_permissions_tester(context)
        return len(page.live_languages) > 1 or not tester.can_unpublish()

    def get_url(self, context):
        return reverse("diptych_unpublish_language", args=(context["page"].pk, self.language))


class UnpublishAllLanguagesItem(UnpublishMenuItem):
    """Wagtail's "Unpublish" with the names of its languages: all that are live."""

    def __init__(self, languages, order):
        super().__init__(order)
        self.languages = languages

    @property
    def label(self):
        if len(self.languages) > 1:
            return _("Unpublish everywhere")
        language = translated_language_name(self.languages[0])
        return _("Unpublish %(language)s") % {"language": language}


def arrange_menu(menu_items, request, context):
    """Let every publishing button name its languages.

    Each language, and all of them, have a button of their own. Wagtail's "Publish" is removed where
    it would repeat one of these, and labelled with its languages elsewhere. ``publishing.js``
    decides which button comes first.
    """
    if not is_in_languages(context):
        return
    page = page_of(context)
    plain = page.languages_of_plain_publish() if page else []
    plain = [code for code in plain if can(request.user, "publish", code)]
    live = page.live_languages if context["view"] == "edit" else []
    if languages_denied(request.user, "edit"):
        # They hand in their own language; Wagtail's workflow is about the page as a whole.
        menu_items[:] = [
            item for item in menu_items if type(item) is not SubmitForModerationMenuItem
        ]
    for item in list(menu_items):
        position = menu_items.index(item)
        if type(item) is PublishMenuItem and 1 < len(plain) < len(available_languages()):
            menu_items[position] = PublishSeveralLanguagesItem(item.name, plain, item.order)
        elif type(item) is PublishMenuItem:
            menu_items.remove(item)
        elif live and type(item) is UnpublishMenuItem:
            menu_items[position] = UnpublishAllLanguagesItem(live, item.order)
    menu_items[:] = _divided(menu_items)


#: So many actions stand above the line, with the one that comes first.
MOST_ABOVE = 5


class DividerItem(ActionMenuItem):
    """The line between frequent actions and the rest."""

    template_name = "diptych_languages/admin/action_divider.html"


def _divided(items):
    """``items`` with a divider before those beyond ``MOST_ABOVE`` and those that unpublish."""
    last = (UnpublishOneLanguageItem, UnpublishMenuItem)
    others = [item for item in items if not isinstance(item, last)]
    below = others[MOST_ABOVE:] + [item for item in items if isinstance(item, last)]
    return [*others[:MOST_ABOVE], *([DividerItem()] if below else []), *below]


def item_factories():
    """Factories for ``register_page_action_menu_item``, in the order of the menu."""
    languages = available_languages()
    yield lambda: PublishSeveralLanguagesItem(PUBLISH_ALL_BUTTON, languages, 31)
    for position, language in enumerate(languages):
        yield lambda language=language, order=32 + position: PublishOneLanguageItem(language, order)
        yield lambda language=language, order=21 + position: UnpublishOneLanguageItem(
            language, order
        )
