"""Blocks for tables, embedded media and links to other articles."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Site

from diptych.articles.blocks.choices import PageChooserBlock
from diptych.articles.blocks.tables import TableBlock
from diptych.articles.blocks.text import sample
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.routes.public_urls import on_host_of


class CaptionedTableBlock(blocks.StructBlock):
    """A table with a caption of its own, which is searched.

    The caption field of Wagtail's table widget is hidden by the stylesheet of the editor.
    """

    caption = blocks.CharBlock(label=_("Title of the table"), required=False, max_length=200)
    table = TableBlock(label=_("Table"), table_options={"renderer": "text"})
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a title and a source.")
        template = "diptych/blocks/table.html"
        preview_template = "diptych/blocks/preview.html"
        form_classname = "struct-block diptych-table"
        label_format = "{caption}"

    def get_preview_value(self):
        rows = [[gettext("Year"), gettext("Readers")], ["2024", "1 200"], ["2025", "1 900"]]
        table = {"data": rows, "first_row_is_table_header": True, "first_col_is_header": False}
        return self.to_python({"caption": gettext("Readers of the journal"), "table": table})


class FilmBlock(blocks.StructBlock):
    """Media embedded from another site, with a text that says what it shows.

    The address is not fetched: the other site learns nothing of editors and readers.
    """

    embed = blocks.URLBlock(
        label=_("Address"),
        help_text=_(
            "The address in the browser. YouTube, Vimeo, Dailymotion, SoundCloud and Spotify are"
            " played on the page once a reader asks for it; any other address is a link."
        ),
    )
    title = blocks.CharBlock(label=_("What it is"), max_length=200)

    class Meta:
        icon = "media"
        label = _("Embed")
        description = _("A video or a recording from another site.")
        template = "diptych/blocks/embed.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{title}"

    def get_preview_value(self):
        return self.to_python({"title": sample("film"), "embed": "https://film.example/"})


def detail_url(article, request, router):
    """Where the API of a ``WagtailAPIRouter`` has ``article``; ``None`` on another site."""
    site = Site.find_for_request(request)
    if site is None or not article.path.startswith(site.root_page.path):
        return None
    path = router.get_object_detail_urlpath(type(article), article.pk)
    return absolute(on_host_of(active_language(), path, request), request)


class ArticleLinkBlock(blocks.StructBlock):
    """A link to an article; rendered only if that is visible in the language of the page.

    The page sets ``linked_articles``, the visible articles by primary key.
    """

    article = PageChooserBlock("diptych.ArticlePage", label=_("Article"))

    class Meta:
        icon = "link"
        label = _("Link to an article")
        description = _("Another article of the journal, with its picture.")
        template = "diptych/blocks/article_link.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{article}"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        article = value.get("article")
        readable = (parent_context or {}).get("linked_articles", {})
        context["article"] = readable.get(article.pk if article else None)
        return context

    def get_api_representation(self, value, context=None):
        """What a link says of the article; ``None`` where no visitor may see it in the language."""
        article, context = value.get("article"), context or {}
        if article is None or not article.is_visible_in(active_language()):
            return None
        request, router = context.get("request"), context.get("router")
        return {
            "article": article.pk,
            "headline": article.headline,
            "html_url": article.get_full_url(request),
            "detail_url": router and detail_url(article, request, router),
        }

    def get_preview_value(self):
        """The newest visible article, if there is one."""
        articles = self.child_blocks["article"].target_model.objects
        newest = articles.visible_in(active_language()).newest_first().first()
        return self.to_python({"article": newest.pk if newest else None})

    def get_preview_context(self, value, parent_context=None):
        """The context that a page would give, with a sample if there is no article yet."""
        context = super().get_preview_context(value, parent_context=parent_context)
        article = value["article"]
        stand_in = {"headline": sample("heading"), "url": "#"}
        return {
            **context,
            "linked_articles": {article.pk: article} if article else {None: stand_in},
        }


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=50)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
