"""Forms of HTML pages, as a browser would post them."""

from lxml.html import document_fromstring


def form_values(html, form_id="page-edit-form"):
    """The values of the form, by the names of its controls: the last one where there are several.

    Streams of blocks are empty, as scripts make their controls. Without the token against forged
    requests, which clients of tests need not send.
    """
    (form,) = document_fromstring(html).xpath("//form[@id=$id]", id=form_id)
    for control in form.xpath(".//input[not(@value) and not(@type='checkbox')]"):
        control.set("value", "")
    streams = form.xpath(".//*[@data-block]/@id")
    values = {**{f"{name}-count": "0" for name in streams}, **dict(form.form_values())}
    values.pop("csrfmiddlewaretoken", None)
    return values
