from wagtail.admin.widgets import SlugInput

from diptych.articles.languages.routes.slugs import ELISION, letters_of, makes_unicode


def slug_input(language):
    """A slug input whose script gives the same results as
    :func:`~diptych.articles.languages.routes.slugs.make_page_slug`: elided words are separated, and
    accents transliterated, letters written as the language does, unless they are kept. Wagtail's
    script lacks "œ".
    """
    letters = {} if makes_unicode() else {"œ": "oe", **letters_of(language)}
    cases = [pair for low, other in letters.items() for pair in _both_cases(low, other)]
    return SlugInput(
        locale=language,
        formatters=[(ELISION, " "), *cases],
        attrs={
            "lang": language,
            "dir": "ltr",
            "data-w-slug-allow-unicode-value": "true" if makes_unicode() else "false",
            "data-action": (
                "blur->w-slug#urlify w-sync:check->w-slug#compare"
                " w-sync:apply->w-slug#urlify:prevent"
            ),
        },
    )


def _both_cases(letter, written):
    capital = "ẞ" if letter == "ß" else letter.upper()
    return (capital, written.upper()), (letter, written)
