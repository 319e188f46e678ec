"""Update the table of image problems when pages and images are saved."""

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tasks import task
from modelcluster.models import model_from_serializable_data
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from diptych.articles.images.alt_texts.places import faults_of_image, words_of_image
from diptych.articles.images.illustrated import IllustratedMixin
from diptych.articles.images.models import ImageProblem
from diptych.articles.images.pictures import in_background
from diptych.articles.languages.config.fields import revised_value
from diptych.articles.languages.config.language_config import available_languages

LONGEST_PLACE = ImageProblem._meta.get_field("place").max_length
#: The fields that may change while a problem stays the same.
COMPARED = ("detail", "words", "number", "is_borrowed", "in_draft", "in_public")


def record_page(pk, model=None):
    """Update the problems of a page, of its draft and of its live text.

    ``model`` is its type, which is looked up if it is not known.
    """
    if model is None:
        page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=pk).specific().first()
    else:
        read = ("latest_revision", *(field.name for field in _pictures_of(model)))
        page = model._default_manager.select_related(*read).filter(pk=pk).first()
    if page is None:
        return
    known = ImageProblem.objects.filter(page_id=pk)
    _replace(known, _problems_on(page) if isinstance(page, IllustratedMixin) else {})


def _problems_on(page):
    """``{(place, image, language, kind): problem}``; an alias has those of its source."""
    if page.alias_of_id:
        return {}
    if page.live and not page.has_unpublished_changes:
        versions = [(page, ("in_draft", "in_public"))]
    else:
        versions = [(_draft_of(page), ("in_draft",)), (page, ("in_public",))][: 1 + page.live]
    problems = {}
    for version, flags in versions:
        for language in version.languages_written():
            for place in version.picture_places(language):
                for fault in place.faults:
                    problem = _problem_in(place, fault, page)
                    problem = problems.setdefault(_key(problem), problem)
                    for flag in flags:
                        setattr(problem, flag, True)
    return problems


def _draft_of(page):
    """The newest draft of ``page`` with its texts and pictures, and nothing else it refers to.

    Wagtail's own way fetches every page and person in the rows below, one by one.
    """
    if page.latest_revision is None:
        return page
    model, content = type(page), page.latest_revision.content
    own = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    read_already = {name: getattr(page, name) for name in _same_in(page, content)}
    wanted = {"pk", *own, *(field.name for field in _pictures_of(model))} - read_already.keys()
    content = {name: value for name, value in content.items() if name in wanted}
    draft = model_from_serializable_data(model, content)
    for name, value in read_already.items():
        setattr(draft, name, value)
    return draft


def _same_in(page, content):
    """The pictures and streams that the ``content`` of a draft has just as ``page`` has them."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            said = revised_value(type(page), content, field.name)
            is_same = said == list(getattr(page, field.name).raw_data)
        else:
            is_same = _is_picture(field) and content.get(field.name) == getattr(page, field.attname)
        if is_same:
            yield field.name


def _pictures_of(model):
    return [field for field in model._meta.concrete_fields if _is_picture(field)]


def _is_picture(field):
    return field.is_relation and issubclass(field.related_model, get_image_model())


def _problem_in(place, fault, page):
    return ImageProblem(
        image=place.image,
        page_id=page.pk,
        language=place.language,
        kind=fault.kind,
        detail=fault.detail,
        words=place.caption if fault.is_about_caption else place.alt,
        # A form may post any id for a block.
        place=f"{place.field}:{place.block_id}"[:LONGEST_PLACE],
        number=place.number,
        is_borrowed=place.borrows(fault),
    )


def record_images(images):
    """Update the problems of the texts stored with images."""
    problems = {}
    for image in images:
        for language in available_languages():
            alt, caption = words_of_image(image, language)
            for fault in faults_of_image(image, language):
                problem = ImageProblem(
                    image=image,
                    language=language,
                    kind=fault.kind,
                    detail=fault.detail,
                    words=caption if fault.is_about_caption else alt,
                    is_borrowed=True,
                )
                problems[_key(problem)] = problem
    _replace(ImageProblem.objects.filter(page=None, image__in=images), problems)


def _key(problem):
    return problem.place, problem.image_id, problem.language, str(problem.kind)


@transaction.atomic
def _replace(known, wanted):
    """Replace the rows ``known`` by ``wanted``, writing only differences."""
    known = {_key(row): row for row in known}
    outdated = [
        row.pk for key, row in known.items() if key not in wanted or _differ(row, wanted[key])
    ]
    missing = [row for key, row in wanted.items() if key not in known or _differ(row, known[key])]
    if outdated:
        ImageProblem.objects.filter(pk__in=outdated).delete()
    if missing:
        # Another process may have written the same row.
        ImageProblem.objects.bulk_create(missing, ignore_conflicts=True)


def _differ(first, second):
    return any(getattr(first, name) != getattr(second, name) for name in COMPARED)


def pages_with(image_pk):
    """Primary keys of the pages that show an image, or did when last recorded."""
    image = get_image_model().objects.filter(pk=image_pk).first()
    recorded = ImageProblem.objects.filter(image=image_pk, page__isnull=False)
    pages = {*recorded.values_list("page_id", flat=True)}
    if image is not None:
        model = swapper.load_model("wagtailcore", "Page")
        references = ReferenceIndex.get_references_to(image).filter(
            base_content_type=ContentType.objects.get_for_model(model)
        )
        to_python = model._meta.pk.to_python
        pages |= {to_python(pk) for pk in references.values_list("object_id", flat=True)}
    return pages


@task()
def record_pages_with(image_pk):
    """Update the pages that show an image whose texts have changed."""
    for pk in sorted(pages_with(image_pk)):
        record_page(pk)


def record_image_and_its_pages(pk):
    images = list(get_image_model().objects.filter(pk=pk))
    record_images(images)
    if images and pages_with(pk):
        in_background(record_pages_with).enqueue(str(pk))


def record_everything():
    """Update all pages and images; yields the number done so far."""
    pages = swapper.load_model("wagtailcore", "Page").objects.order_by()
    for pk in pages.values_list("pk", flat=True):
        record_page(pk)
        yield
    images, done = get_image_model().objects.order_by("pk"), []
    for image in images.iterator(chunk_size=500):
        done.append(image)
        if len(done) == 500:
            record_images(done)
            done = []
        yield
    record_images(done)
