"""The names of the editor's publishing buttons, and which languages each means."""

from articles.languages.available import available_languages

PREFIX = "action-publish-"
ALL = f"{PREFIX}all-languages"


def button_name(language):
    """The name of the button that publishes one language only."""
    return f"{PREFIX}only-{language}"


def languages_asked_for(data):
    """The languages of the button in the posted ``data``; ``None`` when it was another one."""
    if ALL in data:
        return available_languages()
    for language in available_languages():
        if button_name(language) in data:
            return [language]
    return None
