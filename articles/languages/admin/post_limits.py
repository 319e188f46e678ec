"""Limits of one request to the admin: as much as a server handles in about two seconds.

Django limits the bytes and the number of fields. A form of few fields can still claim thousands of
rows, and one rich text can have formatting whose rendering takes minutes.
"""

import json
import logging
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.forms.formsets import DEFAULT_MAX_NUM, TOTAL_FORM_COUNT
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.primary_keys import id_in

logger = logging.getLogger(__name__)

TOO_LARGE_TEXT = _(
    "This is more than can be saved at once. Divide the text into several pages, or add it in "
    "parts."
)
TOO_MANY_ROWS_TEXT = _(
    "Only the first %(number)s rows are left here, as no more can be saved at once. Save these, "
    "then add the others again."
)
#: Characters of all fields of a form: a novel in two languages.
MOST_CHARACTERS = 1_000_000
#: Rows of all formsets of a form, comments and their replies included.
MOST_ROWS = 1_000
#: New rows of one formset in one request, beside those of its panel's `max_num`.
MOST_ROWS_OF_RELATION = 100
#: Lines of all rich texts of a form, which are paragraphs, headings or items of lists.
MOST_LINES = 10_000
#: Formatted passages of a line count as the square of their number, as rendering them takes that
#: long: 500 in one line, or 50 in each of a hundred. As many as `FEW_PASSAGES` count nothing, or a
#: long text of ordinary lines would be refused.
MOST_PAIRS = 250_000
FEW_PASSAGES = 20
#: How deep lists may be nested; editors allow four levels.
DEEPEST = 20

_TOTAL = f"-{TOTAL_FORM_COUNT}"

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class FormTooLarge(BadRequest):
    """More is posted than one request may ask for."""


def check_posted(data):
    """Raise :class:`FormTooLarge` if the fields of ``data``, a ``QueryDict``, ask for too much."""
    posted = [(name, value) for name, values in data.lists() for value in values]
    if sum(len(value) for _name, value in posted) > MOST_CHARACTERS:
        raise FormTooLarge(f"More than {MOST_CHARACTERS} characters are posted.")
    counts = [_rows_claimed(value) for name, value in posted if name.endswith(_TOTAL)]
    if sum(counts) > MOST_ROWS:
        raise FormTooLarge(f"More than {MOST_ROWS} rows are posted.")
    lines = [line for _name, value in posted for line in _lines(value)]
    if (
        len(lines) > MOST_LINES
        or sum(map(_pairs, lines)) > MOST_PAIRS
        or any(_depth(line) > DEEPEST for line in lines)
    ):
        raise FormTooLarge("More formatted text is posted than can be saved at once.")


def limits_of_form():
    """The limits in force, for the editor's script, which sends no more than that.

    Those of :func:`check_posted` apply where the middleware is installed. None stands for no limit.
    """
    limits = {
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    if PostLimitsMiddleware.is_installed():
        limits |= {
            "characters": MOST_CHARACTERS,
            "rows": MOST_ROWS,
            "lines": MOST_LINES,
            "pairs": MOST_PAIRS,
            "fewPassages": FEW_PASSAGES,
            "depth": DEEPEST,
        }
    return limits


def _rows_claimed(value):
    """The posted number of rows; the formset itself refuses an invalid one."""
    return id_in(value.strip()) or 0


def _lines(value):
    """The lines of a posted rich text, as Draft.js stores them; none of any other value."""
    if not value.lstrip().startswith("{"):
        return []
    try:
        lines = json.loads(value).get("blocks", [])
    except (RecursionError, ValueError):
        return []
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _pairs(line):
    ranges = (line.get(name) for name in ("inlineStyleRanges", "entityRanges"))
    passages = sum(len(each) for each in ranges if isinstance(each, list))
    return passages**2 if passages > FEW_PASSAGES else 0


def _depth(line):
    depth = line.get("depth")
    return depth if isinstance(depth, int | float) else 0


class PostLimitsMiddleware:
    """Answers forms of the admin that are too large with 413 and an explanation.

    It stands before `CsrfViewMiddleware`, which reads the form.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    @classmethod
    def is_installed(cls):
        return any(
            isinstance(found := import_string(each), type) and issubclass(found, cls)
            for each in settings.MIDDLEWARE
        )

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not _is_of_admin(request):
            return None
        try:
            check_posted(request.POST)
        except (FormTooLarge, *TOO_LARGE) as error:
            return too_large(request, error)
        return None

    def process_exception(self, request, exception):
        """For bodies that only the view reads, such as JSON."""
        if isinstance(exception, (FormTooLarge, *TOO_LARGE)) and _is_of_admin(request):
            return too_large(request, exception)
        return None


def _is_of_admin(request):
    return request.path_info.startswith(reverse("wagtailadmin_home"))


def too_large(request, error):
    """The answer to a form that is too large, in the language of the user: HTML or JSON."""
    logger.warning("%s %s is too large: %s", request.method, request.path, error)
    profile = getattr(request.user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else translation.get_language()
    with translation.override(language):
        if request.accepts("text/html"):
            template = "diptych_languages/admin/too_large.html"
            return render(
                request,
                template,
                {"explanation": TOO_LARGE_TEXT},
                status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            )
        answer = {
            "success": False,
            "error_code": "too_large",
            "error_message": TOO_LARGE_TEXT,
        }
        return JsonResponse(answer, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class LimitedRowsMixin:
    """For formsets: refuses more rows than can be saved at once, with a message.

    The form that comes back has the first rows, as many as can be saved, and notes it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_limited = self.max_num != DEFAULT_MAX_NUM
        known = len(self.get_queryset()) if self.is_bound else 0
        self.absolute_max = (self.max_num if is_limited else known) + MOST_ROWS_OF_RELATION
        if not is_limited:
            self.error_messages["too_many_forms"] = TOO_MANY_ROWS_TEXT % {
                "number": self.absolute_max
            }

    def full_clean(self):
        super().full_clean()
        if not self.is_bound or not self.management_form.is_valid():
            return
        if self.management_form.cleaned_data[TOTAL_FORM_COUNT] > self.absolute_max:
            data = self.management_form.data.copy()
            data[self.management_form.add_prefix(TOTAL_FORM_COUNT)] = str(self.absolute_max)
            self.management_form.data = data
