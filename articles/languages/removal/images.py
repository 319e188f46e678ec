"""Images of the plugin’s model as Wagtail’s own, with the same keys, files and renditions."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, migrations, transaction
from django.db.migrations.state import ProjectState
from wagtail.models import ReferenceIndex

from diptych.articles.languages.config.language_config import default_language
from diptych.articles.languages.removal.refusing import is_ours

#: Images that are written in one statement.
BATCH = 500


def our_image_model():
    """The image model of the site if it is one of the plugin and has its table, else ``None``."""
    if not apps.is_installed("wagtail.images"):
        return None
    from wagtail.images import get_image_model

    model = get_image_model()
    if model._meta.db_table not in connection.introspection.table_names():
        return None
    return model if is_ours(model._meta.app_label) else None


def clashing_images():
    """How many of Wagtail's own images have the key of one of ours, but another file."""
    from wagtail.images.models import Image

    files = dict(our_image_model().objects.values_list("pk", "file"))
    known = Image.objects.filter(pk__in=files).values_list("pk", "file")
    return sum(files[pk] != file for pk, file in known)


@transaction.atomic
def to_plain_images():
    """Copy images and renditions into Wagtail's tables; returns how many images.

    Those that are there already get the values of ours. An image without a description has its
    alternative text in the default language for one.
    """
    from wagtail.images.models import Image, Rendition

    model = our_image_model()
    count = _copy(model, Image, _described)
    Rendition._base_manager.filter(image__in=model._base_manager.values("pk")).delete()
    known = set(Rendition._base_manager.values_list("pk", flat=True))
    _copy(model.get_rendition_model(), Rendition, lambda rendition, values: values, apart=known)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Image, Rendition]):
            cursor.execute(statement)
    types = ContentType.objects.get_for_models(model, Image)
    old, new = types[model], types[Image]
    for relation in (field for field in ContentType._meta.related_objects if _is_tag(field)):
        tags = relation.related_model.objects
        tagged = list(tags.filter(content_type=old).values_list("object_id", flat=True))
        tags.filter(content_type=new, object_id__in=tagged).delete()
        tags.filter(content_type=old).update(content_type=new)
    ReferenceIndex.objects.filter(to_content_type=old).update(to_content_type=new)
    return count


def _is_tag(relation):
    return relation.related_model._meta.label == "taggit.TaggedItem"


def _copy(model, target, changed, apart=()):
    """Write the rows of ``model``, but those with the keys ``apart``, as rows of ``target``."""
    fields = target._meta.concrete_fields
    made = []
    for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
        if row.pk not in apart:
            values = {field.attname: getattr(row, field.attname) for field in fields}
            made.append(target(**changed(row, values)))
    target._base_manager.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[field.name for field in fields if not field.primary_key],
    )
    return len(made)


def _described(image, values):
    texts = image.texts_in(default_language()) if hasattr(image, "texts_in") else ("",)
    return {**values, "description": values["description"] or texts[0][:255]}


def point_to_plain_images():
    """Let the tables of the project refer to Wagtail's own images; returns their fields."""
    model = our_image_model()
    pointing = [
        field
        for each in apps.get_models()  # tables of many-to-many fields go with these
        if not is_ours(each._meta.app_label) and each._meta.managed and not each._meta.proxy
        for field in [*each._meta.local_fields, *each._meta.local_many_to_many]
        if field.related_model is model
    ]
    state = ProjectState.from_apps(apps)
    for field in pointing:
        label = field.model._meta.app_label
        changed = field.clone()
        changed.remote_field.model = "wagtailimages.Image"
        operation = migrations.AlterField(field.model._meta.model_name, field.name, changed)
        before = state.clone()
        operation.state_forwards(label, state)
        if _is_changed(field):
            continue
        with connection.schema_editor() as editor:
            operation.database_forwards(label, editor, before, state)
    return [str(field) for field in pointing]


def _is_changed(field):
    """Whether a run before this one has changed the table of a many-to-many ``field``."""
    if not field.many_to_many:
        return False  # changing the column of a foreign key again is the same
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, field.m2m_db_table())
    return field.m2m_reverse_name() not in {each.name for each in table}
