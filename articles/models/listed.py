"""The lists of articles that readers see, as rows: the page of a list is one range of an index.

Derived from the page × language table and from the authors and topics of articles;
``rebuild_page_languages`` corrects it.
"""

import swapper
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.timezone import get_default_timezone, is_aware, localtime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site
from wagtail.signals import post_page_move

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.languages.config.signals import (
    privacy_changed,
    rows_rebuilt,
    rows_written,
    sites_changed,
)
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.models import PageLanguage
from diptych.articles.lists.article_lists import UNDATED
from diptych.articles.models.article import ArticleAuthor, ArticlePage, ArticleTopic
from diptych.articles.models.home import HomePage

#: Articles whose rows are written together.
PART = 2000


#: The rows of articles that connect them to the pages they are listed by.
LISTED_BY = ((ArticleTopic, "topic_id"), (ArticleAuthor, "author_id"))


class ListedArticle(models.Model):
    """A public article in a language, in one of the lists that contain it.

    ``list`` is the page the articles are listed for: the front page, the root of the site, the
    section, and each topic and author of the article. An alias stands in its section; in the other
    lists, its original does if it is on the same site.
    """

    list = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("list"),
    )
    language = models.CharField(_("language"), max_length=12)
    printed_date = models.DateTimeField(_("date"))
    row = models.ForeignKey(PageLanguage, on_delete=models.CASCADE, related_name="+")
    #: The page of ``row``, with which this goes.
    article = models.ForeignKey(
        ArticlePage,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("article"),
    )

    # These rows are not uses of the pages.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("article in a list")
        verbose_name_plural = _("articles in lists")
        indexes = [
            models.Index(
                fields=["list", "language", "-printed_date", "-article"], name="diptych_listed"
            )
        ]

    def __str__(self):
        return f"{self.list_id}: {self.article_id} ({self.language})"


def write_lists(rows):
    """Correct the entries of the :class:`PageLanguage` ``rows``; call in a transaction."""
    wanted = _wanted(rows)
    gone, changed = [], set()
    stored = ListedArticle.objects.filter(row__in=[row.pk for row in rows])
    for pk, above, row, date in stored.values_list("pk", "list", "row", "printed_date"):
        if wanted.get((above, row)) == date:
            del wanted[above, row]
        else:
            gone.append(pk)
            changed.add((row, date))
    if gone:
        ListedArticle.objects.filter(pk__in=gone).delete()
    by_key = {row.pk: row for row in rows}
    changed |= {(row, date) for (_above, row), date in wanted.items()}
    ListedArticle.objects.bulk_create(
        ListedArticle(
            list_id=above,
            language=by_key[row].language,
            printed_date=date,
            row_id=row,
            article_id=by_key[row].page_id,
        )
        for (above, row), date in wanted.items()
    )
    dated = {(by_key[row].language, date) for row, date in changed}
    invalidate_tags(*(tag for each in dated for tag in _tags_of_list(*each)))


def _tags_of_list(language, printed_date):
    """The tags of the lists that contain an article of this date."""
    zone = get_default_timezone()  # that of a date without one, as Django stores it
    month = localtime(printed_date, zone) if is_aware(printed_date) else printed_date
    return f"list:{language}", f"month:{language}-{month:%Y-%m}"


def rebuild_lists():
    """Correct the rows of all articles."""
    write_in_parts(ArticlePage.objects.order_by().values_list("pk", flat=True))


def write_in_parts(articles):
    """Correct the rows of many articles, given by primary key, in short transactions."""
    articles = sorted(articles)
    for start in range(0, len(articles), PART):
        with transaction.atomic():
            part = articles[start : start + PART]
            write_lists(list(PageLanguage.objects.filter(page__in=part)))


def _wanted(rows):
    """The date of each entry that ``rows`` should have, by list and row."""
    visible = [row for row in rows if row.live and not row.is_private]
    lists = _lists_of({row.page_id for row in visible})
    return {
        (above, row.pk): row.printed_date or UNDATED
        for row in visible
        for above in lists[row.page_id]
    }


