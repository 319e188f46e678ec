"""What keeps a language of a page from being published, and where in the form that is said."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


@dataclass(frozen=True)
class PublicationProblem:
    """A sentence about one field; unpacks to ``(column name, message)``.

    ``path`` leads to a place within a body: the number of a block, the name of its part, and
    so on. Without one, the sentence is about the field as a whole.
    """

    field: str
    message: str
    path: tuple = ()

    def __iter__(self):
        yield self.field
        yield self.message


def errors_by_field(problems):
    """``{column name: error of the form}`` for problems, which may be plain pairs.

    Wagtail shows a single error of a body, so all that is said about one is brought together
    in an error that has a place for each sentence.
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
    """An error of a block with sentences about it and about the blocks in it."""
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
    """Blocks with names are of one structure, blocks with numbers are of one list."""
    keys = [path[0] for path, _message in found if path]
    is_structure = keys and isinstance(keys[0], str)
    return StructBlockValidationError if is_structure else ListBlockValidationError
