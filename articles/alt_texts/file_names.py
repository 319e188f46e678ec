"""Recognise what a camera, a telephone or a download calls its files."""

import re
from pathlib import PurePath

SUFFIX = re.compile(
    r"\.(jpe?g|jfif|png|gif|webp|avif|hei[cf]|tiff?|bmp|svg|cr[23]|nef|dng|psd|eps|pdf)$"
)

#: The beginnings that programs give to their files, before a number or a date.
BEGINNINGS = (
    r"img|dsc[fn_]?|pict?|mvimg|pxl|gopr|dji|vid|wa|cimg|imgp|sam|fb_img|"
    r"whatsapp image|photo|image|picture|foto|bild|immagine|imagen|scan|numerisation|"
    r"screenshot|screen shot|capture d'ecran|bildschirmfoto|schermata|captura de pantalla|"
    r"untitled|sans titre|unbenannt|unnamed|download|telechargement|file|fichier"
)
NUMBERED = re.compile(
    rf"^({BEGINNINGS})[ _.-]*\(?((at|um|alle|from|de|du|le|a) )?\d[\d\s_.:()atumle-]*$"
)

#: Letters and digits without sense: a checksum, a random name, a date and a time.
HEXADECIMAL = re.compile(r"^(?=.*\d)([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,})$")
DIGITS = re.compile(r"^[\d_.:()\s-]{4,}$")
#: One word that joins several: by underlines, or by hyphens of which some stand by a number.
JOINED = re.compile(r"^\S*[^\W_]_\w\S*$|^(?=.*\d)[\w.]+(-[\w.]+){2,}$")
SEVERAL_HYPHENS = 3


def is_file_name(folded_text, file_name=""):
    """Whether a text, folded, is what somebody or something has called the file.

    ``file_name`` is that of the picture itself: a text of several words may well be equal to
    it, as people name their files after what they show.
    """
    if not folded_text:
        return False
    patterns = (SUFFIX, NUMBERED, HEXADECIMAL, DIGITS, JOINED)
    if any(pattern.search(folded_text) for pattern in patterns):
        return True
    if " " in folded_text:
        return False
    stem = PurePath(file_name).stem.casefold()
    return folded_text.count("-") >= SEVERAL_HYPHENS or ("-" in stem and folded_text == stem)
