"""Records of a source's imported objects, and whether they were changed since."""

import json
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from diptych.articles.languages.config.fields import stored_value, written_columns
from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.transfer.models import ImportedItem

#: Rows that are read at once.
PART = 2000


class Records:
    """The rows of one source. ``object_ids`` are primary keys of imported objects, by kind and key.

    With ``is_dry``, the transactions that :meth:`keep` writes in are rolled back.
    """

    def __init__(self, source, is_dry=False):
        self.source, self.is_dry = source, is_dry
        self.object_ids = {}
        rows = self.rows().values_list("kind", "key", "object_id")
        for kind, key, object_id in rows.iterator(chunk_size=PART):
            self.object_ids[kind, key] = object_id

    def rows(self):
        return ImportedItem.objects.filter(source=self.source)

    def find(self, kind, key, language=None):
        """The row of an item; ``None`` if it was never imported.

        ``language`` chooses among the rows of an item that has one for each language.
        """
        key = shortened(key)
        if (kind, key) not in self.object_ids:
            return None
        rows = self.rows().filter(kind=kind, key=key)
        return rows.first() if language is None else rows.filter(language=language).first()

    def object_id(self, kind, key):
        """The primary key of the object imported from an item, even if deleted, or ``None``."""
        return self.object_ids.get((kind, shortened(key)))

    def of_page(self, page):
        """The rows of the items that a page was made of, in the order of their keys."""
        content_type = ContentType.objects.get_for_model(type(page))
        rows = self.rows().filter(content_type=content_type, object_id=str(page.pk))
        return sorted(rows, key=lambda row: (len(row.key), row.key))

    def keep(self, row, kind, key, target, **values):
        """Write the row of an item, within the transaction that has stored ``target``."""
        row = row or ImportedItem(source=self.source, kind=kind, key=shortened(key))
        row.content_type = ContentType.objects.get_for_model(type(target))
        row.object_id = str(target.pk)
        row.imported_at = timezone.now()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row

    def remember(self, row):
        """Let :meth:`find` find ``row``, after the transaction of :meth:`keep`."""
        if not self.is_dry:
            self.object_ids[row.kind, row.key] = row.object_id


def shortened(key):
    """``key`` as its column holds it."""
    return str(key)[:255]


def digest(values):
    """A fingerprint of a value serializable as JSON, including dates."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


def stored_fingerprint(draft, language):
    """A fingerprint of the newest draft of a page in ``language`` and its publication state."""
    columns = written_columns(type(draft), language)
    said = {name: stored_value(draft, name) for name in columns}
    return digest([said, is_meant_to_be_live(draft, language)])


def is_meant_to_be_live(page, language):
    """Whether ``language`` is live or has a date at which it will be."""
    if page.live and page.text_in("is_public", language):
        return True
    dates = LanguageSchedule.objects.filter(page_id=page.pk, language=language)
    return dates.filter(act=LanguageSchedule.Act.PUBLISH).exists()
