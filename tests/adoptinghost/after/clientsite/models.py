"""The same page types in several languages: a mixin before ``Page``, and nothing else."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from diptych.articles.languages import MultilingualPageMixin


class AboutQuerySet(PageQuerySet):
    def beginning(self, words):
        return self.filter(introduction__startswith=words)


class AboutPage(MultilingualPageMixin, RoutablePageMixin, Page):
    introduction = models.TextField(blank=True)
    body = StreamField([("text", RichTextBlock()), ("page", PageChooserBlock())], blank=True)
    related = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        "body",
        FieldPanel("related"),
    ]
    objects = PageManager.from_queryset(AboutQuerySet)()

    @path("team/<slug:name>/")
    def person(self, request, name):
        return self.render(request, context_overrides={"person": name})


class EventForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("place") == "nowhere":
            self.add_error("place", "An event takes place somewhere.")
        return cleaned


class EventPage(MultilingualPageMixin, Page):
    summary = RichTextField(blank=True)
    place = models.CharField(max_length=80, blank=True)

    parent_page_types = ["clientsite.AboutPage"]
    subpage_types = []
    base_form_class = EventForm
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("summary")], heading="Text"),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("place")], heading="Where"),
                    InlinePanel("speakers", [FieldPanel("name"), FieldPanel("role")]),
                ],
                heading="Details",
            ),
            ObjectList(Page.promote_panels, heading="Promotion"),
        ]
    )


class Speaker(Orderable):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=80, blank=True)


class ContactPage(Page):
    telephone = models.CharField(max_length=40, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("telephone")]
