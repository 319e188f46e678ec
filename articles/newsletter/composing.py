"""Render an issue as HTML and plain text, with the articles that are public now."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import override

from diptych.articles.languages.index.querysets import address_lookup
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.models import ArticlePage
from diptych.articles.newsletter.links import absolute_address
from diptych.articles.newsletter.models import Issue
from diptych.articles.newsletter.subscribing import in_one_line

#: Placeholder for the unsubscribe link of each reader in the rendered issue.
PLACE = "https://unsubscribe.invalid/"


@dataclass(frozen=True)
class RenderedIssue:
    """An issue as HTML and text, with a placeholder for the unsubscribe link of each reader."""

    subject: str
    html: str
    text: str
    articles: list
    #: Articles that an editor has chosen and readers cannot see.
    left_out: list

    def html_for(self, unsubscribe):
        return self.html.replace(PLACE, unsubscribe)

    def text_for(self, unsubscribe):
        return self.text.replace(PLACE, unsubscribe)


def compose(issue):
    """The :class:`RenderedIssue` of ``issue`` as it would be sent now."""
    newsletter = issue.newsletter
    with override(newsletter.language):
        chosen = [entry.article_id for entry in issue.articles.all() if entry.article_id]
        # A sent issue gets no other articles, even if all of its own are deleted.
        listed = _visible(newsletter, chosen) if chosen or issue.started_at else newest(issue)
        articles = [_told(page, newsletter) for page in _fetched(listed)]
        context = {
            "issue": issue,
            "newsletter": newsletter,
            "articles": articles,
            "unsubscribe": PLACE,
            "site": absolute_address(newsletter, "diptych_newsletter"),
        }
        subject = in_one_line(render_to_string("diptych/mail/issue_subject.txt", context))
        context["subject"] = subject
        html = render_to_string("diptych/mail/issue.html", context)
        text = render_to_string("diptych/mail/issue.txt", context)
    left_out = [pk for pk in chosen if pk not in listed]
    return RenderedIssue(subject, html, text.strip() + "\n", articles, left_out)


def newest(issue):
    """The ids of the newest articles that any visitor may see, since the issue before."""
    newsletter = issue.newsletter
    before = Issue.objects.filter(newsletter=newsletter, started_at__isnull=False)
    last = before.exclude(pk=issue.pk).order_by("-started_at").first()
    listed = ArticleList(newsletter.language, newsletter.site.root_page_id)
    if last is not None:
        listed = listed.narrowed(printed_date__gt=last.started_at)
    return listed.ids(0, issue.most)


def _visible(newsletter, ids):
    """Those of ``ids`` that any visitor of the site may see in the language, in their order."""
    listed = ArticleList(newsletter.language, newsletter.site.root_page_id)
    found = set(listed.narrowed(article__in=ids).ids())
    return [pk for pk in dict.fromkeys(ids) if pk in found]


def _fetched(ids):
    # Not from the cache in memory, which may contain articles that were just unpublished.
    found = ArticlePage.objects.filter(pk__in=ids)
    found = found.prefetch_related("authors__author", address_lookup()).in_bulk()
    return [found[pk] for pk in ids if pk in found]


def _told(page, newsletter):
    return {
        "headline": page.headline,
        "lead": page.lead,
        "authors": ", ".join(page.author_names),
        "url": page.full_url_in(newsletter.language),
    }
