"""What a question to the concordance costs: ``python -m benchmarks.concordance [PASSAGES]``.

Fills a test database with 100,000 aligned passages of two languages, of words as common as in
a journal, on 250 pages, of which a fifth are drafts. Asks for single words, for words side by
side, for sentences that stand there and for sentences with some other words, as somebody who may
see all of it and as somebody who may edit French alone. Prints milliseconds of the processor, which
are those that pass on a machine that does nothing else.
"""

import os
import random
import statistics
import sys
import time

import django

PASSAGES, PAGES, ROUNDS = 100_000, 250, 100
LENGTHS = (4, 70)
#: Fewer different words than a journal has: each stands in more passages, and is stemmed once.
WORDS = 20_000


def fill(passages):
    """Store the passages; returns the French ones."""
    from django.db import transaction
    from wagtail.models import Page

    from benchmarks import search_texts
    from diptych.articles.languages.models import PageLanguage
    from diptych.articles.translation_tools.concordance.models import AlignedText
    from diptych.articles.translation_tools.concordance.updating import add

    search_texts.WORDS = WORDS
    known = {code: search_texts.Language(code) for code in ("fr", "en")}
    top, chance, french = Page.objects.get(depth=2), random.Random(1), []
    per_page = passages // PAGES
    for number in range(PAGES):
        page = top.add_child(instance=Page(title=f"Page {number}", slug=f"page-{number}"))
        is_live = number % 5 > 0
        rows = {
            code: PageLanguage.objects.create(
                page=page, language=code, slug=page.slug, url_path=f"/{number}/", live=is_live
            )
            for code in known
        }
        about = {code: language.subjects() for code, language in known.items()}
        texts = []
        for place in range(per_page):
            length = chance.randint(*LENGTHS)
            for code, language in known.items():
                text = f"{language.text(length, about[code])}."
                texts.append(
                    AlignedText(
                        row=rows[code],
                        language=code,
                        group=number * per_page + place,
                        text=text,
                        is_published=is_live,
                    )
                )
                if code == "fr":
                    french.append(text)
        with transaction.atomic():
            add(texts)
    return known["fr"], french


def questions(language, passages):
    """``{kind: list of queries}``"""
    chance = random.Random(2)

    def part(length):
        words = chance.choice(passages).split()
        start = chance.randrange(max(len(words) - length, 1))
        return " ".join(words[start : start + length])

    def changed():
        words = chance.choice(passages).split()
        for _each in range(max(len(words) // 6, 1)):
            words[chance.randrange(len(words))] = language.word_of_rank(chance.randrange(3000))
        return " ".join(words)

    return {
        "common word": [language.word_of_rank(chance.randrange(100)) for _each in range(ROUNDS)],
        "word": [language.word_of_rank(chance.randrange(5000)) for _each in range(ROUNDS)],
        "stop word": [chance.choice(list(language.common)) for _each in range(ROUNDS)],
        "three words": [part(3) for _each in range(ROUNDS)],
        "whole passage": [chance.choice(passages) for _each in range(ROUNDS)],
        "changed passage": [changed() for _each in range(ROUNDS)],
        "common words": [
            " ".join(language.word_of_rank(chance.randrange(50)) for _word in range(2))
            for _each in range(ROUNDS)
        ],
    }


def people():
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission, Page

    group = Group.objects.create(name="french")
    group.permissions.add(Permission.objects.get(codename="edit_fr"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(depth=2),
        permission=Permission.objects.get(
            codename="change_page", content_type__app_label="wagtailcore"
        ),
    )
    users = get_user_model().objects
    french = users.create_user("french")
    french.groups.add(group)
    return {"all": users.create_superuser("chief"), "French": french}


def measure(asked):
    from django.contrib.auth import get_user_model

    from diptych.articles.translation_tools.concordance.searching import search

    for name, user in people().items():
        every = []
        for kind, queries in asked.items():
            times, found = [], 0
            for query in queries:
                fresh = get_user_model().objects.get(pk=user.pk)
                start = time.process_time()
                found += bool(search(query, "fr", "en", fresh))
                times.append((time.process_time() - start) * 1000)
            every += times
            print(
                f"{name:8}{kind:18}median {statistics.median(times):6.1f}  "
                f"p95 {statistics.quantiles(times, n=20)[-1]:6.1f}  slowest {max(times):6.1f}  "
                f"found {found}/{len(queries)}"
            )
        print(f"{name:8}{'all':18}p95 {statistics.quantiles(every, n=20)[-1]:6.1f}")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    kept = setup_databases(verbosity=0, interactive=False)
    try:
        start = time.process_time()
        known = fill(int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES)
        print(f"filled in {time.process_time() - start:.0f} s, {connection.vendor}")
        measure(questions(*known))
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    main()
