"""Links with which outside readers see a draft: who makes them, what they show, how they end."""

from datetime import timedelta
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, PageViewRestriction

from diptych.articles.languages.models import DraftLink
from diptych.articles.languages.publication.draft_links import CREATION, MOST_AN_HOUR
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.dated import run
from tests.factories import (
    make_alias,
    make_article,
    make_image,
    make_user,
    publish_draft,
    sign_in,
    write_draft,
)


@pytest.fixture
def article(journal):
    """Live in French, with newer drafts of both languages."""
    article = make_article(journal, "Le lac gèle", "The lake freezes", live_in=["fr"])
    write_draft(article, headline_fr="Le lac dégèle", headline_en="The lake thaws")
    return article


def links_of(client, page):
    """The screen about the links to the draft of ``page``."""
    return client.get(reverse("diptych_draft_links", args=(page.pk,)))


def make_link(client, page, language="en", days=7):
    """Make a link as an editor does; returns its address."""
    address = reverse("diptych_draft_links", args=(page.pk,))
    answer = client.post(address, {"language": language, "days": days})
    assert answer.status_code == 302, answer.context["form"].errors
    return soup(client.get(address)).select_one("input[readonly]")["value"]


def read(address, client=None):
    return (client or Client()).get(urlsplit(address).path)


@pytest.mark.parametrize(
    ("language", "headline", "others", "said"),
    [
        ("en", "The lake thaws", "Le lac dégèle", "Draft – not published."),
        ("fr", "Le lac dégèle", "The lake thaws", "Brouillon – non publié."),
    ],
)
def test_anybody_reads_the_newest_draft_in_its_language(
    admin, article, language, headline, others, said
):
    address = make_link(admin, article, language)
    assert address.startswith(f"http://testserver/{language}/draft/")
    answer = read(address)
    page = soup(answer)
    assert answer.status_code == 200
    assert page.html["lang"] == answer["Content-Language"] == language
    assert text_of(page.h1) == headline
    assert said in text_of(page.select_one(".draft-notice"))
    assert others not in answer.content.decode()
    write_draft(article, **{f"headline_{language}": "Later"})
    assert text_of(soup(read(address)).h1) == "Later"


def test_it_is_kept_from_caches_search_engines_and_referrers(admin, article):
    answer = read(make_link(admin, article))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    page = soup(answer)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=canonical], link[hreflang]")
    assert not answer.cookies
    assert Client().post(urlsplit(make_link(admin, article)).path).status_code == 405


def test_pictures_of_the_draft_are_shown_and_no_other_draft(admin, journal):
    hidden = make_article(journal, "Secret", "Hidden", live_in=[])
    shown = make_article(journal, "Montré", "Shown")
    article = make_article(journal, picks=[hidden, shown], live_in=["fr"])
    write_draft(article, headline_fr="Autre brouillon", hero_image=make_image())
    page = soup(read(make_link(admin, article)))
    assert page.select_one(".figure--hero img")["alt"] == "A frozen lake"
    assert "Shown" in text_of(page.select_one(".related"))
    for secret in ("Hidden", hidden.address_in("en"), "Autre brouillon"):
        assert secret not in page.decode()
    (other,) = page.select(".language-switch [hreflang]")
    assert read(unquote(other["href"].partition("next=")[2])).status_code == 200


def test_whoever_is_signed_in_sees_no_more_by_it(admin, article):
    html = read(make_link(admin, article), admin).content.decode()
    assert "wagtail-userbar" not in html


def test_wrong_expired_and_revoked_links_are_answered_alike(admin, article):
    address = make_link(admin, article)
    link = DraftLink.objects.get()
    key, signature = link.token.split(".")
    wrong = [
        reverse("diptych_draft", args=(token,)).replace("/fr/", "/en/")
        for token in (f"{key}.{'A' * len(signature)}", f"A{key[1:]}.{signature}", "a.b")
    ]
    other_language = urlsplit(address).path.replace("/en/", "/fr/")
    DraftLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answers = [read(each) for each in (*wrong, address)]
    revoked = make_link(admin, article)
    admin.post(
        reverse("diptych_draft_links", args=(article.pk,)),
        {"revoke": DraftLink.objects.unexpired().get().pk},
    )
    answers.append(read(revoked))
    assert {each.status_code for each in [*answers, read(other_language)]} == {404}
    assert len({text_of(BeautifulSoup(each.content, "html.parser")) for each in answers}) == 1
    assert "The lake" not in answers[0].content.decode()


def test_it_is_valid_for_the_days_chosen(admin, article):
    make_link(admin, article, days=30)
    left = DraftLink.objects.get().expires_at - timezone.now()
    assert timedelta(days=30, minutes=-1) < left <= timedelta(days=30)


@pytest.mark.parametrize("posted", [{"days": 365}, {"days": "x"}, {"language": "de"}, {}])
def test_what_is_not_offered_is_refused(admin, article, posted):
    address = reverse("diptych_draft_links", args=(article.pk,))
    posted = {"language": "en", "days": 7, **posted} if posted else {}
    assert admin.post(address, posted).status_code == 200
    for number in ("x", "9" * 30):
        assert admin.post(address, {"revoke": number}).status_code == 302
    assert not DraftLink.objects.exists()


def test_what_is_not_written_cannot_be_shared(admin, journal):
    article = make_article(journal, en=None, live_in=["fr"])
    form = links_of(admin, article).context["form"]
    assert [code for code, _name in form.fields["language"].choices] == ["fr"]


