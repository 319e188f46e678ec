from wagtail.admin.widgets import SlugInput

from articles.languages.slugs import ELISION


def slug_input(language):
    """An input for an address that makes of what is typed, or follows the headline, what
    :func:`~articles.languages.slugs.make_slug` makes of it: accents are not lost, and elided
    words stand apart. Of all French letters, Wagtail's script does not know œ.
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
