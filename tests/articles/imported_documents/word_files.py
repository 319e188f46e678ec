"""Five Word files with what authors send; `tests.screens.documents` shows them."""

from tests.articles.imported_documents import word
from tests.articles.imported_documents.word import docx, paragraph, run

REPORT = docx(
    paragraph("Le port, l’hiver", style="Title"),
    paragraph("Douze coques restent à quai.", style="Subtitle"),
    paragraph("La nuit", style="Heading1"),
    paragraph(
        "On entend ",
        run("les drisses", "b"),
        " et ",
        run("l’eau", "i"),
        " à 4",
        run("o", "vertAlign superscript"),
        "C",
        word.note(1),
        ", ",
        word.link("out", "selon le carnet"),
        ".",
    ),
    paragraph("un mât", level=0),
    paragraph("grand", level=1),
    paragraph("une pompe", level=0),
    paragraph("Le jour", style="Heading2"),
    paragraph("On n’ouvre pas la cale.", style="Quote"),
    word.table([("Mois", 2), "Bateaux"], ["Janvier", "2025", "7"]),
    paragraph("Entrées du port", style="Caption"),
    paragraph(word.picture("quai.png", "Un quai sous la neige")),
    paragraph("Le quai au matin", style="Caption"),
    notes=["Relevé du carnet de bord."],
    links={"out": "https://port.example/carnet"},
    pictures={"quai.png": word.drawn()},
)

#: Tracked changes, a comment, an equation and a table of contents.
CHANGED = docx(
    paragraph("Le port", style="Title"),
    paragraph(
        "Il ",
        f'<w:del w:id="1" w:author="L">{run("pleut").replace("w:t", "w:delText")}</w:del>',
        f'<w:ins w:id="2" w:author="L">{run("gèle")}</w:ins>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
        " car la somme vaut ",
        "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
        ".",
    ),
    paragraph("Sommaire", style="TOC1"),
)

RIGHT_TO_LEFT = docx(paragraph("مرحبا", style="Title"), paragraph(run("السفن في الميناء", "rtl")))

#: A picture on another server, and one that no browser shows.
PICTURES = docx(
    paragraph("Le port", style="Title"),
    paragraph(word.picture("far", "Quai", how="link")),
    paragraph(word.picture("old.emf")),
    outside={"far": "http://tracker.example/quai.png"},
    pictures={"old.emf": b"\x01\0\0\0" * 30},
    files={"word/settings.xml": "<x/>"},
)

#: Lists in lists, notes with links and in a table, headings of three levels, a cell of two rows.
MINUTES = docx(
    paragraph("Minutes of the harbour board", style="Heading1"),
    paragraph(run("Held on the quay, in the rain.", "i")),
    paragraph("Berths", style="Heading2"),
    paragraph("open in March", level=0),
    paragraph("the north quay", level=1),
    paragraph("the boats of the school", level=2),
    paragraph("the south quay", level=1),
    paragraph("paid in advance", word.note(1), level=0),
    paragraph("Fees", style="Heading2"),
    word.table(["Boat", "Fee"], ["Heron", "40"], [word.BELOW, "45"], ["Gull", "38"]),
    paragraph("Table 1 – Fees by month", style="Caption"),
    paragraph("The board asks for ", run("one", "b"), " crane", word.note(2), "."),
    paragraph("No more than one, says the mayor.", style="Quote"),
    paragraph("— A. Keel", style="Quote"),
    notes=["By the end of February.", "See the letter of May."],
)

#: The files by name, with the language of their text.
FILES = {
    "report": ("fr", REPORT),
    "tracked changes": ("fr", CHANGED),
    "right to left": ("fr", RIGHT_TO_LEFT),
    "pictures": ("fr", PICTURES),
    "minutes": ("en", MINUTES),
}
