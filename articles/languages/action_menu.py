"""The publishing actions in the editor's footer, one for each language."""

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem

from articles.languages import publication_request
from articles.languages.available import available_languages, translated_language_name
from articles.languages.pages import LanguagePageMixin


def page_of(context):
    """The page being edited in ``context``, if it is one of several languages."""
    page = context.get("page")
    return page if isinstance(page, LanguagePageMixin) else None


def is_in_languages(context):
    """Whether ``context`` is about a page of several languages, existing or being created."""
    if context["view"] != "create":
        return page_of(context) is not None
    names = context["request"].resolver_match.kwargs
    model = apps.get_model(names["content_type_app_name"], names["content_type_model_name"])
    return issubclass(model, LanguagePageMixin)


class PublishInLanguagesItem(PublishMenuItem):
    """A publishing button for named languages, shown to whoever may publish."""

    template_name = "diptych/admin/publish_item.html"
    languages = ()

    def is_shown(self, context):
        return is_in_languages(context) and super().is_shown(context)


class PublishOneLanguageItem(PublishInLanguagesItem):
    def __init__(self, language, order):
        super().__init__(order)
        self.name = publication_request.button_name(language)
        self.language = language

    @property
    def label(self):
        return _("Publish %(language)s only") % {
            "language": translated_language_name(self.language)
        }


class PublishAllLanguagesItem(PublishInLanguagesItem):
    name = publication_request.ALL

    @property
    def label(self):
        names = LanguagePageMixin.names_of(available_languages())
        return _("Publish %(languages)s") % {"languages": names}


class PlainPublishItem(PublishMenuItem):
    """Wagtail's "Publish", saying which languages that is."""

    template_name = "diptych/admin/publish_item.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = page_of(parent_context)
        if page:
            languages = page.languages_of_plain_publish()
            names = LanguagePageMixin.names_of(languages)
            context["label"] = _("Publish (%(languages)s)") % {"languages": names}
        return context


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
        may = self.get_user_page_permissions_tester(context).can_unpublish()
        return may and len(page.live_languages) > 1 and page.is_live_in(self.language)

    def get_url(self, context):
        return reverse("diptych_unpublish_language", args=(context["page"].pk, self.language))


class UnpublishEverywhereItem(UnpublishMenuItem):
    """Wagtail's "Unpublish", saying that it means all languages."""

    @property
    def label(self):
        return _("Unpublish everywhere")


def arrange_menu(menu_items, request, context):
    """Make Wagtail's publishing items name the languages of the page they act on."""
    page = page_of(context)
    if page is None:
        return
    several = context["view"] == "edit" and len(page.live_languages) > 1
    for position, item in enumerate(menu_items):
        if type(item) is PublishMenuItem:
            menu_items[position] = PlainPublishItem(item.order)
        elif several and type(item) is UnpublishMenuItem:
            menu_items[position] = UnpublishEverywhereItem(item.order)


def item_factories():
    """What to register with ``register_page_action_menu_item``, in the order of the menu."""
    yield lambda: PublishAllLanguagesItem(31)
    for position, language in enumerate(available_languages()):
        yield lambda language=language, order=32 + position: PublishOneLanguageItem(language, order)
        yield lambda language=language, order=21 + position: UnpublishOneLanguageItem(
            language, order
        )


#: Named here so that the catalogues hold it: the entry in a page's history.
WITHDRAWN = gettext_lazy("Unpublish in one language")


def withdrawn_message(data):
    """The sentence of that entry; ``data`` holds the language."""
    language = translated_language_name(data["language"])
    return _("Unpublished in %(language)s") % {"language": language}
