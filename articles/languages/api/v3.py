"""Wagtail's API v3: the texts of a page in one language, read by anybody, written by those who may.

A project adds :data:`router` to Wagtail's ``api`` and includes its addresses :func:`guarded`.
"""

from typing import Any

import swapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import CharField, TextField
from django.http import Http404, JsonResponse
from django.utils.translation import override
from ninja import Router, Schema
from wagtail.api.rich_text import APIRichText
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.errors import PROBLEM_JSON, build_problem_detail, problem_response
from wagtail.blocks import RichTextBlock
from wagtail.coreutils import resolve_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.models import get_page_models
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.languages.api.serializers import is_multilingual, language_fields
from diptych.articles.languages.config.content import mapped
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.grading import Confirmation, NotPublishable

#: The texts of every multilingual page type.
COMMON = ("headline", "url_slug", "meta_title", "meta_description")
#: The addresses of Wagtail's at which anybody may read pages, in their source language.
PUBLIC_READS = ("list_pages", "find_page", "detail_page")

router = Router(tags=["languages"])


class TextsSchema(Schema):
    """A page in one language; ``texts`` are as they are stored."""

    id: int
    type: str
    language: str
    live: bool
    html_url: str | None
    texts: dict[str, Any]


class WriteSchema(Schema):
    """The texts to change, and whether the language is to be published with them.

    ``confirmed`` repeats the confirmations that a refusal has listed for an incomplete translation.
    """

    texts: dict[str, Any] = {}
    publish: bool = False
    confirmed: list[str] = []


@router.get(
    "/{language}/pages/{page_id}/",
    response=TextsSchema,
    url_name="page_in_language",
    summary="A page in one language",
    operation_id="languages_pages_detail",
    auth=[BearerTokenAuth(), AllowAnonymous()],
)
def read_page(request, language: str, page_id: int, version: str = "live"):
    page = find_page(page_id, language)
    if version == "draft":
        check_may_edit(page, language, request.user)
        return shown(page.get_latest_revision_as_object(), language, request)
    if not page.is_visible_in(language):
        raise Http404("No page is live there in this language.")
    return shown(page, language, request)


@router.patch(
    "/{language}/pages/{page_id}/",
    response=TextsSchema,
    url_name="write_page_in_language",
    summary="Write a page in one language",
    operation_id="languages_pages_update",
    auth=BearerTokenAuth(),
)
def write_page(request, language: str, page_id: int, data: WriteSchema):
    page, user = find_page(page_id, language), request.user
    check_may_edit(page, language, user)
    if page.alias_of_id:
        raise PermissionDenied("An alias has the texts of its original.")
    if page.is_locked_for(user):
        raise PermissionDenied("The page is locked.")
    if data.publish and not page.permissions_for_user(user).can_publish_in(language):
        raise PermissionDenied("You may not publish this language.")
    try:
        write(page, language, user, data)
    except NotPublishable as refusal:
        return refused(refusal)
    return shown(page.stored().get_latest_revision_as_object(), language, request)


@transaction.atomic
@indexed_once()
def write(page, language, user, data):
    """Save a draft of ``page`` with the texts of ``data``, and publish the language if asked to."""
    page.lock_row()
    draft = page.stored_draft()
    for name, value in data.texts.items():
        field = text_field(draft, name, language)
        setattr(draft, field.attname, cleaned(draft, field, name, value))
    draft.save_revision(user=user, log_action=True)
    if data.publish:
        confirmed = [Confirmation.parse(each) for each in data.confirmed]
        page.stored().publish_languages([language], user, confirmed=confirmed)


def refused(refusal):
    """The answer that a language is not published, with the values to send as ``confirmed``."""
    errors = [{"msg": message} for message in refusal.messages]
    problem = build_problem_detail(status=422, detail="Validation failed", errors=errors)
    answer = {**problem.model_dump(), **refusal.to_confirm}
    return JsonResponse(answer, status=422, content_type=PROBLEM_JSON)


def find_page(page_id, language):
    """The multilingual page with this id, for a language that pages can have."""
    if language not in available_languages():
        raise Http404("There is no such language.")
    page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_id).first()
    if page is None or not is_multilingual(page):
        raise Http404("There is no such multilingual page.")
    return page.specific


