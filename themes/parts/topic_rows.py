"""The layout of a topic's articles on the front page."""

from diptych.articles.models.home import RowForm

#: The forms that take turns where editors leave it to the theme.
TURNS = (RowForm.LARGE, RowForm.EQUAL, RowForm.LARGE, RowForm.TEXT)
#: The place in it of a large picture at the end of the row.
MIRRORED = 2


def form_of_row(row, number):
    """The form of ``row``, the ``number``-th of the page from 0: a modifier of its class.

    It is the one that editors chose, if the articles have the pictures for it, or else the first
    of :data:`TURNS` from its number on that is possible. One article alone has a form of its own.
    A large picture stands at the end of its row where the second ``LARGE`` of the turns is due.
    """
    articles = row["articles"]
    if len(articles) < 2:
        return "single"
    turn = number % len(TURNS)
    possible = _possible([bool(article.hero) for article in articles])
    wanted = (row["form"], *TURNS[turn:], *TURNS[:turn])
    form = next(each for each in wanted if each in possible)
    return "mirror" if form == RowForm.LARGE and turn == MIRRORED else str(form)


def _possible(pictured):
    """The forms with enough pictures; ``pictured`` has a boolean for each article."""
    forms = {RowForm.TEXT: True, RowForm.LARGE: pictured[0], RowForm.EQUAL: all(pictured)}
    return {form for form, is_possible in forms.items() if is_possible}
