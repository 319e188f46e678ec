"""Make the typefaces of the themes: subsets, and the stylesheets that declare them.

    pip install fonttools brotli
    python docs/examples/make_fonts.py SOURCES themes/static/diptych/fonts

``SOURCES`` is a folder with the files that ``TYPEFACES`` and ``SYSTEM`` name; docs/themes.md says
where they come from. Each style becomes a stylesheet and two files: ``BASIC``, which every article
needs, and ``EXTENDED``, which browsers load for a page that has such a letter. A journal in another
script adds its letters to ``SUBSETS``.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

#: Letters of names from the rest of Europe, which may stand in any article.
NAMES = "āăąćčďđēėęěğģīįıķĺľłńņňōőŕřśşšșťțūůűųźżžĆČĐĞİŁŘŚŞŠȘŻŽ"
#: Letters of Western Europe, the marks of French and English typesetting, and those of names.
BASIC = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, f"ŒœŸʳʼ˚ᵉ‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄€№™←↑→↓−\u2009\u202f{NAMES}"),
}
#: The other Latin letters of Europe, figures above and below the line, signs of mathematics.
EXTENDED = {
    *range(0x100, 0x180),
    *range(0x218, 0x21C),
    *map(ord, "ƏƒǍǎǦǧəẞ⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⅓⅔⅛⅜⅝⅞≈≠≤≥"),
} - BASIC
SUBSETS = {"": BASIC, "-extended": EXTENDED}
#: Accents are part of letters here, so none is put onto another letter by the font.
FEATURES = ("kern", "locl", "liga", "lnum", "onum", "pnum", "tnum")

#: A sentence or two with letters about as frequent as in articles, to compare widths by.
SAMPLE = (
    "Les habitants du village ont attendu trois ans avant que la commune publie les chiffres, et "
    "personne ne s’en étonne plus aujourd’hui. Nobody who lives there was surprised by what the "
    "report said about the lake, the railway and the price of a room in town."
)


@dataclass
class Style:
    """One file: where it comes from, what is kept of its axes, and how CSS calls it."""

    source: str
    axes: dict
    weight: str
    slope: str = "normal"

    @property
    def suffix(self):
        return "-italic" if self.slope == "italic" else ""


#: Fonts of systems: the file that is measured, and the names of those with the same widths.
SYSTEM = {
    "times": {
        "400": ("LiberationSerif-Regular.ttf", ["Times New Roman", "Liberation Serif", "Tinos"]),
        "700": (
            "LiberationSerif-Bold.ttf",
            ["Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"],
        ),
        "italic": (
            "LiberationSerif-Italic.ttf",
            ["Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"],
        ),
    },
    "noto": {
        "400": ("noto-serif-latin-400-normal.woff2", ["Noto Serif"]),
        "700": ("noto-serif-latin-700-normal.woff2", ["Noto Serif Bold", "NotoSerif-Bold"]),
        "italic": (
            "noto-serif-latin-400-italic.woff2",
            ["Noto Serif Italic", "NotoSerif-Italic"],
        ),
    },
    "arial": {
        "400": ("LiberationSans-Regular.ttf", ["Arial", "Liberation Sans", "Arimo", "Helvetica"]),
        "700": (
            "LiberationSans-Bold.ttf",
            ["Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Helvetica Bold"],
        ),
        "italic": (
            "LiberationSans-Italic.ttf",
            ["Arial Italic", "Arial-ItalicMT", "Liberation Sans Italic", "Helvetica Oblique"],
        ),
    },
    "roboto": {
        "400": ("roboto-latin-400-normal.woff2", ["Roboto"]),
        "700": ("roboto-latin-700-normal.woff2", ["Roboto Bold", "Roboto-Bold"]),
        "italic": ("roboto-latin-400-italic.woff2", ["Roboto Italic", "Roboto-Italic"]),
    },
}

#: By the name of its files: the name of the family, its styles, what stands in until it is there.
TYPEFACES = {
    "serif": (
        "Diptych Serif",
        (
            Style("SourceSerif4Variable-Roman.ttf", {"wght": (400, 700), "opsz": 20}, "400 700"),
            Style("SourceSerif4Variable-Italic.ttf", {"wght": 400, "opsz": 20}, "400", "italic"),
        ),
        ("times", "noto"),
    ),
    "sans": (
        "Diptych Sans",
        (Style("SourceSans3VF-Upright.ttf", {"wght": (400, 700)}, "400 700"),),
        ("arial", "roboto"),
    ),
    "grotesque": (
        "Diptych Grotesque",
        (
            Style("InterVariable.ttf", {"wght": (400, 700), "opsz": (14, 32)}, "400 700"),
            Style("InterVariable-Italic.ttf", {"wght": 400, "opsz": 14}, "400", "italic"),
        ),
        ("arial", "roboto"),
    ),
}


def main(sources, target):
    sources, target = Path(sources), Path(target)
    for name, (family, styles, stand_ins) in TYPEFACES.items():
        for style in styles:
            rules = []
            for suffix, letters in SUBSETS.items():
                file = f"{name}{style.suffix}{suffix}.woff2"
                subset(sources / style.source, style, family, letters).save(target / file)
                rules.append(face_rule(family, style, file, letters))
            for stand_in in stand_ins:
                rules += stand_in_rules(sources, family, style, stand_in)
            head = f"/* {family}, {style.slope}, by docs/examples/make_fonts.py. */\n"
            (target / f"{name}{style.suffix}.css").write_text(head + "\n".join(rules))


def subset(path, style, family, letters):
    """The font at ``path``, cut down to ``letters`` and named ``family``."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.drop_tables += ["STAT", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    instantiateVariableFont(font, style.axes, inplace=True)
    rename(font, family, style.slope)
    font.flavor = "woff2"
    return font


