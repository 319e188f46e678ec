"""Pages of the journal within a template of the host, named by ``DIPTYCH_BASE_TEMPLATE``."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import Engine, Template, TemplateDoesNotExist
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from diptych.themes.look.template_outline import Outline, outline_of

#: The values of the setting that may be left out. ``None`` for ``head`` takes the first of
#: ``HEADS`` that the template has.
DEFAULTS = {
    "block": "content",
    "head": None,
    "title": "title",
    "empty": ("title_suffix",),
    "language_switch": True,
}
#: The names that blocks at the end of ``<head>`` commonly have.
HEADS = ("extra_head", "head_extra", "extrahead", "extra_css", "head")

_NAME = re.compile(r"[\w.-]+")
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)


@dataclass(frozen=True)
class HostBase:
    """The template of the host, and the names of its blocks that are filled.

    ``title`` is empty if the template has no block for it, within ``<title>`` or with that element
    in it: the title is part of the head then.
    """

    template: str
    block: str
    head: str
    title: str
    empty: tuple
    language_switch: bool
    outline: Outline
    engine: Engine

    @property
    def element(self):
        """The element around the content: ``main`` unless the template of the host has one."""
        around = self.outline.text_without(self.block, *self.empty)
        return "div" if re.search(r"<main\b|role=.main\b", around) else "main"

    def render(self, context, head, content):
        """The page with ``head`` and ``content``, two strings of HTML, in their blocks."""
        title = _TITLE.search(head) if self.title else None
        if title:
            head = head[: title.start()] + head[title.end() :]
        parts = {"title": title[1] if title else "", "head": head, "content": content}
        values = {name: mark_safe(part) for name, part in parts.items()}  # noqa: S308 HTML that templates have rendered
        with context.push(diptych=values):
            return _filled(self.engine, self.source).render(context)

    @property
    def source(self):
        """The source of a template that extends that of the host and fills its blocks."""
        contents = dict.fromkeys(self.empty, "")
        if self.title:
            has_element = self.outline.has_title_element(self.title)
            title = "{{ diptych.title }}"
            contents[self.title] = f"<title>{title}</title>" if has_element else title
        contents[self.head] = "{{ block.super }}{{ diptych.head }}"
        contents[self.block] = "{{ diptych.content }}"
        blocks = (f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in contents.items())
        return f'{{% extends "{self.template}" %}}{"".join(blocks)}'


@lru_cache(maxsize=8)
def _filled(engine, source):
    return Template(source, engine=engine)


def host_base():
    """The :class:`HostBase` of the setting, or ``None`` if the journal has its own base.

    Raises ``ImproperlyConfigured`` for an unsuitable setting or template.
    """
    chosen = getattr(settings, "DIPTYCH_BASE_TEMPLATE", None)
    if not chosen:
        return None
    values = _validated(chosen)
    values["empty"] = tuple(values["empty"])
    engine = Engine.get_default()
    # Templates change while a site is developed.
    find = _placed.__wrapped__ if settings.DEBUG else _placed
    return find(engine, **values)


def _validated(chosen):
    """The values of the setting with defaults for those that are left out."""
    known = {"template", *DEFAULTS}
    if not isinstance(chosen, dict) or "template" not in chosen or set(chosen) - known:
        raise ImproperlyConfigured(
            _(
                "DIPTYCH_BASE_TEMPLATE is no dictionary with “template” and, if needed, some of"
                " these keys: %(keys)s."
            )
            % {"keys": ", ".join(DEFAULTS)}
        )
    values = {**DEFAULTS, **chosen}
    blocks = [values["block"], values["title"], values["head"]]
    if isinstance(values["empty"], str) or not all(
        isinstance(each, str) and (_NAME.fullmatch(each) or not each)
        for each in (values["block"], *filter(None, blocks), *values["empty"])
    ):
        raise ImproperlyConfigured(
            _(
                "In DIPTYCH_BASE_TEMPLATE, “block”, “head” and “title” are names of blocks and"
                " “empty” is a list of such names."
            )
        )
    return values


@lru_cache(maxsize=8)
def _placed(engine, template, block, head, title, empty, language_switch):
    try:
        outline = outline_of(template, engine)
    except TemplateDoesNotExist as missing:
        raise ImproperlyConfigured(
            _("There is no template “%(name)s”, which DIPTYCH_BASE_TEMPLATE names.")
            % {"name": missing.args[0]}
        ) from missing
    for name in (block, *filter(None, [head])):
        if name not in outline.blocks:
            raise ImproperlyConfigured(_no_block(template, name))
    head = head or next((name for name in HEADS if name in outline.blocks), None)
    if head is None:
        raise ImproperlyConfigured(_no_head(template))
    is_title = title in outline.in_title or outline.has_title_element(title)
    title = title if is_title else ""
    empty = tuple(name for name in empty if name in outline.blocks)
    return HostBase(template, block, head, title, empty, language_switch, outline, engine)


def _no_block(template, name):
    return _(
        "The template “%(template)s” has no block “%(name)s” that another template can fill. Write"
        " {%% block %(name)s %%}{%% endblock %%} where pages are to stand, or name another block"
        " in DIPTYCH_BASE_TEMPLATE."
    ) % {"template": template, "name": name}


def _no_head(template):
    return _(
        "The template “%(template)s” has no block in its head for the stylesheet and the metadata"
        " of pages. Write {%% block extra_head %%}{%% endblock %%} before </head>, or name a block"
        " under “head” in DIPTYCH_BASE_TEMPLATE."
    ) % {"template": template}
