"""Let only drafts go live whose grade allows it; called by the service that publishes.

See :mod:`diptych.articles.languages.publication.readiness.grading` for the grades, and
:mod:`diptych.articles.languages.publication.readiness.missing` for what a language needs.
"""

from dataclasses import replace

from django.utils.text import capfirst
from wagtail.log_actions import log

from diptych.articles.languages.config.content import fingerprint
from diptych.articles.languages.config.fields import stored_value
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.permissions.policy import can, can_publish_shared
from diptych.articles.languages.publication.readiness.grading import (
    Grade,
    NotPublishable,
    grade,
    record_confirmed,
)
from diptych.articles.languages.publication.readiness.missing import OpenPlace
from diptych.articles.languages.translations.comments import (
    comments_of_draft,
    in_language,
    on_shared_content,
)
from diptych.articles.languages.translations.shared import has_new_shared, keep_shared
from diptych.articles.languages.translations.units import label_of, units_in


def check_grades(
    draft,
    public,
    languages,
    user=None,
    confirmed=(),
    revision=None,
    as_it_is=False,
    asks_about_comments=True,
):
    """Raise :exc:`NotPublishable` unless ``draft`` may go live in ``languages``.

    ``draft`` is what will be stored, and ``public`` the page as readers see it. What is confirmed
    is recorded in ``draft``, and in the ``revision`` it has been saved as, and logged. With
    ``as_it_is``, what is refused is logged and returned instead, as a list of :class:`Grading`.
    Open comments have to be confirmed by a ``user``, unless ``asks_about_comments`` is false.
    """
    asked = user if asks_about_comments else None
    gradings = gradings_of(draft, public, languages, asked=asked)
    refused = [each for each in gradings if not is_publishable(each, user, confirmed)]
    if refused and not as_it_is:
        raise NotPublishable(refused)
    for each in gradings:
        record_confirmed(draft, each)
        if each in refused:
            log_as_it_is(draft, each, user)
        elif each.new_places:
            log_confirmed(draft, each, user)
    if revision is not None:
        _rewrite_records(revision, draft, [each.language for each in gradings])
    return refused


def gradings_of(draft, public, languages, source_page=None, asked=None):
    """The :class:`Grading` of each of ``languages`` in which readers would read something new.

    ``public`` is the page as readers see it, ``None`` before it is created. ``source_page`` has
    the source that translations are compared with, if not ``draft``; see :func:`kept_source`.
    ``asked`` is the person who publishes, and is also asked about open comments; what happens at a
    date asks nobody. A comment on what all languages share stands in the first grading. Where that
    has changed, it is new in each language.
    """
    gradings = []
    for code in languages:
        if public is None or draft.has_news_for(public, code):
            gradings.append(grade(draft, code, source_page))
        elif has_new_shared(public, draft):
            gradings.append(_grade_shared(draft, public, code))
    comments = comments_of_draft(draft) if languages and asked is not None else []
    if not comments:
        return gradings
    shared = _on_shared_content(draft, public, comments, asked)
    return [
        _with_places(
            each, [*_on_texts(draft, each.language, comments), *(() if number else shared)]
        )
        for number, each in enumerate(gradings)
    ]


def _grade_shared(draft, public, language):
    """The :class:`Grading` where only what all languages share is new for readers.

    What is missing or open in the text that is live already keeps nothing back.
    """
    grading, live = grade(draft, language, public), grade(public, language)
    problems = [each for each in grading.problems if each not in live.problems]
    return replace(grading, problems=problems, settled=live.places)


def _with_places(grading, places):
    """``grading`` with the ``places`` of comments."""
    if not places:
        return grading
    said = [grading.fingerprint, [[place.key, place.excerpt] for place in places]]
    return replace(
        grading, places=[*grading.places, *places], fingerprint=fingerprint(said, clean=str)
    )


def _on_texts(draft, language, comments):
    """An :class:`OpenPlace` for each of ``comments`` on a text of ``draft`` in ``language``."""
    found = in_language(comments, draft, language)
    units = units_in(draft, language) if found else {}
    return [
        OpenPlace(
            key,
            _label(draft, key, units.get(key)),
            "commented",
            column(_name(key), language),
            comment.text,
        )
        for key, comment in found
        if key in units or "." not in key
    ]


def _on_shared_content(draft, public, comments, user):
    """The same for what all languages share, if it goes live when ``user`` publishes."""
    if public is not None and public.live and not can_publish_shared(user, draft):
        return []
    return [
        OpenPlace(key, _label(draft, key), "commented", _name(key), comment.text)
        for key, comment in on_shared_content(comments, draft)
    ]


def _name(key):
    """The name of the field in the ``key`` of a unit."""
    return key.partition(".")[0]


def _label(draft, key, unit=None):
    if unit is not None:
        return label_of(draft, unit)
    return capfirst(str(draft._meta.get_field(_name(key)).verbose_name))


def kept_source(draft, public, languages):
    """The version whose source stays when only ``languages`` of ``draft`` are published.

    That is ``public``, if it is live and the source is not among ``languages``; else ``None``.
    """
    is_kept = public is not None and public.live and draft.source_language not in languages
    return public if is_kept else None


def unanswered_gradings(draft, public, languages, user, is_whole=False):
    """The gradings that keep ``draft`` from being published in ``languages`` without a question.

    With ``is_whole``, what it says in the other languages is stored too. For a user who may not
    publish what all languages share, that and the source stay as they are live.
    """
    if public is not None and public.live and not can_publish_shared(user, public):
        draft, is_whole = _with_shared_of(public, draft), False
    source_page = None if is_whole else kept_source(draft, public, languages)
    gradings = gradings_of(draft, public, languages, source_page, user)
    return [each for each in gradings if not is_publishable(each, user)]


def _with_shared_of(public, draft):
    """A copy of ``draft`` with what all languages share on ``public``."""
    if not has_new_shared(public, draft):
        return draft
    content = draft.serializable_data()
    copied = type(draft).from_serializable_data(content, check_fks=False)
    keep_shared(public, copied)
    return copied


def is_publishable(grading, user, confirmed=()):
    """Whether ``user`` may publish what has been graded, with these places ``confirmed``."""
    if grading.grade != Grade.INCOMPLETE:
        return grading.grade == Grade.COMPLETE
    may_confirm = grading.is_of_comments or can_confirm(user, grading.language)
    return may_confirm and grading.confirmation in confirmed


def can_confirm(user, language):
    """Whether ``user`` may publish ``language`` though some places are open; code may."""
    return user is None or can(user, "publish_incomplete", language)


def _rewrite_records(revision, draft, languages):
    """Store in ``revision`` what has been recorded in its ``draft``, if it differs."""
    columns = [column("provenance", language) for language in languages]
    said = {name: stored_value(draft, name) for name in columns}
    if any((revision.content.get(name) or "") != value for name, value in said.items()):
        revision.content |= said
        revision.save(update_fields=["content"])


def log_confirmed(draft, grading, user):
    """Note in the history which open places ``user`` has confirmed."""
    data = {
        "language": grading.language,
        "count": len(grading.places),
        "places": [str(place) for place in grading.places],
    }
    log(instance=draft, action="diptych.publish_incomplete", user=user, data=data)


def log_as_it_is(draft, grading, user):
    """Note in the history why ``draft`` would have been refused, which is published as it is."""
    data = {"language": grading.language, "reasons": grading.sentences}
    log(instance=draft, action="diptych.publish_as_it_is", user=user, data=data)
