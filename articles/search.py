"""Search in one language: what is live in it, by words of that language."""

from articles.models import ArticlePage, PageLanguage

MAX_LENGTH = 200


def typed_query(request):
    """The words of ``?q=``, without what no database takes, at most ``MAX_LENGTH`` characters."""
    query = request.GET.get("q", "").replace("\x00", "")
    return " ".join(query.split())[:MAX_LENGTH]


def search_articles(query, language):
    """The articles that readers of ``language`` find with ``query``, best first, as a sequence.

    Each page has an entry of its own for each language in the index, so neither the text of
    another language nor an unpublished one is ever searched.
    """
    words = searchable_words(query)
    if not words:
        return []
    visible = PageLanguage.objects.visible_in(language)
    articles = ArticlePage.objects.filter(pk__in=visible.values("page_id"))
    rows = PageLanguage.objects.filter(
        pk__in=visible.filter(page_id__in=articles.values("pk")).values("pk")
    )
    return FoundArticles(rows.search(words))


def searchable_words(query):
    """``query`` with only letters, digits and what joins them; the rest means nothing here.

    Not more than ``MAX_LENGTH`` characters: each word is a condition of its own.
    """
    kept = (char if char.isalnum() or char in "-'’" else " " for char in query[:MAX_LENGTH])
    words = "".join(kept).split()
    return " ".join(word for word in words if any(char.isalnum() for char in word))


class FoundArticles:
    """Search results as articles ready for cards, fetched when a page of them is read."""

    def __init__(self, results):
        self.results = results

    def __len__(self):
        return self.results.count()

    def __getitem__(self, wanted):
        ids = [row.page_id for row in self.results[wanted]]
        articles = {each.pk: each for each in ArticlePage.objects.filter(pk__in=ids).for_cards()}
        return [articles[pk] for pk in ids if pk in articles]
