"""What an issue says: chosen or newest articles, as readers may see them at that moment."""

import re
from datetime import timedelta

from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.newsletter.composing import compose
from diptych.articles.newsletter.models import Issue, Subscription
from diptych.articles.newsletter.sending import message
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_author
from tests.kept import statements_of


def headlines(issue):
    return [each["headline"] for each in compose(issue).articles]


def test_only_what_is_live_in_the_language_is_in_it(journal, make_issue):
    live = make_article(journal, "En ligne", "Live")
    english = make_article(journal, "Pas encore", "English only", live_in=["en"])
    draft = make_article(journal, "Brouillon", "Draft", live_in=[])
    private = make_article(journal, "Privé", "Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    issue = make_issue(live, english, draft, private)
    letter = compose(issue)
    assert [each["headline"] for each in letter.articles] == ["En ligne"]
    assert letter.left_out == [english.pk, draft.pk, private.pk]
    for form in (letter.html, letter.text):
        assert "Pas encore" not in form and "Brouillon" not in form and "Privé" not in form
    assert headlines(make_issue(live, english, draft, private, language="en")) == [
        "Live",
        "English only",
    ]


def test_an_article_taken_offline_meanwhile_is_out(journal, make_issue):
    article = make_article(journal)
    issue = make_issue(article)
    assert headlines(issue) == ["Le lac gèle"]
    article.unpublish()
    assert headlines(issue) == []


def test_without_a_choice_the_newest_since_the_last_issue_are_in_it(journal, make_issue):
    day = timedelta(days=1)
    for number in range(4):
        make_article(
            journal, f"Texte {number}", f"Text {number}", publication_date=now() - number * day
        )
    assert headlines(make_issue(most=3)) == ["Texte 0", "Texte 1", "Texte 2"]
    make_issue(started_at=now() - 1.5 * day)
    make_issue(language="en", started_at=now())
    assert headlines(make_issue()) == ["Texte 0", "Texte 1"]


def test_its_html_and_text_stand_by_themselves(journal, make_issue):
    author = make_author(journal, "Léa <Rochat>")
    article = make_article(journal, "Le lac <gèle> & fond", authors=[author])
    issue = make_issue(article, subject="Le lac\tgèle", introduction="<b>Bonjour</b>\n\nÀ lire.")
    letter = compose(issue)
    assert letter.subject == "Le lac gèle"
    assert "Le lac &lt;gèle&gt; &amp; fond" in letter.html and "<b>" not in letter.html
    assert "Le lac <gèle> & fond" in letter.text and "Léa <Rochat>" in letter.text
    assert '<html lang="fr" dir="ltr">' in letter.html and 'align="right"' not in letter.html
    links = re.findall(r'(?:href|src)="([^"]*)"', letter.html)
    assert links and all(each.startswith(("http://", "https://")) for each in links)
    assert "<img" not in letter.html and "<script" not in letter.html
    assert article.full_url_in("fr") in links and article.full_url_in("fr") in letter.text
    own = "https://journal.example/leave/1"
    assert own in letter.html_for(own) and own in letter.text_for(own)
    assert "unsubscribe.invalid" not in letter.html_for(own) + letter.text_for(own)


def test_its_text_runs_in_the_direction_of_its_language(newsletters):
    newsletters["fr"].language = "ar"
    with override("ar"):
        said = render_to_string("diptych/mail/base.html", {"newsletter": newsletters["fr"]})
    assert '<html lang="ar" dir="rtl">' in said and '<td align="right" dir="rtl"' in said


def test_it_is_typeset_as_pages_are(journal, make_issue):
    author = make_author(journal, "C. F. Ramuz")
    article = make_article(journal, 'Le lac "gèle": où?', "Lakes - frozen", authors=[author])
    values = {"subject": 'Le "lac"  gèle: qui l\'a vu?', "introduction": 'Lu: "5 km"'}
    letter = compose(make_issue(article, **values))
    assert letter.subject == "Le «\u202flac\u202f» gèle\u00a0: qui l’a vu\u202f?"
    assert f"<title>{letter.subject}</title>" in letter.html
    headline = "Le lac «\u202fgèle\u202f»\u00a0: où\u202f?"
    for form in (letter.html, letter.text):
        for said in (
            letter.subject,
            headline,
            "Lu\u00a0: «\u202f5\u00a0km\u202f»",
            "C.\u00a0F.\u00a0Ramuz",
        ):
            assert said in form
    assert "\n-- \n" in letter.text and f"\n  {article.full_url_in('fr')}\n" in letter.text
    assert "Lakes – frozen" in compose(make_issue(article, language="en")).text


def test_it_is_typeset_as_its_site_is(journal, make_issue):
    AppearanceSettings.objects.create(site=journal.site, french_typography="fr-CH")
    assert compose(make_issue(subject="Le lac: gelé")).subject == "Le lac\u202f: gelé"


def test_what_is_sent_already_gets_no_other_articles_once_its_own_are_deleted(journal, make_issue):
    article = make_article(journal)
    issue = make_issue(article, state=Issue.State.SENDING, started_at=now())
    make_article(journal, "Autre chose", "Something else")
    article.delete()
    assert headlines(Issue.objects.get(pk=issue.pk)) == []


def test_more_articles_take_no_more_queries(journal, make_issue):
    articles = [make_article(journal, f"Texte {each}", f"Text {each}") for each in range(6)]
    few, many = make_issue(*articles[:2]), make_issue(*articles)
    numbers = [
        len(statements_of(lambda pk=each.pk: compose(Issue.objects.get(pk=pk))))
        for each in (few, few, many)
    ]
    assert numbers[1] == numbers[2]


def test_each_mail_that_is_no_issue_has_an_identifier_of_its_own(newsletters, make_issue):
    """Mail programs show one of several with the same identifier: a second test would be lost."""
    letter = compose(make_issue())
    reader = Subscription(newsletter=newsletters["fr"], address="lea@example.org")
    mails = [message(letter, reader, number=number) for number in ("", "", "1.2", "1.2")]
    found = [mail.message()["Message-ID"] for mail in mails]
    assert len({*found[:2], found[2]}) == 3
    assert found[2] == found[3] == "<newsletter.1.2@testserver>"