def check_may_edit(page, language, user):
    may_edit = user.is_authenticated and page.permissions_for_user(user).can_edit()
    if not (may_edit and can(user, "edit", language)):
        raise PermissionDenied("You may not edit this language of the page.")


def shown(page, language, request):
    names = [*COMMON, *language_fields(type(page))]
    with override(language):
        return {
            "id": page.pk,
            "type": page._meta.label,
            "language": language,
            "live": page.is_live_in(language),
            "html_url": page.full_url_in(language, request),
            "texts": {name: stored(page, name, language) for name in names},
        }


def stored(page, name, language):
    """A text as it is stored, and can be written."""
    field = page._meta.get_field(column(name, language))
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        return field.stream_block.get_prep_value(value) if value else []
    return field.get_prep_value(value)


# Writing


def text_field(page, name, language):
    """The field of a text in one language; raises ``ValidationError`` for any other name."""
    if name not in (*COMMON, *language_fields(type(page))):
        raise ValidationError(f"{name} is no text of this page.")
    return page._meta.get_field(column(name, language))


def cleaned(page, field, name, value):
    """``value`` as ``field`` stores it, a key of a relation; raises ``ValidationError`` if not."""
    try:
        check_characters(value)
        if isinstance(field, StreamField):
            return cleaned_stream(field.stream_block, value)
        if isinstance(field, (CharField, TextField)) and not isinstance(value, str):
            raise TypeError("This is no text.")
        if isinstance(field, RichTextField):
            return APIRichText.sanitize_db_html(value, features=field.features)[0]
        return field.clean(value, page)
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise ValidationError(f"{name}: this is no value of the field.") from error


def check_characters(value):
    """Raise ``ValueError`` for characters that no database stores."""
    if isinstance(value, str):
        value.encode()  # half of a pair is no character
        if "\0" in value:
            raise ValueError("There are null characters.")
    elif isinstance(value, dict | list):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            check_characters(each)


def cleaned_stream(block, value):
    """A stored stream with sanitised rich text, checked as in the editor."""
    unknown = {each["type"] for each in value} - set(block.child_blocks)
    if unknown:
        raise ValueError("There are blocks of unknown types.")
    return block.clean(block.to_python(mapped(block, value, _sanitised)))


def _sanitised(block, value):
    if not isinstance(block, RichTextBlock):
        return value
    return APIRichText.sanitize_db_html(str(value), features=block.features)[0]


# Wagtail's own addresses


def guarded(urls):
    """The ``urls`` of Wagtail's ``api``, where nobody reads texts of languages that are not live.

    Wagtail's list and detail of pages show any visitor the title and the slug in the source
    language. Without a token, they are left for pages of types that are not multilingual.
    """
    patterns, *names = urls
    reads = [pattern for pattern in patterns if pattern.name in PUBLIC_READS]
    decorate_urlpatterns(reads, _for_other_types)
    return (patterns, *names)


def _for_other_types(view):
    def answer(request, *args, **kwargs):
        is_public_read = request.method in ("GET", "HEAD") and not BearerTokenAuth()(request)
        # Ninja takes "12.0" and " 12" for 12.
        if is_public_read and id_in(kwargs.get("page_id", "0")) is None:
            return problem_response(status=404, detail="There is no such page.")
        if is_public_read and _may_show_multilingual(request, kwargs.get("page_id")):
            return problem_response(status=403, detail="Read pages in a language.")
        return view(request, *args, **kwargs)

    answer.keeps_languages = True
    return answer


def _may_show_multilingual(request, page_id):
    """Whether an answer could show a multilingual page: itself, above it, or in a list.

    Lists of one type have the types below it as well; whether there is a page at an address is
    told of no multilingual page.
    """
    model = swapper.load_model("wagtailcore", "Page")
    if page_id is not None:
        page = model.objects.filter(pk=page_id).first()
        shown_too = [page, page.get_parent(), page.alias_of] if page else []
        return any(each is not None and is_multilingual(each) for each in shown_too)
    if request.resolver_match.url_name == "find_page":
        return True
    try:
        types = [resolve_model_string(each) for each in request.GET.getlist("type")]
    except (LookupError, ValueError):
        return False
    multilingual = [each for each in get_page_models() if issubclass(each, MultilingualPageMixin)]
    return not types or any(issubclass(each, tuple(types)) for each in multilingual)
