"""Refuse to undo migrations whose tables hold pages, images, or entries of the bin.

Django would drop the tables and leave Wagtail's rows of the same pages, which could then be neither
shown nor edited nor deleted. Other rows that go with their tables are listed.
"""

import swapper
from django.apps import apps as project
from django.core.management.base import CommandError
from django.db import migrations
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext as _
from wagtail.models import get_page_models

from diptych.articles.languages.bin.rows import is_derived
from diptych.articles.languages.publication.pages import MultilingualPageMixin

ENGINE = "diptych_languages"
#: The models of the entries of the bin.
BIN = {
    (ENGINE, name) for name in ("deletedpage", "deletedpagepart", "branchdeletion", "deletedfile")
}


def is_ours(label):
    """Whether an application with this label is one of the plugin."""
    return label == "diptych" or label.startswith("diptych_")


def connect():
    """Connect :func:`refuse_losses`, before the receiver that adds columns."""
    sender = project.get_app_config(ENGINE)
    pre_migrate.connect(refuse_losses, sender=sender, dispatch_uid="diptych_refuse_losses")


def refuse_losses(apps, using, plan=(), verbosity=1, stdout=None, **kwargs):
    """A receiver of ``pre_migrate``: raise ``CommandError`` where ``plan`` must not be run.

    That is where it drops tables of the plugin, and with them rows of a project's own applications,
    pages, images, or entries of the bin. Other tables may be dropped; those with rows that no
    migration restores are listed on ``stdout``.
    """
    dropped = [each for migration, backwards in plan if backwards for each in _tables_of(migration)]
    labels = {label for label, _name in dropped}
    foreign = {label for label in labels if not is_ours(label)}
    if foreign == labels:
        return
    _refuse_foreign_rows(apps, using, dropped, foreign)
    _refuse_pages_and_images(apps, using, dropped)
    _refuse_bin(apps, using, dropped)
    _refuse_kept_rows(apps, using, dropped)
    if verbosity and stdout:
        for line in _lost_rows(apps, using, dropped):
            stdout.write(f"  {line}\n")


def _refuse_foreign_rows(apps, using, dropped, labels):
    foreign = sorted(label for label in labels if _has_rows(apps, using, dropped, label))
    if foreign:
        raise CommandError(
            _("This would also drop the tables of %(applications)s, with their rows.")
            % {"applications": ", ".join(foreign)}
        )


def _refuse_pages_and_images(apps, using, dropped):
    pages, images = _pages_of(apps, using, dropped), _images_of(apps, using, dropped)
    if pages or images:
        raise CommandError(
            _(
                "This would drop the tables of pages (%(pages)s) and images (%(images)s), which"
                " could be neither edited nor deleted any more. Run manage.py diptych_remove"
                " instead."
            )
            % {"pages": pages, "images": images}
        )


def _refuse_bin(apps, using, dropped):
    bins = _models(apps, BIN & {*dropped})
    in_bin = sum(model._base_manager.using(using).count() for model in bins)
    if in_bin:
        raise CommandError(
            _(
                "This would drop what is in the bin (%(count)s), for good. Restore it first, or"
                " empty the bin with manage.py empty_bin --days 0, which deletes both the pages"
                " and the files in it."
            )
            % {"count": in_bin}
        )


def _refuse_kept_rows(apps, using, dropped):
    """Refuse while a model that is ``kept_with_rows`` has any, such as addresses of readers."""
    rows = []
    for state in _models(apps, dropped):
        model = _current_model(state)
        count = state._base_manager.using(using).count()
        if count and getattr(model, "kept_with_rows", False):
            rows.append(f"{model._meta.verbose_name_plural} ({count})")
    if rows:
        raise CommandError(
            _(
                "This would drop for good: %(rows)s. Delete them in the admin first, or run"
                " manage.py diptych_remove, which exports them."
            )
            % {"rows": ", ".join(rows)}
        )


def _current_model(state):
    """The installed model of a ``state``, or that itself where it is of a later version."""
    try:
        return project.get_model(state._meta.label)
    except LookupError:
        return state


def _tables_of(migration):
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            yield migration.app_label, operation.name_lower


def _models(apps, dropped):
    """The dropped models as the state of the applied migrations has them."""
    for label, name in dropped:
        try:
            yield apps.get_model(label, name)
        except LookupError:  # renamed by a later migration
            continue


def _has_rows(apps, using, dropped, label):
    own = [each for each in dropped if each[0] == label]
    return any(model._base_manager.using(using).exists() for model in _models(apps, own))


def _lost_rows(apps, using, dropped):
    """Lines on the rows that go: those nothing brings back, and the commands for the others.

    A model whose rows a command writes names it as ``rebuilt_by``. One that is ``kept_with_rows``
    is refused before.
    """
    lost, commands = [], set()
    for state in _models(apps, dropped):
        model = _current_model(state)
        count = state._base_manager.using(using).count()
        command = getattr(model, "rebuilt_by", None)
        if count and command:
            commands.add(f"manage.py {command}")
        elif count and not is_derived(model):
            lost.append(f"{model._meta.verbose_name_plural} ({count})")
    if lost:
        message = _("Dropping tables with rows that no migration brings back: %(rows)s")
        yield message % {"rows": ", ".join(lost)}
    if commands:
        message = _("After migrating forward again, run %(commands)s")
        yield message % {"commands": ", ".join(sorted(commands))}


def _pages_of(apps, using, dropped):
    """How many pages have a type that goes, or are in several languages without the engine."""
    types = set(dropped)
    if (ENGINE, "pagelanguage") in types:
        types |= {
            (model._meta.app_label, model._meta.model_name)
            for model in get_page_models()
            if issubclass(model, MultilingualPageMixin)
        }
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    keys = [
        pk
        for pk, *each in content_types.values_list("pk", "app_label", "model")
        if tuple(each) in types
    ]
    page = swapper.load_model("wagtailcore", "Page")
    return page._base_manager.using(using).filter(content_type__in=keys).count()


def _images_of(apps, using, dropped):
    images = [model for model in _models(apps, dropped) if _is_image(model)]
    return sum(model._base_manager.using(using).count() for model in images)


def _is_image(model):
    names = {field.name for field in model._meta.get_fields()}
    return {"file", "file_hash", "focal_point_x", "uploaded_by_user"} <= names
