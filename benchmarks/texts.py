"""What the articles made in bulk say."""

HEADLINES = {"fr": "Le lac gèle", "en": "The lake freezes"}
SLUGS = {"fr": "le-lac-gele", "en": "the-lake-freezes"}
SENTENCES = {
    "fr": "Le lac se tait, la ville écoute, et personne ne sait qui commence.",
    "en": "The lake is quiet, the town listens, and nobody knows who begins.",
}
PARAGRAPHS = 10
#: Sentences in a paragraph.
LENGTH = 6


def paragraph(language):
    return f"<p>{SENTENCES[language] * LENGTH}</p>"
