"""Dutch."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "dutch"
WORDS_PER_MINUTE = 202
SMALL_WORDS = """
    de het een van en of in op aan met zonder voor door bij naar uit over onder achter tussen
    is zijn wordt die dat wie haar hun deze dit tijdens tegen naast
"""
REPEATED = "die dat ze zij het heel je"
PICTURE_WORDS = """
    uitzicht kaart affiche vlag vrouw vrouwen man mannen jonge mensen kinderen omslag tekening
    grafiek lachend zittend studenten
"""
MACHINE_PHRASES = (
    r"\bautomatisch gegenereerde beschrijving",
    r"\bdoor ai gegenereerde inhoud is mogelijk onjuist",
    r"\bkan een afbeelding zijn van\b",
    r"\bgeen fotobeschrijving beschikbaar",
)
