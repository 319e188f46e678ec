"""Authors and topics by typing a name: what the inputs of ``PageAutocompletePanel`` ask for."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, Site

from diptych.articles.admin.people_and_topics import with_article_count
from diptych.articles.images.pictures import PORTRAIT
from diptych.articles.images.renditions import attach_renditions, recorded_renditions, specs_for
from diptych.articles.languages.admin.access import PAGE_PERMISSIONS, page_policy, parents_for
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.sites import root_path_above, roots_apart
from diptych.articles.languages.permissions.policy import languages_for
from diptych.articles.linguistics.folding import fold_line
from diptych.articles.models import (
    ArticleAuthor,
    ArticleTopic,
    AuthorIndexPage,
    AuthorPage,
    TopicIndexPage,
    TopicPage,
)

#: Pages offered at a time.
SHOWN = 10
#: Keys of chosen pages that a request may name.
MOST_KEYS = 100
#: The portrait where no theme has registered any size.
PORTRAIT_SPEC = "fill-160x160"
#: A word of a name; an apostrophe and a hyphen part words.
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Choosable:
    """The pages that one relation of an article chooses from.

    ``rows`` is the model of its rows, ``field`` their foreign key to a ``model``; new pages are
    made below a ``parent_model``.
    """

    model: type
    parent_model: type
    rows: type
    field: str

    @property
    def pages(self):
        return self.model.objects.filter(alias_of=None)


#: By the name of the relation.
CHOOSABLE = {
    "authors": Choosable(AuthorPage, AuthorIndexPage, ArticleAuthor, "author"),
    "topics": Choosable(TopicPage, TopicIndexPage, ArticleTopic, "topic"),
}


class Match(NamedTuple):
    """A page whose name matches what was typed; the better ones come first in order."""

    is_elsewhere: bool
    rank: int
    name: str
    pk: int

    @property
    def is_same_name(self):
        return self.rank == 0 and not self.is_elsewhere


def matches(choosable, text, root_path=""):
    """A :class:`Match` for each page whose name has the words that ``text`` begins, best first.

    Names in all languages count, and those of a draft; case and accents do not. Pages below
    ``root_path`` stand before others.
    """
    names = [column("headline", code) for code in available_languages()]
    rows = choosable.pages.values_list("pk", "url_path", "draft_title", "title", *names)
    in_drafts = _names_in_drafts(choosable, names)
    text = fold_line(text)
    begun = [re.compile(rf"\b{word}") for word in WORD.findall(text)]
    found = []
    for pk, url_path, *titles in rows.order_by():
        # Most of them are the same name.
        called = dict.fromkeys([*titles, *in_drafts.get(pk, ())])
        folded = [_folded_name(title) for title in called if title]
        rank = min((_rank(name, text, begun) for name in folded), default=NO_MATCH)
        if rank < NO_MATCH:
            found.append(Match(not url_path.startswith(root_path), rank, folded[0], pk))
    return sorted(found)


def _names_in_drafts(choosable, names):
    """What pages are called in drafts that are newer than what is live, by primary key."""
    drafts = choosable.pages.filter(has_unpublished_changes=True).order_by()
    written = (f"latest_revision__content__{name}" for name in names)
    return {pk: titles for pk, *titles in drafts.values_list("pk", *written)}


NO_MATCH = 3
#: Each key that is pressed asks for the same names again.
_folded_name = lru_cache(maxsize=20_000)(fold_line)


def _rank(name, text, begun):
    """How well the folded ``name`` matches the folded ``text``: 0 best, ``NO_MATCH`` not at all.

    ``begun`` are patterns of the beginnings of words in ``text``.
    """
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    return 2 if begun and all(each.search(name) for each in begun) else NO_MATCH


def most_used(choosable, root_path=""):
    """The primary keys of the pages below ``root_path``, those with most articles first."""
    pages = choosable.pages.filter(url_path__startswith=root_path)
    counted = with_article_count(pages, choosable.rows.objects, choosable.field)
    return counted.order_by("-article_count", "title", "pk").values_list("pk", flat=True)


def options_for(choosable, keys):
    """What the browser shows of the pages with these ``keys``, in their order."""
    pages = choosable.pages
    has_portrait = choosable.model is AuthorPage
    if has_portrait:
        pages = pages.select_related("photo")
    pages = pages.in_bulk(keys)
    if has_portrait:
        attach_renditions([page.photo for page in pages.values()])
    return [_option(pages[key], has_portrait) for key in keys if key in pages]


def _option(page, has_portrait):
    """As Wagtail's page chooser takes it from its dialog, and how the list shows it."""
    name = page.get_admin_display_title()
    return {
        "id": page.pk,
        "title": name,
        "adminTitle": name,
        "editUrl": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        "detail": " · ".join(filter(None, _details(page))),
        "portrait": _portrait(page.photo) if has_portrait and page.photo else "",
    }


