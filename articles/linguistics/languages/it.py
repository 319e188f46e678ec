"""Italian."""

from django.utils.translation import pgettext_lazy

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "italian"
WORDS_PER_MINUTE = 188
ELIDED = r"[^\W\d_]+"
STOP_WORDS = """
    a ad agli ai al alla alle allo anche c che chi ci come con cui d da dagli dai dal dalla
    dalle dallo degli dei del dell della delle dello di dove e ed era essere fra gli ha hanno
    ho i il in io l la le lei li lo loro lui ma mi mio ne negli nei nel nella nelle nello noi
    non o per perché più quale quando quella quelle quelli quello questa queste questi questo
    se sei si sia sono su sua sue sugli sui sul sulla sulle sullo suo tra tu un una uno voi
"""
SMALL_WORDS = """
    il lo la i gli le l un una uno di del della dello dei degli delle a al alla alle agli in
    nel nella nei con senza per da dal dalla su sul sulla sulle sotto davanti dietro tra fra è
    sono che cui suo sua suoi questo questa e o ed durante contro
"""
REPEATED = "così piano via ben molto poco man no sì"
PICTURE_WORDS = """
    veduta vista carta manifesto bandiera donna donne uomo uomini giovane giovani bambini
    copertina disegno grafico sorridente seduto studenti
"""
MACHINE_PHRASES = (
    r"^(un ?')?immagine che contiene\b",
    r"\bdescrizione generata automaticamente",
    r"\bcontenuto generato dall ?'ia potrebbe non essere corretto",
    r"\bpotrebbe essere un ?'immagine\b",
    r"\bnessuna descrizione della foto disponibile",
)
TRANSLATED_FROM = pgettext_lazy("Translated …", "from Italian")