@pytest.mark.rare
def test_the_list_says_who_made_it_and_until_when(admin, client, article):
    make_link(admin, article)
    sign_in(client, "moderator", language="fr")
    words = text_of(soup(links_of(client, article)))
    link = DraftLink.objects.get()
    assert link.user.get_username() in words
    assert "valable jusqu’au" in words


@pytest.mark.rare
def test_translators_share_only_their_own_language(client, admin, article):
    make_link(admin, article, "fr")
    user = make_user("editor")
    permissions = user.groups.get().permissions
    permissions.remove(permissions.get(codename="edit_fr"))
    client = Client()
    client.force_login(user)
    page = links_of(client, article)
    assert not soup(page).select("input[readonly]")
    foreign = DraftLink.objects.get()
    address = reverse("diptych_draft_links", args=(article.pk,))
    client.post(address, {"revoke": foreign.pk})
    client.post(address, {"language": "fr", "days": 7})
    assert DraftLink.objects.get() == foreign


@pytest.mark.rare
def test_nobody_else_makes_links(client, journal, article):
    address = reverse("diptych_draft_links", args=(article.pk,))
    assert "login" in client.post(address, {"language": "en", "days": 7}).url
    sign_in(client, "reader")
    assert client.post(address, {"language": "en", "days": 7}).status_code in (302, 403)
    admin = Client()
    sign_in(admin, "admin")
    for page in (make_alias(article), journal.site.root_page.get_parent()):
        assert admin.get(reverse("diptych_draft_links", args=(page.pk,))).status_code in (302, 404)
    assert not DraftLink.objects.exists()


def without_account(user):
    user.is_active = False
    user.save()


def without_groups(user):
    user.groups.clear()


def without_language(user):
    permissions = user.groups.get().permissions
    permissions.remove(permissions.get(codename="edit_en"))


@pytest.mark.parametrize("lose", [without_account, without_groups, without_language])
@pytest.mark.rare
def test_it_ends_with_the_rights_of_whoever_made_it(client, article, lose):
    user = sign_in(client, "moderator")
    address = make_link(client, article)
    assert read(address).status_code == 200
    lose(user)
    assert read(address).status_code == 404


@pytest.mark.rare
def test_it_ends_with_the_page_and_with_the_account(admin, client, article):
    user = sign_in(client, "moderator")
    make_link(client, article)
    user.delete()
    assert not DraftLink.objects.exists()
    sign_in(client, "moderator")
    address = make_link(client, article)
    article.delete()
    assert read(address).status_code == 404


@pytest.mark.rare
def test_once_published_it_leads_to_the_page(admin, article):
    address = make_link(admin, article)
    publish_draft(article, is_public_en=True, publish_requested_en=True)
    answer = read(address)
    assert answer.status_code == 302
    assert answer.url == article.full_url_in("en")
    assert answer["Cache-Control"] == "private, no-store"
    write_draft(article, headline_en="Newer")
    assert text_of(soup(read(address)).h1) == "Newer"


@pytest.mark.parametrize("of_section", [False, True])
@pytest.mark.rare
def test_a_page_that_became_private_is_shown_by_no_link(journal, admin, article, of_section):
    address = make_link(admin, article)
    assert read(address).status_code == 200
    private = journal.articles if of_section else article
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    answer = read(address)
    assert answer.status_code == 404 and "Draft" not in answer.content.decode()
    form = {"language": "en", "days": 7}
    admin.post(reverse("diptych_draft_links", args=(article.pk,)), form)
    assert DraftLink.objects.count() == 1
    restriction.delete()
    assert read(address).status_code == 200


@pytest.mark.rare
def test_many_links_within_an_hour_are_refused(admin, article):
    address = reverse("diptych_draft_links", args=(article.pk,))
    make_link(admin, article)
    first = PageLogEntry.objects.get(action=CREATION)
    for _number in range(MOST_AN_HOUR - 1):
        log(instance=article, action=CREATION, user=first.user, data=first.data)
    answer = admin.post(address, {"language": "en", "days": 7})
    assert "You have made many links within an hour." in text_of(soup(answer))
    assert DraftLink.objects.count() == 1
    PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(hours=2))
    make_link(admin, article)
    assert DraftLink.objects.count() == 2


@pytest.mark.rare
def test_the_history_names_what_was_made_and_revoked(admin, article):
    make_link(admin, article)
    admin.post(
        reverse("diptych_draft_links", args=(article.pk,)),
        {"revoke": DraftLink.objects.get().pk},
    )
    history = text_of(soup(admin.get(reverse("wagtailadmin_pages:history", args=(article.pk,)))))
    assert "Link to the draft in English made, valid until" in history
    assert "Link to the draft in English revoked, valid until" in history


@pytest.mark.rare
def test_expired_links_are_deleted_by_the_timed_command(admin, article, capsys):
    make_link(admin, article, "fr")
    DraftLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    make_link(admin, article, "en")
    run(capsys, "--dryrun")
    assert DraftLink.objects.count() == 2
    run(capsys)
    assert DraftLink.objects.get().language == "en"


@pytest.mark.rare
def test_it_is_reached_from_the_editor(admin, article):
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))
    assert soup(editor).select(f'a[href="{reverse("diptych_draft_links", args=(article.pk,))}"]')
