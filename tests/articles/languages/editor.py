"""What an editor does in the admin: fill in the form of a page and press a button."""

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from diptych.articles.models import ArticlePage

PUBLISH = "action-publish"
PUBLISH_FRENCH = "action-publish-only-fr"
PUBLISH_ENGLISH = "action-publish-only-en"
PUBLISH_BOTH = "action-publish-all-languages"
SUBMIT = "action-submit"


class Refused(Exception):
    """A receiver of Wagtail's signals has failed."""


SHARED = {"source_language": "fr", "comments": inline_formset([])}


def article_form(fr=None, en=None, press=None, **values):
    """The posted form of an article, complete in each language that has a headline.

    ``values`` replaces single fields; a list of dictionaries in ``authors`` fills those rows.
    ``press`` is the button; without one the form is saved as a draft.
    """
    rows = ("topics", "picks", "exclusions")
    data = {**SHARED, **{name: inline_formset([]) for name in rows}}
    for language, headline in (("fr", fr), ("en", en)):
        text = [("paragraph", rich_text(f"<p>{headline}</p>"))] if headline else []
        data[f"headline_{language}"] = headline or ""
        data[f"url_slug_{language}"] = ""
        data[f"lead_{language}"] = f"{headline}." if headline else ""
        data[f"body_{language}"] = streamfield(text)
        data[f"corrections_{language}"] = streamfield([])
    authors = values.pop("authors", [])
    known = sum(1 for each in authors if each.get("id"))
    data["authors"] = inline_formset(authors, initial=known)
    return _posted(data, values, press)


def plain_form(fr=None, en=None, press=None, **values):
    """The posted form of a page that is no article."""
    data = {**SHARED, "body_fr": streamfield([]), "body_en": streamfield([])}
    for language, headline in (("fr", fr), ("en", en)):
        data |= {f"headline_{language}": headline or "", f"url_slug_{language}": ""}
        data |= {f"lead_{language}": ""}
    return _posted(data, values, press)


def _posted(data, values, press):
    posted = nested_form_data({**data, **values})
    return {**posted, press: "1"} if press else posted


def create(client, parent, form, model=ArticlePage):
    """Post the form of a new page below ``parent``."""
    names = (model._meta.app_label, model._meta.model_name, parent.pk)
    return sent_back(client.post(reverse("wagtailadmin_pages:add", args=names), form))


def opened_on(page):
    """What a form says that was opened on the newest draft of ``page``."""
    newest = Page.objects.get(pk=page.pk).get_latest_revision()
    if newest is None:
        return {}
    return {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }


def edit(client, page, form):
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return sent_back(client.post(address, {**opened_on(page), **form}))


def revert(client, page, revision, form):
    """Open an old revision and press a button of its form."""
    address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, revision.pk))
    return sent_back(client.post(address, {**opened_on(page), **form}))


def autosave_new(client, parent, form, model=ArticlePage):
    """What the browser posts by itself while a new page is being written."""
    names = (model._meta.app_label, model._meta.model_name, parent.pk)
    address = reverse("wagtailadmin_pages:add", args=names)
    return client.post(address, form, headers={"accept": "application/json"})


def autosave(client, page, form, revision=None):
    """What the browser posts by itself; ``revision`` is the one of its last post."""
    if revision is not None:
        form = {**form, "overwrite_revision_id": str(revision)}
    form = {**opened_on(page), **form}
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return client.post(address, form, headers={"accept": "application/json"})


def sent_back(response):
    """The form again, to which ``response`` leads where a draft was saved and not published."""
    is_saved = response.status_code == 302 and "todo=" in response.url
    return response.client.get(response.url) if is_saved else response


def errors(response):
    """The errors of a form that was refused, by field."""
    assert response.status_code == 200, "the form was accepted"
    return dict(response.context["form"].errors)


def newest_page():
    """The page that was created last, as what it is."""
    return Page.objects.order_by("-pk").first().specific


def again(page):
    """The page as it is now; ``move`` needs its place in the tree."""
    return type(page).objects.get(pk=page.pk)


def draft_of(page):
    """The latest draft of a page, whatever ``page`` still holds in memory."""
    return again(page).get_latest_revision_as_object()


def rows(page):
    """The page × language table of one page: address and whether it is live, by language."""
    return {row.language: (row.url_path, row.live) for row in page.languages.all()}


def live_in(page):
    """The languages readers can see the page in, read anew."""
    return type(page).objects.get(pk=page.pk).live_languages
