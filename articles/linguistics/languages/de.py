"""German."""

from django.utils.translation import pgettext_lazy

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "german"
WORDS_PER_MINUTE = 179
INCLUSIVE_ENDINGS = "innen|in|e|n|r|en|er"
INCLUSIVE_JOINTS = "[*:_/]-?"
STOP_WORDS = """
    ab aber als am an auch auf aus bei bin bis bist da damit dann das dass dein dem den denn
    der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem
    einen einer eines er es euch für hat hatte hatten ich ihm ihn ihr ihre im in ist ja kann
    kein keine man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne schon sehr sein
    seine sich sie sind so soll über um und uns unser unter vom von vor war waren was weil
    wenn wer werden wie wir wird wo zu zum zur
"""
SMALL_WORDS = """
    der die das den dem des ein eine einer einem einen eines und oder im in am an auf mit ohne
    für von vom zu zum zur vor hinter unter über zwischen bei ist sind wird werden sein seine
    seinem ihr ihre dieser diese dieses er sie es aus nach während gegen
"""
REPEATED = "die der das den dem sie ihr es sehr so nein ja"
PICTURE_WORDS = """
    blick karte plakat flagge frau frauen mann männer junge junger leute kinder titelbild
    zeichnung tabelle zeigt lächelnd sitzt steht studierende
"""
MACHINE_PHRASES = (
    r"^ein bild, das .* enthalt\b",
    r"\bautomatisch (generierte|erstellte) beschreibung",
    r"\bbeschreibung automatisch (generiert|erstellt)",
    r"\bki-generierte inhalte konnen fehlerhaft sein",
    r"\bmoglicherweise ein bild von\b",
    r"\bkeine fotobeschreibung verfugbar",
)
#: Snowball leaves the s of *Archivs* and *Handys*.
ENDINGS = (("(?<=.{3})innen$", ""), ("(?<=..[vy])s$", ""))
QUOTATIONS = {"": (("„", "“", ""),)}
TRANSLATED_FROM = pgettext_lazy("Translated …", "from German")
