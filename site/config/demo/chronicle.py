"""The articles of the demo and their history: written, translated, published, updated."""

import json
from dataclasses import replace

from articles.languages.permissions.policy import may
from articles.models import ArticleAuthor, ArticlePage, ArticleTopic, PickedArticle
from config.demo.stream import stream_data
from config.demo.tree import add, write, write_front


class Chronicle:
    """Makes the articles of ``contents`` and lets them happen, one after the other.

    ``images``, ``topics`` and ``authors`` are what they refer to, by name; ``users`` are the
    people who write, translate and publish.
    """

    def __init__(self, contents, history, users, images, topics, authors):
        self.contents = contents
        self.history = history
        self.users = users
        self.images, self.topics, self.authors = images, topics, authors
        self.image_keys = {key: image.pk for key, image in images.items()}
        self.pages = {}

    def prepare(self, index, series):
        """Make every article with what all languages share, so that they can be linked.

        ``series`` says of which page an article is which part.
        """
        for key, article in reversed(self.contents.articles.items()):
            page = ArticlePage(source_language=article.source, owner=self.users["editor"])
            page.hero_image = self.images[article.table.get("hero")]
            front = article.texts[article.source].front
            write(page, headline={article.source: front["headline"]})
            write(page, url_slug={article.source: front["slug"]})
            page.authors = [self._byline(entry) for entry in article.authors()]
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

    def _byline(self, entry):
        byline = ArticleAuthor(author=self.authors[entry["name"]])
        byline.role_fr, byline.role_en = entry.get("role_fr", ""), entry.get("role_en", "")
        return byline

    def tell(self, key):
        """Let happen to one article what its entry says, the oldest first."""
        article = self.contents.articles[key]
        steps = [
            *((days, self._publish, language) for language, days in article.published.items()),
            *((days, self._draft, language) for language, days in article.drafted.items()),
            *((days, self._update, language) for language, days in article.updated.items()),
            *((days, self._correct, language) for language, days in article.corrected.items()),
        ]
        for days, step, language in sorted(steps, key=lambda step: -step[0]):
            page = ArticlePage.objects.get(pk=self.pages[key].pk)
            step(article, page.get_latest_revision_as_object(), language)
            self.history.move(page, days)

    def _publish(self, article, page, language):
        """Publish the first version, without what an update adds later."""
        text = article.texts[language]
        if language in article.updated:
            kept = [block for block in text.blocks if block.kind != article.added]
            text = replace(text, blocks=kept)
        self._save(article, page, language, text)
        page.publish_languages([language], user=self.users["chief"])

    def _draft(self, article, page, language):
        self._save(article, page, language, article.texts[language])

    def _update(self, article, page, language):
        self._save(article, page, language, article.texts[language])
        page.publish_languages([language], user=self.users["chief"])

    def _correct(self, article, page, language):
        """Replace words of what is live; whoever translated it has not seen that yet."""
        before, after = article.correction
        body = json.dumps(list(page.text_in("body", language).raw_data), ensure_ascii=False)
        page.set_text("body", language, body.replace(before, after))
        page.save_revision(user=self._writer(article, language), log_action=True)
        page.publish_languages([language], user=self.users["chief"])

    def _save(self, article, page, language, text):
        """Save ``text`` as a draft in the name of who wrote it."""
        write_front(page, language, text)
        keys = {key: each.pk for key, each in self.pages.items()}
        data = stream_data(text, article.key, self.image_keys, keys)
        page.set_text("body", language, json.dumps(data))
        page.save_revision(user=self._writer(article, language), log_action=True)

    def _writer(self, article, language):
        """Who writes in ``language``: the editor what is first written, the translator the rest."""
        names = ("editor", "translator") if language == article.source else ("translator", "editor")
        users = [self.users[name] for name in (*names, "chief")]
        return next(user for user in users if may(user, "edit", language))
