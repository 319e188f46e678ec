"""Editors publish: everything, or one language while the other is still being written."""

from benchmarks.flows.editing import Editing, draft_of
from benchmarks.forms import PUBLISH, PUBLISH_ALL, PUBLISH_ONE, article_form
from diptych.articles.languages.models import PageLanguage


class Publishing(Editing):
    """Publish both languages of a live article; a stock page knows nothing else."""

    def form(self, name, page, new):
        return article_form(page, new, PUBLISH if name == "stock" else PUBLISH_ALL)

    def done_in(self, name, page):
        row = type(page).objects.get(pk=page.pk)
        public = [getattr(row, f"headline_{code}") for code in self.last[name]]
        added = page.revisions.count() - self.revisions[name]
        live = PageLanguage.objects.filter(page_id=page.pk, live=True).count()
        return {
            "revisions": added // self.posts[name],
            "languages published": sum(text in public for text in self.last[name].values()),
            "live rows": live if name == "diptych" else len(public),
        }


class PublishingOneLanguage(Editing):
    """Publish French while the English draft differs from what is live in English."""

    language, other = "fr", "en"

    def prepare(self):
        super().prepare()
        self.before = getattr(self.pages["diptych"], f"headline_{self.other}")

    def form(self, name, page, new):
        press = PUBLISH if name == "stock" else PUBLISH_ONE.format(self.language)
        return article_form(page, new, press)

    def done(self):
        page = self.pages["diptych"]
        row, draft = type(page).objects.get(pk=page.pk), draft_of(page)
        new = self.last["diptych"]
        return {
            "languages published": int(self.text(row, self.language) == new[self.language]),
            "drafts kept": int(self.text(draft, self.other) == new[self.other]),
            "drafts made public": int(self.text(row, self.other) != self.before),
        }

    @staticmethod
    def text(page, language):
        return getattr(page, f"headline_{language}")
