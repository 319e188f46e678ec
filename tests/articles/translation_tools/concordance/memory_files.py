"""TMX files, the ways to take them in, and what stands in the concordance then."""

from io import StringIO

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import translation

from diptych.articles.translation_tools.concordance.inverted_index import inverted_index
from diptych.articles.translation_tools.concordance.models import (
    AlignedText,
)
from diptych.articles.translation_tools.concordance.searching import search
from tests.factories import make_user
from tests.forms import form_values

LIST = "/admin/diptych/memories/"


IMPORT = f"{LIST}import/"


HEADER = '<header creationtool="{}" segtype="sentence" srclang="fr" datatype="plaintext"/>'


def tu(french, english, codes=("fr", "en"), name="xml:lang", **attributes):
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    variants = (
        f'<tuv {name}="{code}"><seg>{text}</seg></tuv>'
        for code, text in zip(codes, (french, english), strict=True)
        if text is not None
    )
    return f"<tu{given}>{''.join(variants)}</tu>"


def tmx(*units, tool="Other", before="", version="1.4"):
    header = HEADER.format(tool)
    start = f'<?xml version="1.0"?>{before}<tmx version="{version}">{header}<body>'
    return f"{start}{''.join(units)}</body></tmx>".encode()


LAKE = tu("Le lac gelé.", "The frozen lake.", changedate="20240305T101500Z")


BANK = tu("Deux rives vertes.", "Two green banks.")


def upload(client, data, name="river.tmx", source="fr", target="en", **posted):
    file = SimpleUploadedFile(name, data)
    return client.post(IMPORT, {"file": file, "source": source, "target": target, **posted})


def text_of(response):
    soup = BeautifulSoup(response.content, "lxml")
    return " ".join(soup.select_one("main").get_text(" ").split())


def take(client, data, **posted):
    """Take what the report of ``data`` offers; its text and the answer."""
    report = upload(client, data, **posted)
    form = form_values(report.content.decode(), "diptych-take")
    return text_of(report), client.post(IMPORT, form, follow=True)


def command(*arguments, source="fr", target="en", **options):
    said, wrong = StringIO(), StringIO()
    with translation.override("en"):
        arguments = [str(each) for each in arguments]
        call_command(
            "import_memory",
            *arguments,
            source=source,
            target=target,
            stdout=said,
            stderr=wrong,
            **options,
        )
    return said.getvalue()


def found(query, user=None, language="fr", other="en"):
    user = user or make_user("admin")
    return [
        (each.text.text, each.other.text, each.memory and each.memory.name)
        for each in search(query, language, other, user)
    ]


def texts():
    """The texts of memories in the concordance."""
    return AlignedText.objects.filter(memory__isnull=False)


def indexed():
    return inverted_index().counts("stems", ["fr0lac"], 100)[0]


def counts(taken, replaced, unchanged, refused=0):
    return (
        f"taken: {taken}, older ones replaced: {replaced}, unchanged: {unchanged}, "
        f"refused: {refused}"
    )


def named(french, english, number="a1", **attributes):
    return tu(french, english, tuid=number, **attributes)


def numbered(count, text):
    return [named(f"Le lac {each}.", f"{text} {each}.", each) for each in range(count)]


def rebuild():
    call_command("rebuild_concordance", stdout=StringIO(), stderr=StringIO())
