import zipfile
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image
from wagtail.images import get_image_model

from diptych.articles.images.alt_texts.kinds import Kind
from diptych.articles.images.models import ImageProblem
from diptych.articles.transfer.report import Report
from diptych.articles.transfer.wordpress.media import Media
from diptych.articles.transfer.wordpress.uploads import UploadsRefused

pytestmark = pytest.mark.django_db
HOST = "https://journal.example/wp-content/uploads/"
#: An attachment in French of a picture that is 48 by 32 pixels large.
LAKE = {
    "_wp_attached_file": "2019/05/lac-scaled.jpg",
    "_wp_attachment_image_alt": "Un lac gelé sous la neige",
    "title": "lac",
    "caption": "Le lac, en <em>janvier</em> &amp; après",
    "description": "",
    "_media_credit": "Léa Rochat",
    "focalpoint": 'a:2:{s:4:"left";i:25;s:3:"top";i:50;}',
    "language": "fr",
}
LAKE_IN_ENGLISH = {
    **LAKE,
    "_wp_attachment_image_alt": "A frozen lake under snow",
    "caption": "The lake in January",
    "language": "en",
}


@dataclass
class Attachments:
    """Stands for an export of which only the attachments are read."""

    attachments: dict
    languages_of: dict = field(default_factory=dict)
    language: str = "fr"
    hosts: frozenset = frozenset({"journal.example"})


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return lambda: sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def uploads(tmp_path):
    """Write files into a folder of uploads: ``uploads({path: content})``."""

    def write(files):
        for path, content in files.items():
            file = tmp_path / "uploads" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return tmp_path / "uploads"

    return write


def picture(colour="navy", size=(48, 32), kind="JPEG"):
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


def exported(*metas, **values):
    """An export of attachments numbered from 1, with the addresses of their files."""
    found = {
        number: (HOST + meta.get("_wp_attached_file", ""), dict(meta))
        for number, meta in enumerate(metas, 1)
    }
    return Attachments(found, **values)


def media_of(export, folder=None, **values):
    return Media(export, folder, source="wordpress:journal.example", report=Report(), **values)


def test_translations_of_one_file_are_one_image_with_texts_in_both_languages(uploads):
    folder = uploads({"2019/05/lac.jpg": picture(), "2019/05/lac-scaled.jpg": picture("red")})
    with media_of(exported(LAKE, LAKE_IN_ENGLISH), folder) as media:
        image = media.image(1)
        assert media.image("2") == image
        for name in ("lac-1024x683.jpg", "lac.jpg", "lac-scaled.jpg", "lac-rotated-300x200.jpg"):
            assert media.image(f"{HOST}2019/05/{name}") == image
        assert media.texts(1, "en").alt == media.texts(2, "en").alt == "A frozen lake under snow"
        assert media.texts(f"{HOST}2019/05/lac-300x200.jpg", "fr").caption
    assert get_image_model().objects.count() == 1
    assert (image.alt_fr, image.alt_en) == ("Un lac gelé sous la neige", "A frozen lake under snow")
    assert image.caption_fr == "Le lac, en janvier & après"
    assert (image.title, image.credit) == ("lac", "Léa Rochat")
    assert (image.focal_point_x, image.focal_point_y) == (12, 16)
    with Image.open(image.file) as original:
        assert original.getpixel((0, 0))[0] < 20, "not the original"


def test_run_again_finds_images_also_without_the_files(uploads, stored):
    export = exported(LAKE)
    with media_of(export, uploads({"2019/05/lac.jpg": picture()})) as media:
        assert media.take(1).outcome == "created"
        first = media.image(1)
    before = stored()
    with media_of(export) as media:
        assert media.take(1).outcome == "unchanged"
        assert media.image(1) == first
    assert stored() == before


