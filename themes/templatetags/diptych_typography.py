"""Tags and filters that apply typographic conventions to texts in templates.

``{% typographic %}…{% endtypographic %}`` applies the house style of the site to the HTML within.
The base template wraps the whole page in it, so other templates need nothing. The filter of the
same name is for single texts in templates without that base. Mails, which belong to no request,
name their site: ``{% typographic newsletter.site %}``, and ``{% typographic_text … %}`` for plain
text.
"""

from html import unescape

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import strip_tags

from diptych.themes.typography.house_style import FRENCH, HouseStyle, house_style, house_style_of
from diptych.themes.typography.typesetting import typeset

register = template.Library()

#: The least length, in characters, of a paragraph with a drop cap: it fills the lines next to it.
LEAST_WITH_DROP_CAP = 200


class TypographicNode(template.Node):
    """The part of a template between ``{% typographic %}`` and ``{% endtypographic %}``."""

    def __init__(self, nodelist, site=None):
        self.nodelist = nodelist
        self.site = site

    def style(self, context):
        if self.site is None:
            return house_style(context.get("request"))
        return house_style_of(self.site.resolve(context))

    def render(self, context):
        return typeset(lambda: self.nodelist.render(context), self.style(context))


class TypographicTextNode(TypographicNode):
    """The same of plain text: each line is typeset by itself."""

    def render(self, context):
        style = self.style(context)
        return "\n".join(map(style.text, self.nodelist.render(context).split("\n")))


@register.tag("typographic")
@register.tag("typographic_text")
def typographic_block(parser, token):
    name, *site = token.split_contents()
    nodelist = parser.parse([f"end{name}"])
    parser.delete_first_token()
    kind = TypographicNode if name == "typographic" else TypographicTextNode
    return kind(nodelist, *map(parser.compile_filter, site))


@register.filter
@stringfilter
def typographic(text, french="fr-FR"):
    """``{{ text|typographic }}``, or ``{{ text|typographic:"fr-CH" }}`` for Swiss French."""
    style = HouseStyle(FRENCH[french]) if french in FRENCH else HouseStyle()
    return style.html(text)


@register.filter
def takes_drop_cap(stream):
    """Whether the body ``stream`` may start with a drop cap.

    It has to start with a paragraph of sufficient length whose first character is a letter or a
    digit, not a quotation mark.
    """
    first = next(iter(getattr(stream, "raw_data", ())), None)
    if first is None or first["type"] != "paragraph":
        return False
    opening, _end, _rest = str(first["value"] or "").partition("</p>")
    text = unescape(strip_tags(opening)).strip()
    return len(text) >= LEAST_WITH_DROP_CAP and text[0].isalnum()