def _details(page):
    """What tells a page from another of the same name: role, site, and that it is not live."""
    yield page.text_in("role", active_language()) if isinstance(page, AuthorPage) else ""
    yield _site_of(page)
    yield "" if page.live else _("Draft")


def _site_of(page):
    root_path = root_path_above(page)
    sites = Site.get_site_root_paths() if root_path else ()
    return next(
        (urlsplit(each.root_url).netloc for each in sites if each.root_path == root_path), ""
    )


def _portrait(photo):
    spec = next(iter(specs_for(PORTRAIT)), PORTRAIT_SPEC)
    recorded = recorded_renditions(photo).get(spec)
    return (recorded or get_rendition_or_not_found(photo, spec)).url


class AutocompleteView(View):
    """Lists pages by the beginning of their names (GET), and makes a draft of a name (POST)."""

    http_method_names = ("get", "post")

    def dispatch(self, request, *args, relation, **kwargs):
        if not page_policy().user_has_any_permission(request.user, PAGE_PERMISSIONS):
            raise PermissionDenied
        if relation not in CHOOSABLE:
            raise Http404
        self.choosable = CHOOSABLE[relation]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def root_path(self):
        """Where the site of the article begins that is written, if there are several sites.

        ``near`` is the key of that article or of the page above it.
        """
        near = id_in((self.request.POST or self.request.GET).get("near"))
        roots = roots_apart()
        page = roots and near and Page.objects.filter(pk=near).only("url_path").first()
        return root_path_above(page, roots) if page else ""

    def get(self, request):
        """``q`` is what was typed, each ``not`` the key of a page that is chosen already.

        With keys in ``id`` it is these pages that are asked for.
        """
        if "id" in request.GET:
            return JsonResponse({"options": options_for(self.choosable, self._keys("id"))})
        text, chosen = _line(request.GET.get("q", "")), self._keys("not")
        if text:
            found = matches(self.choosable, text, self.root_path)
            keys = [match.pk for match in found if match.pk not in chosen][:SHOWN]
            can_create = not any(each.is_same_name for each in found) and bool(self.parents)
        else:
            keys = list(most_used(self.choosable, self.root_path).exclude(pk__in=chosen)[:SHOWN])
            can_create = False
        number = len(keys)
        status = ngettext("%(count)s result", "%(count)s results", number) % {"count": number}
        options = options_for(self.choosable, keys)
        return JsonResponse({"options": options, "can_create": can_create, "status": status})

    def _keys(self, name):
        keys = [id_in(each) for each in self.request.GET.getlist(name)[:MOST_KEYS]]
        return [key for key in keys if key is not None]

    @cached_property
    def parents(self):
        """The pages below which the user may make one."""
        return parents_for(self.request.user, self.choosable.parent_model)

    def post(self, request):
        """Make a page called ``name`` in ``language``; one that is called so already is taken."""
        if not self.parents:
            raise PermissionDenied
        name = _line(request.POST.get("name", ""))
        known = matches(self.choosable, name, self.root_path)[:1] if name else []
        if known and known[0].is_same_name:
            return self._made(known[0].pk, "")
        near = [each for each in self.parents if each.url_path.startswith(self.root_path)]
        parent = next(iter(near), self.parents[0])
        try:
            page = create_named(self.choosable.model, parent, name, self._language(), request.user)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        message = _("“%(name)s” was created as a draft, which goes live with the article.")
        return self._made(page.pk, message % {"name": page.get_admin_display_title()})

    def _language(self):
        """The language of the article if the user may write in it, else one that they may."""
        allowed = languages_for(self.request.user, "edit")
        wanted = self.request.POST.get("language")
        return wanted if wanted in allowed else next(iter(allowed), None)

    def _made(self, pk, message):
        (option,) = options_for(self.choosable, [pk])
        return JsonResponse({"option": option, "message": message})


def _line(text):
    """``text`` in one line, without the NUL that no database takes."""
    return " ".join(text.replace("\0", "").split())


@transaction.atomic
def create_named(model, parent, name, language, user):
    """A draft of type ``model`` below ``parent``, of which only the ``name`` is known.

    It goes live with the first article that names it. Raises :exc:`ValidationError` if the name
    cannot be one.
    """
    if language is None:
        raise PermissionDenied
    page = model(live=False, owner=user, source_language=language, goes_live_with_articles=True)
    page.set_text("headline", language, name)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page
