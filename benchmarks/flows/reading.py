"""Readers open pages. Nothing is answered from a cache: each request is the first one."""

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from benchmarks.flows.steps import Steps, addresses_shown, article, clear_cache, get, section
from benchmarks.measuring import measure
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.models import AuthorPage, HomePage, TopicPage

WORDS = {"fr": "lac", "en": "lake"}


class Reading(Steps):
    """Open one page in each language."""

    def prepare(self):
        self.client = Client()
        page = self.page()
        prefixes = section()
        self.addresses = {code: page.url_in(code) for code in available_languages()}
        self.prefixes = {code: prefixes.url_in(code) for code in available_languages()}
        self.answers = {}

    def page(self):
        raise NotImplementedError

    def measure(self):
        return [self._measure_in(language) for language in self.addresses]

    def _measure_in(self, language):
        def open_page(_number):
            self.answers[language] = get(self.client, self.addresses[language])

        return measure(language, open_page, before=clear_cache)

    def done(self):
        shown = [
            addresses_shown(answer, self.prefixes[language])
            for language, answer in self.answers.items()
        ]
        return {"languages": len(shown), "articles shown": min(shown)}


class Home(Reading):
    def page(self):
        return HomePage.objects.get()


class Article(Reading):
    def page(self):
        return article()


class List(Reading):
    def page(self):
        return section()


class Topic(Reading):
    def page(self):
        return TopicPage.objects.order_by("path").first()


class Author(Reading):
    def page(self):
        return AuthorPage.objects.order_by("path").first()


class Search(Reading):
    """Search for a word that every article has, and for one that few have."""

    def page(self):
        return section()

    def prepare(self):
        super().prepare()
        for language in self.addresses:
            with override(language):
                self.addresses[language] = f"{reverse('diptych_search')}?q={WORDS[language]}"

    def measure(self):
        return [*super().measure(), *(self._measure_rare(code) for code in WORDS)]

    def _measure_rare(self, language):
        address = f"{self.addresses[language]}+{self.articles // 2}"

        def search(_number):
            get(self.client, address)

        return measure(f"{language}, rare", search, before=clear_cache)


class Feed(Reading):
    def page(self):
        return section()

    def prepare(self):
        super().prepare()
        for language in self.addresses:
            with override(language):
                self.addresses[language] = reverse("diptych_feed")

    def done(self):
        entries = [answer.content.count(b"<entry>") for answer in self.answers.values()]
        return {"languages": len(entries), "articles shown": min(entries)}


class Sitemap(Steps):
    """What a crawler fetches: every page in every language, with its versions."""

    def prepare(self):
        self.client = Client()

    def measure(self):
        return [measure("all", self._open, times=3, before=clear_cache)]

    def _open(self, _number):
        """All of it: where it is an index, each of its parts."""
        address = reverse("diptych_sitemap")
        self.answers = [get(self.client, address)]
        if b"<sitemapindex" in self.answers[0].content:
            parts = self.answers[0].content.count(b"<loc>")
            self.answers = [get(self.client, f"{address}?p={part + 1}") for part in range(parts)]

    def done(self):
        return {"addresses": sum(answer.content.count(b"<loc>") for answer in self.answers)}
