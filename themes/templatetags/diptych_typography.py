"""Texts as a compositor sets them, in templates.

``{% typographic %}…{% endtypographic %}`` sets everything between the two in the style of the site;
the base template has it around the whole page, so that other templates need nothing. The filter of
the same name sets one text, for templates without that base.
"""

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import mark_safe

from themes.typography import opening
from themes.typography.house import FRENCH, HouseStyle, house_style

register = template.Library()


@register.simple_block_tag(takes_context=True, name="typographic")
def typographic_block(context, content):
    return house_style(context.get("request")).html(mark_safe(content))


@register.filter
@stringfilter
def typographic(text, french="fr-FR"):
    """``{{ text|typographic }}``, or ``{{ text|typographic:"fr-CH" }}`` where French is Swiss."""
    style = HouseStyle(FRENCH[french]) if french in FRENCH else HouseStyle()
    return style.html(text)


@register.filter
def takes_an_initial(stream):
    """Whether a theme may set the first letter of a body large."""
    return opening.takes_an_initial(stream)
