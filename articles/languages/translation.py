from modeltranslation.translator import TranslationOptions


class LanguagePageOptions(TranslationOptions):
    """What every page of several languages translates. Page types add their own fields.

    No fallback: a field that is empty in a language is empty there, whatever the project's
    settings say, so that a page never shows the text of another language by itself.
    """

    fields = (
        "headline",
        "url_slug",
        "meta_title",
        "meta_description",
        "is_public",
        "goes_public",
        "first_public_at",
        "last_public_at",
        "updated_at",
        "provenance",
    )
    fallback_languages = {"default": ()}
