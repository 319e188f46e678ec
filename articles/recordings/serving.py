"""Files of recordings are sent whole or in part, as players ask for them.

Safari plays nothing that is sent as a whole only, and without parts no player can skip. Wagtail's
view of documents sends none, and takes no answer from a hook that streams.
"""

import re

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve

from diptych.articles.recordings.audio import RECORDING, is_sent_by_wagtail, media_type_of

#: Bytes that are read at once.
CHUNK = 64 * 1024
#: One range of bytes: from one to another, from one to the end, or the last ones.
RANGE = re.compile(r"bytes=\s*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))\s*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """A range that begins behind the end of the file."""


@require_safe
def send_recording(request, pk, name):
    """The file of a recording for those who may have the document, or the part that is asked for.

    Wagtail’s hooks say who may have it, as for any document.
    """
    document = get_object_or_404(get_document_model(), pk=pk)
    media_type = media_type_of(document)
    if media_type is None or document.filename != name:
        raise Http404
    if not is_sent_by_wagtail(document):
        return serve(request, document.pk, name)
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    try:
        size = document.file.size
    except OSError as error:
        raise Http404 from error
    response = _answer(document, request, media_type, size)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    if not document.collection.get_view_restrictions():
        # Podcasts are played on pages of other sites.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Middleware asks for this, and compression would change the length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def _answer(document, request, media_type, size):
    etag = quote_etag(document.file_hash) if document.file_hash else None
    whole = HttpResponse(headers={"ETag": etag} if etag else {})
    answer = get_conditional_response(request, etag, response=whole)
    if answer is not whole:
        return answer
    try:
        part = _part_asked_for(request, size, etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    if first == 0:
        document_served.send(sender=type(document), instance=document, request=request)
    headers = {
        **whole.headers,
        "Content-Type": media_type,
        "Content-Length": str(last - first + 1),
        "Content-Disposition": document.content_disposition,
    }
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    content = _bytes_of(document.file, first, last - first + 1)
    return StreamingHttpResponse(content, status=206 if part else 200, headers=headers)


def _part_asked_for(request, size, etag):
    """The first and the last byte that are asked for; ``None`` for the whole file.

    A header that is malformed or asks for several parts counts for nothing (RFC 9110, 14.2), nor
    does one for another version of the file.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not found:
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last, count = (int(each) if each else None for each in found.groups())
    if count is not None:
        first, last = max(size - count, 0), size - 1
        if count == 0:
            raise Unsatisfiable
    elif last is not None and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, size - 1 if last is None else min(last, size - 1)


def _bytes_of(file, first, count):
    with file.storage.open(file.name) as opened:
        opened.seek(first)
        while count and (chunk := opened.read(min(CHUNK, count))):
            count -= len(chunk)
            yield chunk


urlpatterns = [path("recordings/<int:pk>/<str:name>", send_recording, name=RECORDING)]
