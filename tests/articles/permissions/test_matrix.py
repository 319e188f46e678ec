"""Each group × each way in × each language: what is not theirs stays as it is, word by word."""

import pytest

from tests.articles.permissions.ways import WAYS
from tests.articles.permissions.world import (
    GROUPS,
    LANGUAGES,
    can,
    draft_texts,
    member,
    public_texts,
    shared_text,
    state_of,
)


def pairs():
    """Each way in with each group; with one group, in one language, outside the slow tier."""
    for number, way in enumerate(WAYS):
        for place, group in enumerate(GROUPS):
            is_sample = place == number % len(GROUPS) and not way.repeats
            marks = () if is_sample else pytest.mark.matrix
            yield pytest.param(way, group, marks=marks, id=f"{way.name}-{group}")


def said(page):
    return {
        **{("draft", code): text for code, text in draft_texts(page).items()},
        **{("public", code): text for code, text in public_texts(page).items()},
        **{("state", code): state_of(page, code) for code in LANGUAGES},
    }


@pytest.mark.parametrize(("way", "group"), list(pairs()))
def test_a_group_changes_nothing_but_its_own_languages(world, group, way):
    page = getattr(world, way.page)
    before, shared = said(page), shared_text(page)

    way.take(member(group), world)

    after = said(page)
    for language in LANGUAGES:
        for part in kept_parts(group, page, language):
            texts, kept = after[part, language], before[part, language]
            assert texts == kept or (part == "public" and leaves_out(page, kept, texts, language))
        if has_effect(group, way, language):
            parts = ["draft"] if way.changes == "draft" else ["public", "state"]
            assert any(after[part, language] != before[part, language] for part in parts)
    if not can(group, "edit", "fr"):
        assert shared_text(page) == shared


def kept_parts(group, page, language):
    """What the group must leave as it is: a page that is not live has nothing public to keep."""
    if not can(group, "edit", language):
        yield "draft"
    if not can(group, "publish", language):
        yield "state"
    if not can(group, "publish" if page.live else "edit", language):
        yield "public"


def leaves_out(page, before, texts, language):
    """Whether a page that went live for the first time has of a language only the slug it had."""
    slug = f"url_slug_{language}"
    emptied = {**dict.fromkeys(before, None), slug: before[slug]}
    return not page.live and {name: text or None for name, text in texts.items()} == emptied


def has_effect(group, way, language):
    """Whether the way must change the language, so that no refusal passes for respect."""
    if not way.changes or language not in way.languages:
        return False
    action = "edit" if way.changes == "draft" else "publish"
    needed = LANGUAGES if way.whole else [language]
    return all(can(group, action, each) for each in needed)
