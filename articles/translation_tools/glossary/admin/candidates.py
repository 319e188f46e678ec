"""The candidates for the glossary: searched, in pages, taken by ticking them."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from diptych.articles.languages.config.language_config import available_languages, language_choices
from diptych.articles.linguistics.folding import fold_line
from diptych.articles.translation_tools.glossary.admin.files import GlossaryScreenMixin
from diptych.articles.translation_tools.glossary.candidates import add, candidates

PER_PAGE = 50


class CandidatesView(GlossaryScreenMixin, TemplateView):
    """Names that the site has in several languages, and that the glossary has not."""

    page_title = gettext_lazy("Candidates for the glossary")
    template_name = "diptych_translation_tools/glossary/candidates.html"

    def post(self, request, *args, **kwargs):
        keys = set(request.POST.getlist("candidate"))
        with transaction.atomic():
            count = add([each for each in candidates() if each.key in keys], request.user)
        if count:
            message = ngettext(
                "%(count)s entry has been added to the glossary.",
                "%(count)s entries have been added to the glossary.",
                count,
            )
            messages.success(request, message % {"count": count})
        else:
            messages.warning(request, _("Nothing is ticked."))
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").strip()[:100]
        found = candidates()
        if query:
            asked = fold_line(query)
            found = [
                each
                for each in found
                if any(asked in fold_line(text) for text in each.texts.values())
            ]
        languages = available_languages()
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        for each in page:
            each.cells = [(code, each.texts.get(code, "")) for code in languages]
        return {
            **super().get_context_data(**kwargs),
            "query": query,
            "page": page,
            "languages": [name for _code, name in language_choices()],
            "back_url": self.back_url,
        }
