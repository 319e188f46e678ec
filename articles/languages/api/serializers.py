"""Pages in Wagtail's API v2, each with its texts in the active language."""

from rest_framework.fields import Field, SerializerMethodField, SkipField
from wagtail.api import APIField
from wagtail.api.rich_text import APIRichText
from wagtail.api.utils import get_full_url
from wagtail.api.v2.serializers import DetailUrlField, PageParentField, PageSerializer
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField

from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.links import expanded, texts_with_links, with_addresses
from diptych.articles.languages.routes.public_urls import on_host_of


def language_fields(model):
    """The translated fields of ``model`` that it shows in the API.

    A page type names them in ``language_api_fields``, a tuple of names; those that it has in
    Wagtail's ``api_fields`` count as well.
    """
    names = [*getattr(model, "language_api_fields", ())]
    names += [each.name for each in APIField.get_fields_for_model(model) if not each.serializer]
    return [name for name in dict.fromkeys(names) if name in translated_fields(model)]


def in_language(page):
    """``page`` as its own type, if that is multilingual and any visitor may see it now.

    ``None`` for other types; :class:`Hidden` for a page that may not be seen.
    """
    if not is_multilingual(page):
        return None
    page = page.specific
    return page if page.is_visible_in(active_language()) else HIDDEN


def is_multilingual(page):
    return issubclass(page.specific_class or type(page), MultilingualPageMixin)


class Hidden:
    """A page that is not live in the language of the answer."""

    visible_languages = ()

    def text_in(self, name, language):
        return None

    def printed_date_in(self, language):
        return None

    def full_url_in(self, language, request=None):
        return None


HIDDEN = Hidden()


class TextInLanguage(Field):
    """A translated field of a page in the language of the answer."""

    def __init__(self, **options):
        super().__init__(read_only=True, **options)

    def get_attribute(self, instance):
        value = self.value_of(instance)
        return None if value is None else self.prepared(value, instance)

    def value_of(self, page):
        """The text of ``page``, as the page has it."""
        page = in_language(page)
        return page.text_in(self.field_name, active_language()) if page else None

    def to_representation(self, value):
        if hasattr(value, "stream_block"):
            return value.stream_block.get_api_representation(value, self.context)
        field = self.parent.Meta.model._meta.get_field(column(self.field_name, active_language()))
        if isinstance(field, RichTextField):
            return self.rich_text(value, self.context["_wagtail_rich_text_format"], field.features)
        return value.pk if field.is_relation else value

    def prepared(self, value, page):
        """``value``, of ``page``, with addresses in its links.

        Those of all texts of the answer are fetched once. It stays as it is in a format other than
        HTML.
        """
        stored = _stored(value)
        is_html = self.context.get("_wagtail_rich_text_format") == APIRichText.FORMAT_HTML
        if not (is_html and texts_with_links(stored)):
            return value
        stored = with_addresses(stored, self._expanded_of_answer())
        if hasattr(value, "stream_block"):
            return StreamValue(value.stream_block, stored, is_lazy=True)
        return stored

    def pages_of_answer(self):
        """The pages of the answer.

        Empty for a page to which another refers, whose serializer has no access to the answer.
        """
        answer = self.root.instance
        if answer is None:
            return []
        return answer if isinstance(answer, list) else [answer]

    def _expanded_of_answer(self):
        """The HTML of the rich texts with links that the answer has, by text."""
        pages = self.pages_of_answer()
        if not pages:
            return {}
        if "_expanded_texts" not in self.context:
            self.context["_expanded_texts"] = expanded(self._texts_of(pages))
        return self.context["_expanded_texts"]

    def _texts_of(self, pages):
        serializer = getattr(self.root, "child", self.root)
        fields = [each for each in serializer.fields.values() if isinstance(each, TextInLanguage)]
        for page in pages:
            for field in fields:
                yield from texts_with_links(_stored(field.value_of(page)))

    def rich_text(self, value, asked, features):
        """``value`` in the format that is ``asked`` for, as Wagtail's API gives it."""
        return APIRichText.serialize(value, format=asked, features=features)


def _stored(value):
    """A text or a stream as it is stored."""
    return list(value.raw_data) if hasattr(value, "stream_block") else value


def detail_url_of(value, context):
    """Where the API has ``value`` in the active language; ``None`` if it has no such pages."""
    path = context["router"].get_object_detail_urlpath(type(value), value.pk)
    request = context["request"]
    return path and get_full_url(request, on_host_of(active_language(), path, request))


class DetailUrlInLanguage(DetailUrlField):
    """Wagtail's field, on the host of the language of the answer."""

    def get_attribute(self, instance):
        url = detail_url_of(instance, self.context)
        if not url:
            raise SkipField
        return url


class ParentInLanguage(PageParentField):
    """The page above, if it can be seen in the language."""

    def to_representation(self, value):
        return {
            "id": value.pk,
            "meta": {
                "type": value.specific_class._meta.label,
                "detail_url": detail_url_of(value, self.context),
                "html_url": html_url_of(value, self.context["request"]),
            },
            "title": text_of(value, "headline", value.title),
        }


def text_of(page, name, other):
    """A translated text of ``page`` in the language; ``other`` for a page of another type."""
    shown = in_language(page)
    return other if shown is None else shown.text_in(name, active_language())


def html_url_of(page, request):
    shown = in_language(page)
    if shown is None:
        return page.get_full_url(request)
    return shown.full_url_in(active_language(), request)


class PageInLanguageSerializer(PageSerializer):
    """A page of any type with the texts of one language, under the names of Wagtail's."""

    detail_url = DetailUrlInLanguage(read_only=True)
    title = SerializerMethodField()
    slug = SerializerMethodField()
    seo_title = SerializerMethodField()
    search_description = SerializerMethodField()
    html_url = SerializerMethodField()
    language = SerializerMethodField()
    alternates = SerializerMethodField()
    first_published_at = SerializerMethodField()
    published_at = SerializerMethodField()
    parent = ParentInLanguage(read_only=True)

    def to_representation(self, page):
        """The fields of ``page``, the id alone of one in a foreign key that is not to be seen."""
        return {"id": page.pk} if in_language(page) is HIDDEN else super().to_representation(page)

    def get_title(self, page):
        return text_of(page, "headline", page.title)

    def get_slug(self, page):
        return text_of(page, "url_slug", page.slug)

    def get_seo_title(self, page):
        return text_of(page, "meta_title", page.seo_title)

    def get_search_description(self, page):
        return text_of(page, "meta_description", page.search_description)

    def get_html_url(self, page):
        return html_url_of(page, self.context["request"])

    def get_language(self, page):
        return active_language() if is_multilingual(page) else None

    def get_alternates(self, page):
        """The addresses in the other languages in which any visitor may see the page."""
        shown = in_language(page)
        return {
            code: shown.full_url_in(code, self.context["request"])
            for code in (shown.visible_languages if shown else ())
            if code != active_language()
        }

    def get_first_published_at(self, page):
        return text_of(page, "first_public_at", page.first_published_at)

    def get_published_at(self, page):
        shown = in_language(page)
        if shown is None:
            return page.first_published_at
        return shown.printed_date_in(active_language())