def test_changed_texts_are_written_unless_somebody_changed_them_here(uploads):
    folder = uploads({"2019/05/lac.jpg": picture()})
    with media_of(exported(LAKE), folder) as media:
        image = media.image(1)
    changed = {**LAKE, "_wp_attachment_image_alt": "Un lac pris par la glace"}
    with media_of(exported(changed), folder) as media:
        assert media.take(1).outcome == "updated"
    image.refresh_from_db()
    assert image.alt_fr == "Un lac pris par la glace"
    image.alt_fr = "Le lac de Joux gelé"
    image.save()
    again = {**LAKE, "caption": "Autre légende"}
    with media_of(exported(again), folder) as media:
        taken = media.take(1)
    image.refresh_from_db()
    assert (taken.outcome, image.alt_fr) == ("conflict", "Le lac de Joux gelé")
    assert taken.reason


def test_deleted_images_are_not_made_again(uploads):
    folder = uploads({"2019/05/lac.jpg": picture()})
    with media_of(exported(LAKE), folder) as media:
        media.image(1).delete()
    with media_of(exported(LAKE), folder) as media:
        assert media.image(1) is None
        assert media.take(1).outcome == "skipped"


def test_equal_files_are_stored_once(uploads, stored):
    other = {**LAKE, "_wp_attached_file": "2020/01/lac-1.jpg"}
    folder = uploads({"2019/05/lac.jpg": picture(), "2020/01/lac-1.jpg": picture()})
    with media_of(exported(LAKE, other), folder) as media:
        assert media.image(1) == media.image(2)
        assert media.take(2).outcome == "created"
    assert len(stored()) == 1
    with media_of(exported(LAKE, other), folder) as media:
        assert media.take(2).outcome == "unchanged"


def test_copies_of_a_file_for_each_language_keep_the_texts_of_all(uploads):
    english = {**LAKE_IN_ENGLISH, "_wp_attached_file": "2019/05/lac-1.jpg"}
    folder = uploads({"2019/05/lac.jpg": picture(), "2019/05/lac-1.jpg": picture()})
    with media_of(exported(LAKE, english), folder) as media:
        media.take(1)
        media.take(2)
    image = get_image_model().objects.get()
    assert (image.alt_fr, image.alt_en) == ("Un lac gelé sous la neige", "A frozen lake under snow")
    assert (image.title, image.caption_en) == ("lac", "The lake in January")
    changed = {**english, "_wp_attachment_image_alt": "Snow on a frozen lake"}
    with media_of(exported(LAKE, changed), folder) as media:
        assert [media.take(1).outcome, media.take(2).outcome] == ["unchanged", "updated"]
    image.refresh_from_db()
    assert (image.alt_fr, image.alt_en) == ("Un lac gelé sous la neige", "Snow on a frozen lake")
    image.alt_fr = "Changé ici"
    image.save()
    with media_of(
        exported({**LAKE, "_wp_attachment_image_alt": "Autre"}, english), folder
    ) as media:
        assert [media.take(1).outcome, media.take(2).outcome] == ["conflict", "conflict"]
    image.refresh_from_db()
    assert image.alt_fr == "Changé ici"


def test_nothing_is_left_of_what_is_rolled_back(uploads, stored):
    files = {"2019/05/lac.jpg": picture(), "2019/05/plan.pdf": b"%PDF-1.7 plan"}
    plan = {"_wp_attached_file": "2019/05/plan.pdf", "title": "Plan"}
    with media_of(exported(LAKE, plan), uploads(files)) as media:
        with pytest.raises(RuntimeError), media.atomic():
            assert media.image(1)
            with media.atomic():
                assert media.document(2)
            assert len(stored()) == 2
            raise RuntimeError
        assert stored() == []
        with media.atomic():
            assert media.image(1)
            assert media.document(2).title == "Plan"
        assert len(stored()) == 2


