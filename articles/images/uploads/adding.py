"""Files put into the library by code, through the form of any upload."""

from contextlib import contextmanager, suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from diptych.articles.languages.config.background import after_commit


@contextmanager
def removed_if_it_fails():
    """A list of stored files, for the block to add to; they are deleted when it fails."""
    stored = []
    try:
        yield stored
    except BaseException:
        for file in stored:
            if file._committed:
                with suppress(OSError):
                    file.storage.delete(file.name)
        raise


def checked_upload(form_class, content, *, name, title, collection, user=None):
    """The valid form of an image or document, so that its file is checked and cleaned like others.

    ``user`` is asked for permission if there is one. Raises ``ValidationError`` with the reasons.
    """
    model = form_class._meta.model
    form = form_class(
        {"title": title, "collection": collection.pk, "tags": ""},
        {"file": SimpleUploadedFile(name, content)},
        instance=model(uploaded_by_user=user),
        user=user,
    )
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return form


def save_upload(form, stored_files):
    """Save a checked form; its file is added to ``stored_files`` (:func:`removed_if_it_fails`)."""
    stored_files.append(form.instance.file)
    return form.save()


def replace_file(item, form, stored_files):
    """Give a stored image or document the file of a checked form, unless it has the same content.

    The form is that of a new object, whose other values are left out. Renditions are deleted, and
    the former file after the transaction.
    """
    checked = form.save(commit=False)
    if checked.file_hash == item.file_hash:
        return
    storage, former = item.file.storage, item.file.name
    size_before = getattr(item, "width", None), getattr(item, "height", None)
    item.file = form.cleaned_data["file"]
    item.file_size, item.file_hash = checked.file_size, checked.file_hash
    stored_files.append(item.file)
    if hasattr(item, "renditions"):
        if (item.width, item.height) != size_before:
            item.set_focal_point(None)
        item.renditions.all().delete()
    item.save()
    if item.file.name != former:
        after_commit(storage.delete, former)


def remove_leftover(instance):
    """Remove the incomplete file left by a process killed while storing that of ``instance``.

    It has the same name and contents, or a prefix of them, and no row refers to it. After its
    removal, the new file gets that name.
    """
    file = instance.file
    name = file.field.generate_filename(instance, file.name)
    if type(instance)._base_manager.filter(file=name).exists() or not file.storage.exists(name):
        return
    file.seek(0)
    content = file.read()
    file.seek(0)
    with file.storage.open(name) as left:
        is_leftover = content.startswith(left.read(len(content) + 1))
    if is_leftover:
        file.storage.delete(name)
