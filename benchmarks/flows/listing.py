"""Editors look for pages: in the lists of the admin, in its search, and in the page chooser."""

from django.urls import reverse

from benchmarks.flows.steps import Steps, get, section, signed_in_client
from benchmarks.measuring import measure

#: A word of every headline, and a number that only a few headlines have.
EVERYWHERE, RARE = "lac", "777"


class Listing(Steps):
    """Open each of :attr:`addresses` as an editor does."""

    #: The most statements that one of them may take.
    budget = 42

    def prepare(self):
        self.client = signed_in_client()
        self.answers, self.measured = {}, []

    def addresses(self):
        """What is opened, by case."""
        raise NotImplementedError

    def measure(self):
        self.measured = [self._open(*each) for each in self.addresses().items()]
        return self.measured

    def _open(self, case, address):
        def open_list(_number):
            self.answers[case] = get(self.client, address)

        return measure(case, open_list)

    def done(self):
        beyond = sum(max(0, each.queries - self.budget) for each in self.measured)
        return {"lists opened": len(self.answers), "queries beyond 42": beyond}


class Lists(Listing):
    def addresses(self):
        explorer = reverse("wagtailadmin_explore", args=[section().pk])
        return {
            "explorer": explorer,
            "explorer, oldest": f"{explorer}?ordering=latest_revision_created_at",
            "articles": reverse("diptych_articles:index"),
            "authors": reverse("diptych_authors:index"),
            "topics": reverse("diptych_topics:index"),
            "images": reverse("wagtailimages:index"),
            "history": reverse("wagtailadmin_reports:site_history"),
            "menu": f"/admin/api/main/pages/?child_of={section().pk}&for_explorer=1",
            "chooser": reverse("wagtailadmin_choose_page_child", args=[section().pk]),
        }


class Searching(Listing):
    def addresses(self):
        pages = {
            "all": reverse("wagtailadmin_pages:search"),
            "explorer": reverse("wagtailadmin_explore", args=[section().pk]),
            "articles": reverse("diptych_articles:index"),
            "chooser": reverse("wagtailadmin_choose_page_search"),
        }
        words = {"everywhere": EVERYWHERE, "rare": RARE}
        return {
            f"{place}, {how}": f"{address}?q={word}"
            for place, address in pages.items()
            for how, word in words.items()
        }
