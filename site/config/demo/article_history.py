"""Creates the articles of the demo with their history of drafts, publications and updates."""

import json
from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.languages.addresses import sync_page
from articles.languages.fields import state_columns
from articles.languages.permissions.policy import can
from articles.models import ArticleAuthor, ArticlePage, ArticleTopic, PickedArticle
from config.demo.fixed_pages import add, write, write_front

#: The time of day of all events.
MORNING = time(7, 30)
PAGE_DATES = ("first_published_at", "last_published_at", "latest_revision_created_at")


class Backdating:
    """Changes dates of pages that are later than its own creation to some days ago.

    Dates that were changed once are earlier, so later calls leave them.
    """

    def __init__(self):
        self.since = timezone.now()

    def move(self, page, days):
        """Set the new dates of ``page``, its log entries and revisions to ``days`` ago.

        Log entries and revisions keep their order, a minute apart.
        """
        day = timezone.localdate() - timedelta(days=days)
        moment = timezone.make_aware(datetime.combine(day, MORNING))
        rows = type(page)._default_manager.filter(pk=page.pk)
        states = [name for name in state_columns(type(page)) if not name.startswith("is_public")]
        dated = rows.values(*PAGE_DATES, *states).get()
        young = [name for name, date in dated.items() if date and date >= self.since]
        rows.update(**dict.fromkeys(young, moment))
        for name in ("edited_at", "outdated_since", "first_public_at"):
            page.languages.filter(**{f"{name}__gte": self.since}).update(**{name: moment})
        entries = PageLogEntry.objects.filter(page_id=page.pk)
        self._move_rows(entries.filter(timestamp__gte=self.since), "timestamp", moment)
        revisions = page.revisions.filter(created_at__gte=self.since)
        last = self._move_rows(revisions, "created_at", moment)
        if last:
            rows.update(latest_revision_created_at=last)
        sync_page(rows.get(), record_redirects=False, text_changed=False)

    def _move_rows(self, rows, column, moment):
        """Set ``column`` of each of ``rows``; returns the last date set, or ``None``."""
        last = None
        for minute, row in enumerate(rows.order_by("pk")):
            last = moment + timedelta(minutes=minute)
            type(row).objects.filter(pk=row.pk).update(**{column: last})
        return last


class ArticleHistories:
    """Creates the articles of ``contents`` with their revisions and dates.

    ``images``, ``topics``, ``authors`` and ``users`` are objects by name.
    """

    def __init__(self, contents, history, users, images, topics, authors):
        self.contents, self.history, self.users = contents, history, users
        self.images, self.topics, self.authors = images, topics, authors
        self.image_keys = {key: image.pk for key, image in images.items()}
        self.pages = {}

    def create(self, index, series):
        """Create every article with its shared fields, so that texts can link to it.

        ``series`` is the page and the part number of articles in series, by key.
        """
        for key, article in reversed(self.contents.articles.items()):
            page = ArticlePage(source_language=article.source, owner=self.users["editor"])
            page.hero_image = self.images[article.table.get("hero")]
            front = article.texts[article.source].front
            write(page, headline={article.source: front["headline"]})
            write(page, url_slug={article.source: front["slug"]})
            page.authors = [
                ArticleAuthor(
                    author=self.authors[entry["name"]],
                    role_fr=entry.get("role_fr", ""),
                    role_en=entry.get("role_en", ""),
                )
                for entry in article.authors()
            ]
            page.topics = [
                ArticleTopic(topic=self.topics[topic])
                for topic in article.table.names("topics", self.topics)
            ]
            page.series, page.series_part = series.get(key, (None, None))
            self.pages[key] = add(index, page)
        for key, article in self.contents.articles.items():
            picks = article.table.names("picks", self.pages)
            self.pages[key].picks = [PickedArticle(suggestion=self.pages[pick]) for pick in picks]
            self.pages[key].save()

    def replay(self, key):
        """Save, publish and correct one article on the dates of its table, in order."""
        article = self.contents.articles[key]
        steps = [
            (days, step, language)
            for step, dates in (
                (self._publish, article.published),
                (self._publish, article.updated),
                (self._save, article.drafted),
                (self._correct, article.corrected),
            )
            for language, days in dates.items()
        ]
        for days, step, language in sorted(steps, key=lambda step: -step[0]):
            page = ArticlePage.objects.get(pk=self.pages[key].pk)
            step(article, page.get_latest_revision_as_object(), language)
            self.history.move(page, days)

    def _publish(self, article, page, language):
        """Publish the text, at first without the type of block that a later update adds."""
        is_first = language in article.updated and language not in page.live_languages
        self._save(article, page, language, article.added if is_first else "")
        page.publish_languages([language], user=self.users["chief"])

    def _correct(self, article, page, language):
        """Replace words of the live text, so that its translation is out of date."""
        before, after = article.table.get("corrects", list)
        body = json.dumps(list(page.text_in("body", language).raw_data), ensure_ascii=False)
        page.set_text("body", language, body.replace(before, after))
        page.save_revision(user=self._writer(article, language), log_action=True)
        page.publish_languages([language], user=self.users["chief"])

    def _save(self, article, page, language, left_out=""):
        """Save the text as a draft, without blocks of the type ``left_out``."""
        text = article.texts[language]
        write_front(page, language, text)
        keys = {key: each.pk for key, each in self.pages.items()}
        data = text.body(article.key, self.image_keys, keys)
        kept = [block for block in data if block["type"] != left_out]
        page.set_text("body", language, json.dumps(kept))
        page.save_revision(user=self._writer(article, language), log_action=True)

    def _writer(self, article, language):
        """The user who edits ``language``: the editor for the source, the translator for others."""
        names = ("editor", "translator") if language == article.source else ("translator", "editor")
        users = [self.users[name] for name in (*names, "chief")]
        return next(user for user in users if can(user, "edit", language))
