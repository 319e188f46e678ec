"""Insert many pages and what refers to them, with a few statements for hundreds of them."""

import uuid

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

#: Pages in one statement.
BATCH = 200


def add_pages(parent, pages):
    """Insert unsaved ``pages`` of one type below ``parent``, behind what stands there."""
    parent = Page.objects.get(pk=parent.pk)
    model = type(pages[0])
    own_fields = model._meta.local_concrete_fields
    shared = {
        "depth": parent.depth + 1,
        "locale": Locale.get_default(),
        "content_type": ContentType.objects.get_for_model(model),
    }
    for position, page in enumerate(pages, start=parent.numchild + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, position)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.translation_key = uuid.uuid4()
        for name, value in shared.items():
            setattr(page, name, value)
    for start in range(0, len(pages), BATCH):
        batch = pages[start : start + BATCH]
        for page, base in zip(batch, Page.objects.bulk_create(map(_base, batch)), strict=True):
            page.page_ptr_id = page.pk = base.pk
            page._state.adding = False
        # `bulk_create` refuses models with a parent's table; only the own columns are left here.
        model._base_manager._insert(batch, fields=own_fields, raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))


def _base(page):
    """The row of ``page`` in the table of all pages."""
    names = (field.attname for field in Page._meta.concrete_fields if not field.primary_key)
    return Page(**{name: getattr(page, name) for name in names})


def add_pairs(articles, model, name, targets, step):
    """Insert two rows of ``model`` for each article, which refer by ``name`` to one of ``targets``.

    All of these are used equally often; the second one stands ``step`` behind the first.
    """
    targets = list(targets)
    model.objects.bulk_create(
        model(article=article, sort_order=place, **{name: targets[chosen % len(targets)]})
        for number, article in enumerate(articles)
        for place, chosen in enumerate((number, number + step))
    )
