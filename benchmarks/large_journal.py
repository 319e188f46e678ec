"""Fill a database with a journal of many years, to see what grows with it.

    DJANGO_SETTINGS_MODULE=benchmarks.settings DIPTYCH_BENCHMARK_FOLDER=DIR PYTHONPATH=.:site \\
        python -m benchmarks.large_journal 100000

Each article has texts of its own in every language, authors, topics, a picture, a link to an
earlier article, versions, entries in the history and what the reference index holds of it. Forty
are drafts that will go live, however many there are. Vectors and neighbours are left to
``rebuild_related``, which is measured by itself.
"""

import argparse
import uuid
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision  # noqa: E402

from benchmarks import made_up  # noqa: E402
from benchmarks.bulk_pages import add_pages  # noqa: E402
from benchmarks.content import add_people_and_topics, add_rows  # noqa: E402
from benchmarks.seeding import empty_log_of_database, make_journal  # noqa: E402
from diptych.articles.languages.config.language_config import available_languages  # noqa: E402
from diptych.articles.languages.index.statistics import analyse  # noqa: E402
from diptych.articles.languages.models import PageLanguage, Progress, RevisionLanguage  # noqa: E402
from diptych.articles.models import (  # noqa: E402
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
)
from tests import factories  # noqa: E402

PART = 1_000
#: Words of an article, and paragraphs they make.
WORDS, PARAGRAPHS = 150, 3
#: Years that the journal has appeared, however many its articles are.
YEARS = 12
#: So many articles are drafts with a date; one in so many has an older version as well.
DRAFTS, REVISED = 40, 5


def seed(articles, has_search=True):
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        journal, few, images = make_journal()
    made_up.LENGTH = WORDS
    writers = {
        code: made_up.Author(number, articles) for number, code in enumerate(available_languages())
    }
    for section, count in ((few, 2), (journal.articles, articles)):
        fill(section, count, writers, images)
    call_command("update_index", verbosity=0)
    if has_search:
        call_command("rebuild_search_index", verbosity=0)
    analyse()
    empty_log_of_database()


