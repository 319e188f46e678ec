"""Nothing that a machine wrote is published before somebody has confirmed it, by any way in."""

import pytest

from diptych.articles.models import ArticlePage
from tests.articles.languages.test_gate import QUICK, WAYS, member
from tests.articles.translation_tools.machine.drafts import ask
from tests.factories import make_article, write_draft

#: The ways that `make test` tries.
OFTEN = {"code"} | {way for way, graded in QUICK if graded == "unconfirmed"}


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=() if way in OFTEN else (pytest.mark.matrix,)) for way in WAYS],
)
def test_a_passage_of_a_machine_is_refused(journal, machine, translator, way):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, lead_fr="Un tout autre chapeau.")
    assert ask(translator, page).state == "done"
    assert machine.asked == ["Un tout autre chapeau."]
    page.refresh_from_db()
    WAYS[way][0](member("chiefs"), page, True)
    public = ArticlePage.objects.get(pk=page.pk)
    assert public.lead_en != "UN TOUT AUTRE CHAPEAU."
