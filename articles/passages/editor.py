"""Passages in another language in Wagtail's editor of rich text."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from articles.passages.tags import FEATURE, as_tag, is_written_from_the_right

ENTITY = "PASSAGE"


def register_feature(features):
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "globe",
                "description": _("Language of a passage"),
                "nothingSelected": _("First select the words that are in another language."),
                "attributes": ["lang"],
                "dialog": reverse_lazy("diptych_passage"),
            },
            js=["diptych/admin/passages.js"],
            css={"all": ["diptych/admin/passages.css"]},
        ),
    )
    rule = {
        "from_database_format": {"span[lang]": PassageHandler(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: passage_element}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)


def passage_element(props):
    """A passage as it is stored; its words alone where the language is none."""
    tag = as_tag(props.get("lang"))
    if not tag:
        return props["children"]
    attributes = {"lang": tag}
    if is_written_from_the_right(tag):
        attributes["dir"] = "rtl"
    return DOM.create_element("span", attributes, props["children"])


class PassageHandler(InlineEntityElementHandler):
    mutability = "MUTABLE"

    def get_attribute_data(self, attrs):
        return {"lang": as_tag(attrs["lang"])}