def fill(section, count, writers, images):
    """Publish ``count`` articles below ``section``, in transactions of a part each."""
    step = timedelta(days=365 * YEARS) / count
    every = max(count // DRAFTS, 2)
    editors = list(get_user_model().objects.values_list("pk", flat=True))
    earlier = section.pk
    for start in range(0, count, PART):
        with transaction.atomic():
            numbers = range(start, min(start + PART, count))
            pages = [
                make_article(number, (count - number) * step, writers, images, earlier, every)
                for number in numbers
            ]
            add_pages(section, pages)
            add_rows(section, pages)
            add_people_and_topics(pages)
            add_history(pages, editors)
            add_references(pages, earlier)
            earlier = pages[0].pk


def make_article(number, age, writers, images, earlier, every):
    """An article of an ``age``, with a link to the page ``earlier``; one of ``every`` a draft."""
    moment = timezone.now() - age
    subjects = next(iter(writers.values())).subjects_of_one()
    image = images[number % len(images)]
    live = number % every != every // 2
    values = {}
    for language, writer in writers.items():
        words = list(writer.text(subjects))
        size = (WORDS - 30) // PARAGRAPHS
        parts = [" ".join(words[at : at + size]) for at in range(30, WORDS, size)]
        link = f'<a linktype="page" id="{earlier}">{words[0]}</a>'
        values |= {
            f"headline_{language}": " ".join(words[:6]).capitalize(),
            f"url_slug_{language}": f"{words[0]}-{words[1]}-{number}",
            f"lead_{language}": " ".join(words[6:30]),
            f"body_{language}": factories.blocks(
                ("paragraph", f"<p>{link} {parts[0]}</p>"),
                ("image", {"image": image.pk}),
                *(("paragraph", f"<p>{part}</p>") for part in parts[1:]),
            ),
            f"is_public_{language}": live,
            f"first_public_at_{language}": moment if live else None,
        }
    first = next(iter(writers))
    return ArticlePage(
        title=values[f"headline_{first}"],
        slug=values[f"url_slug_{first}"],
        hero_image=image,
        live=live,
        has_unpublished_changes=not live,
        first_published_at=moment if live else None,
        last_published_at=moment if live else None,
        latest_revision_created_at=moment,
        **values,
    )


def add_history(pages, editors):
    """Versions with their languages, the log, and the state of each language."""
    base = ContentType.objects.get_for_model(Page)
    own = ContentType.objects.get_for_model(ArticlePage)
    made = []
    for number, page in enumerate(pages):
        content = page.serializable_data()
        same = {
            "content_type": own,
            "base_content_type": base,
            "object_id": str(page.pk),
            "user_id": editors[number % len(editors)],
            "object_str": page.title,
            "content": content,
        }
        moment = page.latest_revision_created_at
        if number % REVISED == 0:
            made.append((page, Revision(created_at=moment - timedelta(hours=1), **same)))
        due = None if page.live else timezone.now() + timedelta(days=1 + page.pk % 60)
        made.append((page, Revision(created_at=moment, approved_go_live_at=due, **same)))
    revisions = Revision.objects.bulk_create([each for _page, each in made])
    newest = {
        page: revision for page, revision in zip((p for p, _r in made), revisions, strict=True)
    }
    for page, revision in newest.items():
        page.latest_revision = revision
        page.live_revision = revision if page.live else None
    Page.objects.bulk_update(pages_of(newest), ["latest_revision", "live_revision"], batch_size=200)
    RevisionLanguage.objects.bulk_create(
        RevisionLanguage(revision=revision, language=language)
        for revision in revisions
        for language in available_languages()
    )
    PageLogEntry.objects.bulk_create(
        entry(page, revision, action, own)
        for page, revision in newest.items()
        for action in actions(page)
    )
    states(pages)


def pages_of(newest):
    return [
        Page(pk=page.pk, latest_revision=page.latest_revision, live_revision=page.live_revision)
        for page in newest
    ]


def actions(page):
    return (
        "wagtail.create",
        "wagtail.edit",
        "wagtail.publish" if page.live else "wagtail.publish.schedule",
    )


def entry(page, revision, action, own):
    languages = dict.fromkeys(available_languages(), "first")
    return PageLogEntry(
        page_id=page.pk,
        content_type=own,
        label=page.title,
        action=action,
        timestamp=page.latest_revision_created_at,
        user_id=revision.user_id,
        revision=revision,
        uuid=uuid.uuid4(),
        content_changed=action != "wagtail.publish",
        data={"languages": languages} if action == "wagtail.publish" else {},
    )


def states(pages):
    """What rows say of drafts, and how far the languages are; the first one is the source."""
    rows = PageLanguage.objects.filter(page__in=pages)
    drafts = [page.pk for page in pages if not page.live]
    rows.filter(page__in=drafts).update(live=False, first_public_at=None, has_draft=True)
    source = available_languages()[0]
    rows.filter(language=source).update(progress=Progress.ORIGINAL)
    rows.exclude(language=source).update(progress=Progress.UP_TO_DATE)


def add_references(pages, earlier):
    """What the reference index holds of articles: pictures, links, authors and topics."""
    base = ContentType.objects.get_for_model(Page)
    own = ContentType.objects.get_for_model(ArticlePage)
    pictures = ContentType.objects.get_for_model(get_image_model())
    entries = {page.pk: [] for page in pages}
    for name, model, other in (
        ("authors", ArticleAuthor, "author"),
        ("topics", ArticleTopic, "topic"),
    ):
        rows = model.objects.filter(article__in=pages).values_list(
            "article_id", "pk", f"{other}_id"
        )
        for article, row, target in rows:
            path = f"{name}.item.{other}"
            entries[article].append((base, target, path, path.replace("item", str(row))))
    for page in pages:
        found = entries[page.pk]
        found.append((pictures, page.hero_image_id, "hero_image", "hero_image"))
        for language in available_languages():
            body = f"body_{language}"
            blocks = {block["type"]: block["id"] for block in reversed(page_blocks(page, body))}
            found.append((base, earlier, f"{body}.paragraph", f"{body}.{blocks['paragraph']}"))
            found.append(
                (
                    pictures,
                    page.hero_image_id,
                    f"{body}.image.image",
                    f"{body}.{blocks['image']}.image",
                )
            )
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=own,
            base_content_type=base,
            object_id=str(pk),
            to_content_type=kind,
            to_object_id=str(target),
            model_path=model_path,
            content_path=path,
            content_path_hash=ReferenceIndex._get_content_path_hash(path),
        )
        for pk, found in entries.items()
        for kind, target, model_path, path in found
    )


def page_blocks(page, body):
    return getattr(page, body).raw_data


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--without-search", action="store_true", help="no words for readers")
    arguments = parser.parse_args()
    seed(arguments.articles, not arguments.without_search)
