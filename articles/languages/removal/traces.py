"""Remaining traces of the plugin in its own tables and in those of Wagtail and Django."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import ModelLogEntry, PageLogEntry

from diptych.articles.languages.index.statistics import drop_indexes
from diptych.articles.languages.removal.refusing import is_ours

#: The beginning of the names of actions in Wagtail's log that the plugin has registered.
ACTIONS = "diptych."


def labels():
    return sorted(config.label for config in apps.get_app_configs() if is_ours(config.label))


def is_installed():
    """Whether a migration of the plugin is applied."""
    applied = MigrationRecorder(connection).applied_migrations()
    return any(is_ours(label) for label, _name in applied)


def foreign_relations(apart_from=None):
    """Fields of the project that refer to a model of the plugin, but for the one named.

    Those of a model whose table is gone were changed by a run that was interrupted later.
    """
    tables = connection.introspection.table_names()
    return [
        str(field)
        for model in apps.get_models(include_auto_created=True)
        if not is_ours(model._meta.app_label) and not model._meta.proxy
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if field.related_model is not None
        and field.related_model is not apart_from
        and is_ours(field.related_model._meta.app_label)
        and field.related_model._meta.db_table in tables
    ]


@transaction.atomic
def remove_rows():
    """Delete log entries, permissions, index entries and all else that names our models."""
    for model in (PageLogEntry, ModelLogEntry):
        model.objects.filter(action__startswith=ACTIONS).delete()
    types = ContentType.objects.filter(app_label__in=labels())
    ModelLogEntry.objects.filter(content_type__in=types).delete()
    Permission.objects.filter(content_type__in=types).delete()
    types.delete()
    ContentType.objects.clear_cache()


class _Executor(MigrationExecutor):
    """Undoes a migration and forgets that it was applied in one transaction.

    Otherwise a run that is killed in between cannot be completed by another one.
    """

    def unapply_migration(self, state, migration, fake=False):
        if not migration.atomic:
            return super().unapply_migration(state, migration, fake)
        # SQLite lets no tables be changed within a transaction while it checks keys.
        connection.disable_constraint_checking()
        try:
            with transaction.atomic():
                return super().unapply_migration(state, migration, fake)
        finally:
            connection.enable_constraint_checking()


def drop_tables():
    """Undo the migrations of the plugin, and no others; drop its index. Returns how many."""
    executor = _Executor(connection)
    graph = executor.loader.graph
    targets = [(label, None) for label in labels() if graph.root_nodes(label)]
    plan = [each for each in executor.migration_plan(targets) if is_ours(each[0].app_label)]
    if plan:
        executor.migrate(targets, plan=plan)
    drop_indexes()
    return len(plan)
