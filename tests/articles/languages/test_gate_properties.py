"""Whatever anybody does in whatever order: what is live is whole, and written in its language.

French texts are made of the word "mot", English ones of "word", so that a text in the wrong
language is known without asking the gate.
"""

import json
import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from diptych.articles.languages.config.content import is_visible, plain
from diptych.articles.languages.permissions.groups import make_group, recipes
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.publication.readiness.gate import gradings_of, kept_source
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.restoring import (
    Locked,
    NothingToRestore,
    restore_language,
)
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.languages.translations.copying import start_translation
from diptych.articles.languages.translations.marking import confirm
from diptych.articles.languages.translations.units import units_in
from diptych.articles.models import ArticlePage
from tests.articles.languages.dated import let_days_pass
from tests.factories import make_article, make_user
from tests.tiers import one_of

LANGUAGES = ("fr", "en")
WORDS = {"fr": "mot", "en": "word"}
STEPS = 40
#: What the engine answers to somebody who asks for what is not to be had.
ANSWERS = (
    NotPublishable,
    PermissionDenied,
    NothingToRestore,
    Locked,
    reviewing.Changed,
    reviewing.NotHandedIn,
)


class Newsroom:
    """An article, everybody who works on it, and what they can do, chosen by ``chance``."""

    def __init__(self, journal, chance):
        self.chance, self.journal = chance, journal
        self.page = make_article(
            journal,
            "mot un",
            None,
            live_in=(),
            lead_fr="mot deux",
            body_fr=json.dumps([_block(name, f"mot {name}") for name in "abc"]),
        )
        self.people = [self._member(recipe) for recipe in recipes()] + [make_user("admin"), None]
        self.actions = [getattr(self, name) for name in dir(type(self)) if name.startswith("do_")]

    def _member(self, recipe):
        user = make_user("reader")
        user.groups.add(make_group(recipe)[0])
        return user

    def act(self):
        """Do something; returns what, for the message of a failure."""
        self.page = ArticlePage.objects.get(pk=self.page.pk)
        self.user = self.chance.choice(self.people)
        self.language = self.chance.choice(LANGUAGES)
        action = self.chance.choice(self.actions)
        try:
            action()
        except ANSWERS as answer:
            return f"{action.__name__} {self.language} {self.user}: {type(answer).__name__}"
        return f"{action.__name__} {self.language} {self.user}"

    @property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    def _text(self, french=""):
        """A text in the language, the ``french`` one it stands for, or nothing anybody sees."""
        own = [f"{WORDS[self.language]} {self.chance.randrange(9)}"] * 3
        return self.chance.choice([*own, french, "", "\u200b"])

    # What they do

    def do_write_a_field(self):
        draft = self.draft
        name = self.chance.choice(("headline", "lead"))
        draft.set_text(name, self.language, self._text(draft.text_in(name, "fr")))
        draft.save_revision(user=self.user)

    def do_write_a_block(self):
        draft = self.draft
        blocks = list(draft.text_in("body", self.language).raw_data)
        name = self.chance.choice("abcd")
        kept = [block for block in blocks if block["id"] != name]
        french = {each["id"]: plain(each["value"]) for each in draft.text_in("body", "fr").raw_data}
        block = _block(name, self._text(french.get(name, "")))
        draft.set_text("body", self.language, json.dumps([*kept, block]))
        draft.save_revision(user=self.user)

    def do_write_everything(self):
        draft, word = self.draft, WORDS[self.language]
        blocks = draft.text_in("body", "fr").raw_data
        texts = [_block(each["id"], f"{word} {each['id']}") for each in blocks]
        draft.set_text("headline", self.language, f"{word} un")
        draft.set_text("lead", self.language, f"{word} deux")
        draft.set_text("body", self.language, json.dumps(texts))
        draft.save_revision(user=self.user)

    def do_start(self):
        draft = self.draft
        start_translation(draft, "en", with_text=self.chance.random() < 0.5)
        draft.save_revision(user=self.user, clean=False)

    def do_confirm_as_the_same(self):
        draft = self.draft
        keys = list(units_in(draft, "fr"))
        confirm(draft, "en", self.chance.sample(keys, min(2, len(keys))), self.user)
        draft.save_revision(user=self.user, clean=False)

    def do_publish(self):
        languages = self.chance.choice(([self.language], list(LANGUAGES)))
        self.page.publish_languages(
            languages, self.user, confirmed=self._confirmed(self.draft, languages)
        )

    def do_publish_a_revision(self):
        revision = self.chance.choice(list(self.page.revisions.order_by("pk"))[-4:])
        draft = revision.as_object()
        self.page.publish(revision, user=self.user, confirmed=self._confirmed(draft, LANGUAGES))

    def _confirmed(self, draft, languages):
        """The answer to the question about ``draft``, or to none, or to that about another."""
        if self.chance.random() < 0.5:
            return ()
        source_page = kept_source(draft, self.page, languages)
        gradings = gradings_of(draft, self.page, languages, source_page)
        self.answers = [*getattr(self, "answers", ()), *(each.confirmation for each in gradings)]
        return self.answers[-4:] if self.chance.random() < 0.8 else self.answers[:2]

    def do_save_in_code(self):
        draft = self.draft
        draft.live = True
        draft.set_text("is_public", self.language, True)
        draft.save()

    def do_hand_in(self):
        reviewing.submit(self.page, self.language, self.user or self.people[0])

    def do_approve(self):
        said = reviewing.text_fingerprint(self.draft, self.language)
        confirmed = self._confirmed(self.draft, [self.language])
        user = self.user or self.people[0]
        reviewing.approve(self.page, self.language, user, said, confirmed=confirmed)

    def do_set_a_date(self):
        confirmed = self._confirmed(self.draft, [self.language])
        at, user = timezone.now() + timedelta(days=3), self.user or self.people[0]
        set_date(self.page, self.language, "publish", at, user, True, confirmed)

    def do_let_days_pass(self):
        let_days_pass()
        call_command("publish_scheduled", verbosity=0, stderr=_Nowhere())

    def do_restore(self):
        revision = self.chance.choice(list(self.page.revisions.all()))
        restore_language(self.page, revision, self.language, self.user or self.people[0])

    def do_unpublish(self):
        self.page.unpublish_languages([self.language], self.user)

    def do_copy(self):
        if ArticlePage.objects.count() < 4:
            self.page.copy(update_attrs={"slug": f"copie-{self.chance.randrange(10**6)}"})