def test_what_a_killed_import_left_is_replaced(uploads, stored, settings):
    folder = uploads({"2019/05/lac.jpg": picture(), "2019/05/plan.pdf": b"%PDF-1.7 plan"})
    plan = {"_wp_attached_file": "2019/05/plan.pdf", "title": "Plan"}
    media = media_of(exported(LAKE, plan), folder)
    with pytest.raises(RuntimeError), media, media.atomic():
        names = [media.image(1).file.name, media.document(2).file.name]
        kept = {name: (settings.MEDIA_ROOT / name).read_bytes() for name in names}
        raise RuntimeError
    for name, content in kept.items():
        (settings.MEDIA_ROOT / name).write_bytes(content[:10])
    with media_of(exported(LAKE, plan), folder) as media:
        assert [media.image(1).file.name, media.document(2).file.name] == names
        assert len(stored()) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("empty.jpg", b""),
        ("half.jpg", picture()[:300]),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("program.exe", b"MZ"),
        ("empty.pdf", b""),
    ],
)
def test_files_that_are_refused_are_named_with_the_reason(uploads, stored, name, content):
    bad = {"_wp_attached_file": f"2019/05/{name}", "title": "Bad"}
    folder = uploads({f"2019/05/{name}": content, "2019/05/lac.jpg": picture()})
    with media_of(exported(bad, LAKE), folder) as media:
        taken = media.take(1)
        assert taken.outcome == "failed"
        assert name in taken.reason
        assert [note.detail for note in media.report.notes] == [taken.reason]
        assert media.image(1) is None
        assert media.document(1) is None
        assert media.image(2) is not None
    assert len(stored()) == 1


