"""Word files for tests, of the parts that Word itself writes."""

import io
import struct
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image as Picture

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "Caption": "caption",
    "TOC1": "toc 1",
}
LISTS = (
    f"<w:numbering {NAMES}>"
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def run(text, *properties):
    """A run of text; ``properties`` are elements such as ``b`` or ``vertAlign superscript``."""
    set_as = ""
    for each in properties:
        name, _space, value = each.partition(" ")
        set_as += f"<w:{name} w:val='{value}'/>" if value else f"<w:{name}/>"
    return f'<w:r><w:rPr>{set_as}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, style="", level=None):
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{style}{numbers if level is not None else ''}</w:pPr>{inside}</w:p>"


def link(identity, text):
    return f'<w:hyperlink r:id="{identity}">{run(text)}</w:hyperlink>'


def note(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def picture(identity, description="", how="embed"):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image 1" descr="{description}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:{how}="{identity}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


#: A cell that continues the one above it.
BELOW = ""


def table(*rows):
    """A table; a cell is a text, ``BELOW``, or a text and how many columns it covers."""
    lines = ""
    for row, following in zip(rows, (*rows[1:], ()), strict=True):
        lines += "<w:tr>"
        for place, cell in enumerate(row):
            text, span = cell if isinstance(cell, tuple) else (cell, 1)
            set_as = f'<w:gridSpan w:val="{span}"/>'
            if BELOW in following[place : place + 1]:
                set_as += '<w:vMerge w:val="restart"/>'
            elif cell == BELOW:
                set_as += "<w:vMerge/>"
            lines += f"<w:tc><w:tcPr>{set_as}</w:tcPr>{paragraph(text)}</w:tc>"
        lines += "</w:tr>"
    return f"<w:tbl>{lines}</w:tbl>"


def drawn(colour=(90, 60, 30)):
    """The content of a PNG."""
    drawing = io.BytesIO()
    Picture.new("RGB", (64, 48), colour).save(drawing, "PNG")
    return drawing.getvalue()


def with_damage_at(path, content):
    """The bytes of an archive whose file at ``path`` cannot be decompressed."""
    with ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(path).header_offset
    name_length, extra_length = struct.unpack_from("<HH", content, start + 26)
    first = start + 30 + name_length + extra_length
    # No block of compressed data begins so.
    return content[:first] + b"\xff" + content[first + 1 :]


def docx(*body, notes=(), links=(), outside=(), pictures=(), files=()):
    """The bytes of a .docx.

    ``links`` and ``outside`` (pictures elsewhere) are addresses by identity, ``pictures`` contents
    by file name, whose identity is that name; ``notes`` are texts, numbered from 1. ``files`` are
    further contents by path, which replace those of the same path.
    """
    relations = [(key, "hyperlink", address, True) for key, address in dict(links).items()]
    relations += [(key, "image", address, True) for key, address in dict(outside).items()]
    relations += [(name, "image", f"media/{name}", False) for name in dict(pictures)]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    contents = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships([("d", "officeDocument", "word/document.xml", False)]),
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(relations),
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        "word/numbering.xml": LISTS,
        "word/footnotes.xml": f"<w:footnotes {NAMES}>{footnotes}</w:footnotes>",
        **{f"word/media/{name}": content for name, content in dict(pictures).items()},
        **dict(files),
    }
    return zipped(contents)


def zipped(contents):
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in contents.items():
            archive.writestr(path, content)
    return packed.getvalue()


def relationships(relations):
    """Relations of a part: identity, kind, target and whether that is outside the file."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if is_outside else ''}/>"
        for key, kind, target, is_outside in relations
    )
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{inside}</Relationships>'