class _Nowhere:
    """Takes what a command says about what was refused."""

    def write(self, text):
        pass


def _block(name, text):
    return {"type": "paragraph", "value": f"<p>{text}</p>" if text else "", "id": name}


def faults_in(page):
    """What is wrong with what readers see of ``page``."""
    for language in page.live_languages:
        for name in ("headline", "lead"):
            if not is_visible(page.text_in(name, language)):
                yield f"{language}: no {name}"
        texts = [plain(each["value"]) for each in page.text_in("body", language).raw_data]
        if not any(map(is_visible, texts)):
            yield f"{language}: no body"
        record = page.text_in("provenance", language) or {}
        settled = {*record.get("incomplete", ()), *record.get("basis", {})}
        for key, unit in units_in(page, language, rows=()).items() if language == "en" else ():
            is_written = "word" in unit.text
            if not is_written and key not in settled:
                yield f"{language}: {key} says {unit.text!r}"
            elif not is_written and key in record.get("basis", {}):
                how = record["basis"][key]["how"]
                if how != "confirmed":
                    yield f"{language}: {key} says {unit.text!r}, {how}"


@pytest.mark.parametrize("seed", one_of(range(12), "matrix"))
def test_what_is_live_is_whole(journal, seed):
    newsroom, done = Newsroom(journal, random.Random(seed)), []
    for _step in range(STEPS if seed else 12):
        done.append(newsroom.act())
        for page in ArticlePage.objects.live():
            assert not list(faults_in(page)), done
