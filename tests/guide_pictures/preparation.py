"""Set the language of the admin, give pictures texts with problems, and fill the glossary.

Run as `python -m tests.guide_pictures.preparation LANGUAGE`, on the journal of the environment.
"""

import sys

import django


def speak(language):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update(preferred_language=language)


def spoil_pictures():
    """Give some pictures alternative texts that the report complains of."""
    from django.core.management import call_command

    from diptych.articles.models import ArticlePage

    texts = {
        "Cinq mois dans une langue sans futur": {
            "alt_fr": "IMG_2034.JPG",
            "alt_en": "Image of a suitcase and a map on a table",
        },
        "Pékin et Moscou, amis par nécessité": {"caption_en": "Deux rives et un pont du fleuve."},
        "La bibliothèque, de vingt-deux heures à l’aube": {"alt_fr": ""},
        "La grille n’est pas une cage": {"alt_en": "Image of a grid with a letter on it"},
    }
    for article in ArticlePage.objects.filter(title__in=texts):
        image = article.hero_image
        for name, text in texts[article.title].items():
            setattr(image, name, text)
        image.save()
    call_command("diptych_check_images", verbosity=0)


def fill_glossary():
    """Add the one entry that the picture of the strip under a passage shows."""
    from diptych.articles.translation_tools.models import Concept

    Concept.objects.create().write_terms(
        [
            ("fr", "preferred", "ponton"),
            ("en", "preferred", "pontoon"),
            ("en", "forbidden", "jetty"),
        ]
    )


if __name__ == "__main__":
    django.setup()
    speak(sys.argv[1])
    spoil_pictures()
    fill_glossary()
