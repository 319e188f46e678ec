"""The articles of the last two days, as Google News and others that follow it ask for them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import override

from articles.languages.available import available_languages
from articles.models import ArticlePage, JournalSettings
from articles.syndication.feeds.formats import printable

#: Older articles are no news, and more than this many are refused.
RECENT = timedelta(hours=48)
MOST = 1000


def recent_articles(site, request):
    """``location``, ``title``, ``date``, ``journal`` and ``language`` of each, newest first.

    In every language; an article that is translated today is news in that language by the date
    printed on it.
    """
    entries = []
    for language in available_languages():
        with override(language):
            journal = JournalSettings.for_site(site).name_of(site)
            for article in _recent_in(language, site):
                entries.append(
                    {
                        "location": article.get_full_url(request),
                        "title": printable(article.headline),
                        "date": article.published_at.isoformat(timespec="seconds"),
                        "journal": printable(journal),
                        "language": language,
                    }
                )
    return sorted(entries, key=lambda entry: entry["date"], reverse=True)[:MOST]


def _recent_in(language, site):
    now = timezone.now()
    articles = ArticlePage.objects.descendant_of(site.root_page).visible_in(language)
    articles = articles.gathered_for(site.root_page)
    recent = articles.newest_first().filter(printed_date__gt=now - RECENT, printed_date__lte=now)
    return recent.defer_streamfields().with_addresses()[:MOST]
