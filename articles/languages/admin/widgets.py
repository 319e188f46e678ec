from wagtail.admin.widgets import SlugInput

from articles.languages.slugs import ELISION


def slug_input(language):
    """A slug input whose script gives the same results as
    :func:`~articles.languages.slugs.make_slug`: accents are transliterated and elided words
    separated. Wagtail's script lacks "œ".
    """
    return SlugInput(
        locale=language,
        formatters=[(ELISION, " "), ("Œ", "OE"), ("œ", "oe")],
        attrs={
            "lang": language,
            "data-w-slug-allow-unicode-value": "false",
            "data-action": (
                "blur->w-slug#urlify w-sync:check->w-slug#compare"
                " w-sync:apply->w-slug#urlify:prevent"
            ),
        },
    )