def test_a_smaller_size_is_taken_where_the_original_is_too_large(uploads, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000
    sizes = {"lac.jpg": (48, 32), "lac-scaled.jpg": (47, 32), "lac-30x20.jpg": (30, 20)}
    folder = uploads({f"2019/05/{name}": picture(size=size) for name, size in sizes.items()})
    with media_of(exported(LAKE), folder) as media:
        assert media.image(1).width == 30
        assert [note.kind for note in media.report.notes] == ["media-other-size"]


def test_missing_files_are_listed(uploads):
    folder = uploads({"2019/05/other.jpg": picture()})
    with media_of(exported(LAKE), folder) as media:
        assert media.take(1).outcome == "failed"
        assert media.image(1) is None
        assert [(note.id, note.kind) for note in media.report.notes] == [("1", "media-missing")]
    with media_of(exported(LAKE)) as media:
        assert media.take(1).outcome == "skipped"


def test_a_picture_edited_in_wordpress_is_taken_as_edited(uploads):
    edited = {**LAKE, "_wp_attached_file": "2019/05/lac-e1546300800123.jpg"}
    folder = uploads(
        {
            "2019/05/lac.jpg": picture(),
            "2019/05/lac-e1546300800123.jpg": picture(size=(20, 20)),
        }
    )
    with media_of(exported(edited), folder) as media:
        assert media.image(f"{HOST}2019/05/lac-300x200.jpg").width == 20
        assert media.report.notes == []


def test_paths_that_lead_out_are_reported(uploads, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(picture())
    bad = {"_wp_attached_file": "../secret.jpg"}
    with media_of(exported(bad), uploads({"2019/lac.jpg": picture()})) as media:
        taken = media.take(1)
        assert taken.outcome == "failed"
        assert "../secret.jpg" in taken.reason
        assert media.image(1) is None
        assert media.image("../secret.jpg") is None


def test_only_addresses_of_the_site_are_taken(uploads):
    folder = uploads({"2019/05/lac.jpg": picture(), "2019/05/free.jpg": picture("red")})
    with media_of(exported(LAKE), folder) as media:
        assert media.image("https://elsewhere.example/wp-content/uploads/2019/05/free.jpg") is None
        assert media.image("https://elsewhere.example/photo.jpg") is None
        # No attachment has this file, but it is there.
        assert media.image(f"{HOST}2019/05/free-300x200.jpg").title == "free"
        assert media.image("/wp-content/uploads/2019/05/free.jpg") is not None
        assert media.image(99) is None
        assert media.image("") is None
        assert media.take(99).outcome == "failed"


def test_a_file_of_a_network_is_found_in_the_uploads_of_its_site(uploads):
    address = HOST + "sites/2/2019/05/lac.jpg"
    meta = {**LAKE, "_wp_attached_file": "2019/05/lac.jpg"}
    export = Attachments({1: (address, meta)})
    with media_of(export, uploads({"2019/05/lac.jpg": picture()})) as media:
        assert media.image(address) == media.image(1) is not None


def test_language_of_an_attachment_without_one(uploads):
    plain = {key: value for key, value in LAKE.items() if key != "language"}
    english = {**plain, "_wp_attachment_image_alt": "A man and a woman in front of the lake"}
    german = {**plain, "_wp_attachment_image_alt": "Ein Mann und eine Frau vor dem See"}
    german["caption"] = "Der See im Winter"
    of_page = {**plain, "_wp_attachment_image_alt": "Lausanne", "caption": "", "parent": 7}
    export = exported(plain, english, german, of_page, languages_of={7: "en"})
    for number, (_address, meta) in export.attachments.items():
        meta["_wp_attached_file"] = f"{number}.jpg"
        export.attachments[number] = (f"{HOST}{number}.jpg", meta)
    files = {f"{number}.jpg": picture(size=(20 + number, 20)) for number in range(1, 5)}
    with media_of(export, uploads(files)) as media:
        alts = [(media.image(number).alt_fr, media.image(number).alt_en) for number in range(1, 5)]
    assert [(bool(french), bool(english)) for french, english in alts] == [
        (True, False),
        (False, True),
        (False, False),
        (False, True),
    ]


def test_long_texts_are_shortened_and_noted_whole(uploads):
    long = {**LAKE, "_wp_attachment_image_alt": "Un lac " * 60}
    with media_of(exported(long), uploads({"2019/05/lac.jpg": picture()})) as media:
        assert len(media.image(1).alt_fr) <= 255
        (note,) = media.report.notes
        assert note.kind == "media-text-shortened"
        assert ("Un lac " * 60).strip() in note.detail


def test_machine_made_alternative_texts_are_kept_and_reported(
    uploads, django_capture_on_commit_callbacks
):
    by_machine = {**LAKE, "_wp_attachment_image_alt": "May be an image of 1 person"}
    folder = uploads({"2019/05/lac.jpg": picture()})
    media = media_of(exported(by_machine), folder)
    with media, django_capture_on_commit_callbacks(execute=True):
        image = media.image(1)
    assert image.alt_fr or image.alt_en
    assert ImageProblem.objects.filter(image=image, kind=Kind.MACHINE_MADE).exists()


def test_hostile_names_in_a_zip_are_noted(tmp_path):
    path = tmp_path / "uploads.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "root")
        archive.writestr("uploads/2019/05/lac.jpg", picture())
    with media_of(exported(LAKE), path) as media:
        assert media.image(1) is not None
        assert [note.kind for note in media.report.notes] == ["media-refused"]
    path.write_text("no zip")
    with pytest.raises(UploadsRefused):
        media_of(exported(LAKE), path)


def test_the_same_bytes_as_an_image_and_as_a_document_are_two_files(uploads):
    content = picture()
    paths = "2019/a.jpg", "2019/b.txt", "2019/c.jpg"
    export = exported(*({"_wp_attached_file": path} for path in paths))
    with media_of(export, uploads(dict.fromkeys(paths, content))) as media:
        image, document = media.image(1), media.document(2)
        assert image and document.filename == "b.txt"
        image.delete()
        again = media.take(3)
    assert (again.outcome, again.target) == ("skipped", None)


def test_documents_have_a_limit_where_the_project_sets_none(uploads, settings, monkeypatch):
    del settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    monkeypatch.setattr("diptych.articles.transfer.wordpress.media.LARGEST_DOCUMENT", 9)
    folder = uploads({"a.txt": b"ten bytes."})
    with media_of(exported({"_wp_attached_file": "a.txt"}), folder) as media:
        assert media.take(1).outcome == "failed"
