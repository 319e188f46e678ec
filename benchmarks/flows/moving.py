"""A section gets a new address, and everything below it with it."""

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from benchmarks.content import add_stock_pages
from benchmarks.flows.steps import Steps, section, signed_in_client, stock_page
from benchmarks.forms import PUBLISH, PUBLISH_ALL, article_form, section_form
from benchmarks.measuring import measure
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage


class RenamingSection(Steps):
    """Publish a new address of a list of articles in both languages.

    Compared with Wagtail renaming a page with as many pages below it, in one language and
    without redirects: its own cannot be written for so many pages on SQLite, which takes no
    condition of a thousand parts.
    """

    def prepare(self):
        self.client = signed_in_client()
        self.section, self.stock = section(), stock_page()
        add_stock_pages(self.stock, self.articles)
        self.slugs = {}

    def measure(self):
        return [
            measure("stock", self._rename_stock, times=1, warm=False),
            measure("diptych", self._rename_section, times=1, warm=False),
        ]

    def _rename_stock(self, number):
        self.stock.slug = f"stock-{number}"
        texts = {code: "Stock" for code in available_languages()}
        self._post(self.stock, article_form(self.stock, texts, PUBLISH))

    def _rename_section(self, number):
        self.slugs = {code: f"rubrique-{number}-{code}" for code in available_languages()}
        self._post(self.section, section_form(self.section, self.slugs, PUBLISH_ALL))

    def _post(self, page, form):
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        response = self.client.post(address, form)
        assert response.status_code == 302, f"The form is refused: {response.status_code}"

    def done(self):
        rows = PageLanguage.objects.filter(page__path__startswith=self.section.path)
        moved = sum(
            rows.filter(language=code, url_path__contains=f"/{slug}/").count()
            for code, slug in self.slugs.items()
        )
        return {
            "addresses moved": moved,
            "redirects": Redirect.objects.count() // 2,
            "stock addresses moved": self.stock.get_descendants()
            .filter(url_path__contains=f"/{self.stock.slug}/")
            .count(),
        }
