"""Blocks that show something from elsewhere: tables, films, other articles."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks.choices import PageChooserBlock
from articles.blocks.tables import TableBlock
from articles.blocks.text import sample
from articles.languages.available import active_language


class CaptionedTableBlock(blocks.StructBlock):
    """A table whose title is a field like any other, which search finds.

    The stylesheet of the editor hides the second title that Wagtail's table asks for.
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
    """Something kept by another site; what it shows is said in words beside it.

    The address is not asked what it leads to: editors and readers stay unknown to that site.
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


class ArticleLinkBlock(blocks.StructBlock):
    """Shown where the article can be read in the language of the page, and nowhere else.

    The page it stands on puts the readable ones into ``linked_articles``, by id.
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

    def get_preview_value(self):
        """The newest article there is to read, if any."""
        articles = self.child_blocks["article"].target_model.objects
        newest = articles.visible_in(active_language()).newest_first().first()
        return self.to_python({"article": newest.pk if newest else None})

    def get_preview_context(self, value, parent_context=None):
        """Stand in for the page, with a sample where there is no article yet."""
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