def _lists_of(articles):
    """The lists that contain each of ``articles``."""
    if not articles:
        return {}
    model = swapper.load_model("wagtailcore", "Page")
    pages = model.objects.order_by().filter(pk__in=articles)
    pages = list(pages.values_list("pk", "path", "url_path", "alias_of__url_path"))
    above = {path[: -model.steplen] for _pk, path, *_addresses in pages}
    sections = dict(model.objects.filter(path__in=above).values_list("path", "pk"))
    lists = {pk: {sections[path[: -model.steplen]]} for pk, path, *_addresses in pages}
    roots = _roots()
    gathered = []
    for pk, _path, url_path, original in pages:
        own = [root for root in roots if url_path.startswith(root[0])]
        lists[pk].update(root for start, root in own if not (original or "").startswith(start))
        # On no site, as in a project that has none yet, an alias is never listed by a topic.
        if original is None or (own and not original.startswith(own[0][0])):
            gathered.append(pk)
    for model, name in LISTED_BY:
        entries = model.objects.order_by().filter(article__in=gathered)
        for article, other in entries.values_list("article_id", name):
            lists[article].add(other)
    return lists


def _roots():
    """``(url_path, primary key)`` of front pages and of pages at which sites start.

    The most specific come first.
    """
    roots = set(Site.objects.order_by().values_list("root_page__url_path", "root_page"))
    roots.update(HomePage.objects.order_by().values_list("url_path", "pk"))
    return sorted(roots, key=lambda root: len(root[0]), reverse=True)


def page_rows_written(sender, page, rows, **kwargs):
    """Update the lists after an article, topic or author was saved; of ``rows_written``."""
    if issubclass(sender, ArticlePage):
        write_lists(list(rows.values()))
        return
    for model, name in LISTED_BY:
        is_listing = issubclass(sender, model._meta.get_field(name).related_model)
        if is_listing and not ListedArticle.objects.filter(list=page.pk).exists():
            # A topic or an author that comes back from the bin has its articles, but no list.
            articles = model.objects.order_by().filter(**{name: page.pk})
            write_in_parts(articles.values_list("article_id", flat=True))


def entry_about_to_change(sender, instance, raw=False, **kwargs):
    """Remember the article whose row this has been so far."""
    if not (raw or instance._state.adding or _is_saved_with_article(instance)):
        stored = sender.objects.order_by().filter(pk=instance.pk)
        instance._article_before = stored.values_list("article_id", flat=True).first()


def entry_saved(sender, instance, raw=False, **kwargs):
    """A topic or an author of an article was saved without the article."""
    before = instance.__dict__.pop("_article_before", None)
    if not (raw or _is_saved_with_article(instance)):
        write_in_parts({instance.article_id, before} - {None})


def entry_deleted(sender, instance, origin=None, **kwargs):
    """The same, unless it goes with a page, whose entries in lists go as well."""
    is_alone = isinstance(origin, sender) or getattr(origin, "model", None) is sender
    if is_alone and not _is_saved_with_article(instance):
        write_in_parts([instance.article_id])


def _is_saved_with_article(entry):
    article = type(entry)._meta.get_field("article").get_cached_value(entry, default=None)
    return article is not None and article.is_being_saved


def pages_hidden_or_shown(sender, pages, **kwargs):
    articles = ArticlePage.objects.order_by().filter(pk__in=pages)
    write_in_parts(articles.values_list("pk", flat=True))


def page_moved(instance, url_path_before, url_path_after, **kwargs):
    """Update articles below ``instance``, and their aliases, whose site may have changed."""
    roots = [start for start, _pk in _roots()]
    before, after = (
        [each for each in roots if path.startswith(each)]
        for path in (url_path_before, url_path_after)
    )
    if before != after:
        articles = ArticlePage.objects.order_by()
        branch = branch_range(instance.path)
        below = Q(path__range=branch) | Q(alias_of__path__range=branch)
        write_in_parts(articles.filter(below).values_list("pk", flat=True))


def everything_changed(sender, **kwargs):
    rebuild_lists()


def connect():
    """Connect the receivers; called once when the app is ready."""
    rows_written.connect(page_rows_written, dispatch_uid="diptych_listed_written")
    privacy_changed.connect(pages_hidden_or_shown, dispatch_uid="diptych_listed_privacy")
    rows_rebuilt.connect(everything_changed, dispatch_uid="diptych_listed_rebuilt")
    sites_changed.connect(everything_changed, dispatch_uid="diptych_listed_sites")
    post_page_move.connect(page_moved, dispatch_uid="diptych_listed_moved")
    for model, _name in LISTED_BY:
        for signal, receiver in (
            (pre_save, entry_about_to_change),
            (post_save, entry_saved),
            (post_delete, entry_deleted),
        ):
            signal.connect(
                receiver, sender=model, dispatch_uid=f"diptych_listed_{receiver.__name__}"
            )
