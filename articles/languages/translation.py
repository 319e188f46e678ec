from modeltranslation.translator import TranslationOptions


class LanguagePageOptions(TranslationOptions):
    """Translation options of every page type; subclasses add their own fields.

    Without fallback, whatever the settings of the project: a field that is empty in a language
    never shows the text of another one.
    """

    fields = (
        "headline",
        "url_slug",
        "meta_title",
        "meta_description",
        "is_public",
        "publish_requested",
        "first_public_at",
        "last_public_at",
        "updated_at",
        "provenance",
    )
    fallback_languages = {"default": ()}
