"""Tags of the base templates: the journal’s own, and the one within a template of the host."""

from django import template
from django.template.loader_tags import ExtendsNode

from diptych.themes.look.host_base import host_base

register = template.Library()


class ExtendsBaseNode(ExtendsNode):
    """Extends ``host_base.html`` or ``journal_base.html``, by ``DIPTYCH_BASE_TEMPLATE``."""

    must_be_first = False
    # The blocks below are added by ``render``. As the tag is not the first of its template, that
    # is taken for one that extends none, whose blocks would be added a second time.
    child_nodelists = ()

    def get_parent(self, context):
        name = "diptych/host_base.html" if host_base() else "diptych/journal_base.html"
        return self.find_template(name, context)


@register.tag
def extends_base(parser, token):
    return ExtendsBaseNode(parser.parse(), None)


class InHostBaseNode(template.Node):
    """The parts of a page, rendered into the template of the host."""

    child_nodelists = ("head", "content")

    def __init__(self, head, content, name):
        self.head = head
        self.content = content
        self.name = name

    def render(self, context):
        host = host_base()
        with context.push(**{self.name: host}):
            head = self.head.render(context)
            content = self.content.render(context)
        return host.render(context, head, content)


@register.tag
def in_host_base(parser, token):
    """Render a page within the template of ``DIPTYCH_BASE_TEMPLATE``.

    ``{% in_host_base as host %}…{% host_content %}…{% endin_host_base %}``: content
    before ``host_content`` goes into the head of that template, content after it into its block;
    ``host`` is the :class:`~diptych.themes.look.host_base.HostBase`.
    """
    _tag, _as, name = token.split_contents()
    head = parser.parse(["host_content"])
    parser.delete_first_token()
    content = parser.parse(["endin_host_base"])
    parser.delete_first_token()
    return InHostBaseNode(head, content, name)
