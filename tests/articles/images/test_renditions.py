"""The sizes of pictures are made when a page is published, in the background, and once."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django_tasks import task, task_backends
from wagtail.images import get_image_model
from wagtail.images.rect import Rect
from wagtail.models import Collection

from diptych.articles.images.models import RenditionRecord
from diptych.articles.images.pictures import CARD, HERO, INLINE, PORTRAIT, SEARCH_RESULT, SMALL_CARD
from diptych.articles.images.renditions import (
    attach_renditions,
    record_renditions,
    recorded_renditions,
    specs_for,
)
from diptych.articles.models import CaptionedImage, CaptionedRendition
from diptych.themes.pictures.renditions import OF_HERO, image_uses_of, make_renditions, needed_specs
from operations.background import ThreadBackend
from tests.articles.images.samples import scene, written
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_plain_page,
    publish_draft,
)
from tests.tiers import one_of

SMALL = {"width": 300, "height": 200}


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def specs_of(image):
    return set(image.renditions.values_list("filter_spec", flat=True))


def needed(image, *parts):
    return set(needed_specs(image, *parts))


def picture_block(image):
    return ("image", {"image": image.pk, "alt": "", "caption": "", "decorative": False})


def test_publishing_makes_every_size_of_every_picture(journal, after_commit):
    hero, inline, second = (make_image(**SMALL) for _number in range(3))
    gallery = ("gallery", {"pictures": [picture_block(second)[1], picture_block(inline)[1]]})

    with after_commit():
        article = make_article(
            journal,
            hero_image=hero,
            body_fr=blocks(picture_block(inline)),
            body_en=blocks(gallery),
        )

    assert specs_of(hero) == needed(hero, *OF_HERO)
    assert specs_of(inline) == specs_of(second) == needed(inline, INLINE)
    assert image_uses_of(article) == [
        (hero.pk, HERO),
        (hero.pk, CARD),
        (hero.pk, SMALL_CARD),
        (hero.pk, SEARCH_RESULT),
        (inline.pk, INLINE),
        (second.pk, INLINE),
    ]


def test_a_draft_makes_nothing(journal, after_commit):
    with after_commit():
        make_article(journal, hero_image=make_image(**SMALL), live_in=())

    assert not CaptionedRendition.objects.exists()


def test_portraits_and_plain_pages(journal, after_commit):
    photo, inline = make_image(**SMALL), make_image(**SMALL)

    with after_commit():
        make_author(journal, photo=photo)
        make_plain_page(journal, body_fr=blocks(picture_block(inline)))

    assert specs_of(photo) == needed(photo, PORTRAIT)
    assert specs_of(inline) == needed(inline, INLINE)


def test_nothing_is_made_twice(journal, after_commit, django_assert_max_num_queries):
    image = make_image(**SMALL)
    with after_commit():
        article = make_article(journal, hero_image=image)
    made = set(CaptionedRendition.objects.values_list("pk", "file"))

    # The images, their renditions, and whether their records are right.
    with django_assert_max_num_queries(3):
        make_renditions.func([[str(pk), part] for pk, part in image_uses_of(article)])

    assert set(CaptionedRendition.objects.values_list("pk", "file")) == made


def test_what_is_recorded_is_of_the_focal_point_that_is_stored(db):
    read_before = make_image(**SMALL)
    image = get_image_model().objects.get(pk=read_before.pk)
    image.set_focal_point(Rect(0, 0, 20, 20))
    image.save()
    make_renditions.func([[str(image.pk), CARD]])

    record_renditions([read_before])

    newest = get_image_model().objects.get(pk=image.pk)
    keys = newest.renditions.filter(filter_spec__startswith="fill").values_list("file", flat=True)
    recorded = {each.name for each in recorded_renditions(newest).values()}
    assert recorded == set(newest.renditions.values_list("file", flat=True)) and keys


def test_those_of_an_image_that_is_deleted_meanwhile_are_not_needed(db, monkeypatch, caplog):
    image, other = make_image(**SMALL), make_image(**SMALL)
    gone = image.pk
    make = CaptionedImage.get_rendition

    def make_or_delete(self, spec):
        if self.pk == gone:
            get_image_model().objects.filter(pk=gone).delete()
            raise IntegrityError
        return make(self, spec)

    monkeypatch.setattr(CaptionedImage, "get_rendition", make_or_delete)
    make_renditions.func([[str(gone), HERO], [str(other.pk), HERO]])

    assert not caplog.text
    assert recorded_renditions(other).keys() == needed(other, HERO)
    assert set(RenditionRecord.objects.values_list("image", flat=True)) == {other.pk}


def test_readers_look_them_up_in_one_query(journal, after_commit, django_assert_num_queries):
    images = [make_image(**SMALL), make_image(**SMALL)]
    with after_commit():
        make_article(journal, hero_image=images[0], body_fr=blocks(picture_block(images[1])))
    images = list(get_image_model().objects.order_by("pk"))

    with django_assert_num_queries(1):
        attach_renditions([*images, None, images[0]])
        recorded = [recorded_renditions(image) for image in images]

    for image, part, found in zip(images, (HERO, INLINE), recorded, strict=True):
        for rendition in image.renditions.filter(filter_spec__in=specs_for(part)):
            facts = found[rendition.filter_spec]
            assert (facts.url, facts.width, facts.height) == (
                rendition.url,
                rendition.width,
                rendition.height,
            )


@pytest.mark.parametrize("content", one_of([None, b"", b"no picture"], "odd"))
def test_a_file_that_is_gone_or_broken_does_not_stop_the_others(
    journal, after_commit, caplog, content
):
    broken, sound = make_image(**SMALL), make_image(**SMALL)
    broken.file.storage.delete(broken.file.name)
    if content is not None:
        (broken.file.storage.base_location / broken.file.name).write_bytes(content)

    with after_commit():
        article = make_article(
            journal, hero_image=broken, body_fr=blocks(picture_block(sound)), live_in=("fr",)
        )

    assert article.live
    assert specs_of(broken) == set()
    assert specs_of(sound) == needed(sound, INLINE)
    assert f"mage {broken.pk}" in caplog.text


def test_a_queue_that_is_away_does_not_stop_publishing(
    journal, after_commit, settings, monkeypatch, caplog
):
    def refuse(*args):
        raise ConnectionError("The queue is away.")

    settings.TASKS = {**settings.TASKS, "pictures": settings.TASKS["default"]}
    monkeypatch.setattr(task_backends["pictures"], "enqueue", refuse)
    article = make_article(journal, live_in=())

    with after_commit():
        publish_draft(article, hero_image=make_image(**SMALL))

    assert article.live
    assert "The queue is away." in caplog.text


@pytest.mark.rare
def test_a_picture_that_is_replaced_gets_its_sizes_again(admin, journal, after_commit):
    image = make_image(**SMALL)
    with after_commit():
        make_article(journal, hero_image=image)
    old = set(CaptionedRendition.objects.values_list("pk", flat=True))

    with after_commit():
        data = {"title": "Lac", "collection": image.collection_id}
        data |= {"file": SimpleUploadedFile("new.png", written(scene(500, 400), "PNG"))}
        answer = admin.post(reverse("wagtailimages:edit", args=[image.pk]), data)

    assert answer.status_code == 302
    assert specs_of(image) == needed(get_image_model().objects.get(), *OF_HERO)
    assert old.isdisjoint(CaptionedRendition.objects.values_list("pk", flat=True))


def test_a_picture_that_no_page_shows_gets_none(journal, after_commit):
    image = make_image(**SMALL)
    with after_commit():
        make_article(journal, hero_image=image, live_in=())
        image.focal_point_x = 10
        image.save()

    assert specs_of(image) == set()


#: The thread that each run of the task below was on.
threads = []


@task()
def record_the_thread(word):
    threads.append((word, threading.current_thread()))
    if word == "fail":
        raise ValueError(word)


def test_the_site_makes_them_on_a_thread_after_the_transaction(db, after_commit):
    backend = ThreadBackend("pictures", {})
    threads.clear()

    with after_commit():
        for word in ("first", "fail", "last"):
            backend.enqueue(record_the_thread, (word,), {})
        assert threads == []
    backend.pool.submit(int).result()

    assert [word for word, _thread in threads] == ["first", "fail", "last"]
    (thread,) = {thread for _word, thread in threads}
    assert thread is not threading.current_thread()


def test_long_work_of_another_kind_keeps_no_size_waiting(db, after_commit):
    done = threading.Event()
    ThreadBackend("related", {}).pool.submit(done.wait, 20)
    threads.clear()
    with after_commit():
        ThreadBackend("pictures", {}).enqueue(record_the_thread, ("now",), {})
    ThreadBackend("pictures", {}).pool.submit(int).result(timeout=10)
    done.set()
    assert [word for word, _thread in threads] == ["now"]


def test_an_upload_gets_the_sizes_that_are_made_quickly(admin, db, after_commit):
    data = {"title": "Lac", "file": SimpleUploadedFile("new.png", written(scene(1000, 400), "PNG"))}
    data["collection"] = Collection.get_first_root_node().pk
    with after_commit():
        answer = admin.post(reverse("wagtailimages:add"), data)

    assert answer.status_code == 302
    image = get_image_model().objects.get()
    made = {f"width-{size}|format-{each}" for size in (480, 960) for each in ("jpeg", "webp")}
    assert specs_of(image) == made
    assert set(recorded_renditions(image)) == specs_of(image)


@pytest.mark.rare
def test_a_command_makes_what_a_journal_lacks_and_may_be_repeated(journal, capsys):
    hero, photo = make_image(**SMALL), make_image(**SMALL)
    make_article(journal, hero_image=hero, authors=[make_author(journal, photo=photo)])
    make_article(journal, "Brouillon", "Draft", hero_image=make_image(**SMALL), live_in=())
    for _again in range(2):
        call_command("diptych_renditions")
        made = set(CaptionedRendition.objects.values_list("pk", flat=True))
        assert specs_of(hero) == needed(hero, *OF_HERO)
        assert specs_of(photo) == needed(photo, PORTRAIT)
        assert len(made) == len(specs_of(hero)) + len(specs_of(photo))
        assert "2" in capsys.readouterr().out


def test_a_deleted_rendition_is_not_recorded_any_more(journal, after_commit):
    image = make_image(**SMALL)
    with after_commit():
        make_article(journal, hero_image=image)
    gone = image.renditions.get(filter_spec="width-480|format-jpeg")
    gone.delete()

    image = get_image_model().objects.get()
    assert gone.filter_spec not in recorded_renditions(image)
    assert set(recorded_renditions(image)) == specs_of(image)
