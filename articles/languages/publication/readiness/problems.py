"""Problems that prevent the publication of a language, and their place in the form."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


@dataclass(frozen=True)
class PublicationProblem:
    """A message about one field; unpacks to ``(column name, message)``.

    ``path`` is the place within a body: block number, child block name, and so on. Without it,
    the message is about the whole field. ``inside`` are the names and ids of blocks that lead to
    the same place, or to one within it, as in Wagtail's content paths.
    """

    field: str
    message: str
    path: tuple = ()
    inside: tuple = ()

    def __iter__(self):
        yield self.field
        yield self.message


def fragment_of(problem):
    """Where the editor shows a problem, which may be a plain pair; ``""`` for that of no field."""
    field, _message = problem
    return fragment(field, *getattr(problem, "inside", ())) if field else ""


def fragment(*names):
    """The fragment of a URL that leads to a field of a form, or to a block in it.

    ``names`` are a content path, as Wagtail's own links have it: that of a field, ids of blocks,
    and names of their parts. Blocks in between may be left out.
    """
    return f"#:w:contentpath={'.'.join(filter(None, names))}"


def errors_by_field(problems):
    """``{column name: ValidationError}`` for problems, which may be plain pairs.

    Wagtail shows one error per body, so messages are nested in a single block error.
    """
    by_field = {}
    for problem in problems:
        field, message = problem
        path = getattr(problem, "path", ())
        by_field.setdefault(field, []).append((path, message))
    return {field: _error(found) for field, found in by_field.items()}


def _error(found):
    if not any(path for path, _message in found):
        return ValidationError([message for _path, message in found])
    return _error_in_blocks(found, StreamBlockValidationError)


def _error_in_blocks(found, kind):
    """A nested error with the messages for a block and its children."""
    own = [message for path, message in found if not path]
    if len(own) == len(found):
        return ValidationError(own)
    inner = {}
    for path, message in found:
        if path:
            inner.setdefault(path[0], []).append((path[1:], message))
    errors = {key: _error_in_blocks(each, _kind_within(each)) for key, each in inner.items()}
    whole = {"non_block_errors": ValidationError(own).error_list} if own else {}
    return kind(block_errors=errors, **whole)


def _kind_within(found):
    """The error class: children with names are of a StructBlock, with numbers of a ListBlock."""
    keys = [path[0] for path, _message in found if path]
    is_structure = keys and isinstance(keys[0], str)
    return StructBlockValidationError if is_structure else ListBlockValidationError