def rename(font, family, slope):
    """Give ``font`` the name ``family``: a reserved name may not stay on a changed font."""
    style = slope.title() if slope != "normal" else "Regular"
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}"}
    names[6] = f"{family}-{style}".replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]


def face_rule(family, style, file, letters):
    return rule(
        f'font-family: "{family}"',
        f"font-style: {style.slope}",
        f"font-weight: {style.weight}",
        "font-display: swap",
        f'src: url("{file}") format("woff2")',
        f"unicode-range: {', '.join(ranges_of(letters))}",
    )


def ranges_of(letters):
    """``letters`` (code points) in the words of ``unicode-range``."""
    points = sorted(letters)
    while points:
        count = 1
        while count < len(points) and points[count] == points[0] + count:
            count += 1
        yield f"U+{points[0]:X}" + (f"-{points[count - 1]:X}" if count > 1 else "")
        points = points[count:]


def stand_in_rules(sources, family, style, stand_in):
    """Rules for fonts of systems, as wide and as tall as ``style`` of ``family``."""
    for weight in ["italic"] if style.slope == "italic" else ["400", "700"]:
        file, names = SYSTEM[stand_in][weight]
        source = TTFont(sources / style.source)
        ours = instantiateVariableFont(source, measured_axes(style, weight))
        yield rule(
            f'font-family: "{family} as {stand_in}"',
            f"font-style: {style.slope}",
            f"font-weight: {'400' if weight == 'italic' else weight}",
            "src: " + ", ".join(f'local("{name}")' for name in names),
            *measures(ours, TTFont(sources / file)),
        )


def measured_axes(style, weight):
    """Where ``style`` is measured: bold is that of headlines, as large as the font has them."""
    axes = {
        name: (value[weight == "700"] if isinstance(value, tuple) else value)
        for name, value in style.axes.items()
    }
    return {**axes, "wght": 700 if weight == "700" else 400}


def measures(ours, theirs):
    """What makes text in ``theirs`` take the room that it takes in ``ours``."""
    adjust = width_of(ours) / width_of(theirs)
    yield f"size-adjust: {adjust:.2%}"
    lines = ours["hhea"]
    heights = {"ascent": lines.ascent, "descent": -lines.descent, "line-gap": lines.lineGap}
    for name, height in heights.items():
        yield f"{name}-override: {height / ours['head'].unitsPerEm / adjust:.2%}"


def width_of(font):
    """The width of the sample in ems."""
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[glyphs[ord(each)]][0] for each in SAMPLE) / font["head"].unitsPerEm


def rule(*declarations):
    lines = "".join(f"  {each};\n" for each in declarations)
    return f"@font-face {{\n{lines}}}\n"


if __name__ == "__main__":
    main(*sys.argv[1:3])
