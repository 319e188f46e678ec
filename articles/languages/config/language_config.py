"""The publishing languages of the project, and the active one."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from modeltranslation import settings as modeltranslation_settings
from modeltranslation.utils import build_localized_fieldname

#: The languages that write the names of languages with a capital letter.
CAPITALISING = ("de", "en", "lb", "nl")


def available_languages():
    """The codes of the languages pages can be published in, the default one first."""
    default = default_language()
    others = [code for code in modeltranslation_settings.AVAILABLE_LANGUAGES if code != default]
    return [default, *others]


def default_language():
    """The language used where nothing else decides."""
    return modeltranslation_settings.DEFAULT_LANGUAGE


def active_language():
    """The publishing language of the current thread, or the default one."""
    return available_language(get_language()) or default_language()


def available_language(code):
    """The publishing language that matches the language code ``code``, or ``None``.

    A variant such as ``fr-ch`` counts as its main language when only that is available.
    """
    languages = modeltranslation_settings.AVAILABLE_LANGUAGES
    candidates = (code, code.split("-")[0]) if code else ()
    return next((each for each in candidates if each in languages), None)


def language_name(code):
    """The name of a language in that language, from the settings or from Django.

    Independent of the active language. A lazy translation in the settings is ignored in favour of
    Django's ``name_local``.
    """
    for known, name in settings.LANGUAGES:
        if known == code and not isinstance(name, Promise):
            return name
    return language_information(code)["name_local"]


def translated_language_name(code):
    """The name of a language in the active language, for use within a sentence: "français"."""
    name = str(language_information(code)["name_translated"])
    spoken = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return name if spoken in CAPITALISING else name[:1].lower() + name[1:]


def language_information(code):
    """Django's information on a language; of one that Django does not know, the name alone."""
    try:
        return get_language_info(code)
    except KeyError:
        name = str(dict(settings.LANGUAGES).get(code, code))
        return {"code": code, "bidi": False, "name_local": name, "name_translated": name}


def language_attributes(code):
    """The HTML attributes of an element with text in a language: its tag and its direction."""
    direction = "rtl" if language_information(code)["bidi"] else "ltr"
    return {"lang": code, "dir": direction}


def language_choices():
    """``(code, name)`` pairs for form fields; names in the active language, with a capital."""
    return [(code, capfirst(translated_language_name(code))) for code in available_languages()]


def column(field_name, language):
    """The name of the column that holds a translated field in one language."""
    return build_localized_fieldname(field_name, language)
