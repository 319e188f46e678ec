"""Views for readers: the form, and the pages that links in mails lead to.

None of them needs a cookie. Anybody could send these forms without the reader's browser, so they
have no CSRF token, and the page cache can store pages with the form.
"""

import re
import unicodedata

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.sites import site_of
from diptych.articles.lists.open_languages import is_open_in, open_languages
from diptych.articles.newsletter import links, subscribing
from diptych.articles.newsletter.mail_limits import COUNTED
from diptych.articles.newsletter.models import Newsletter, SignUpRequest

#: A host with a top-level domain, in ASCII and small letters.
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")


def _open_to_all(view):
    """A view that can be posted to without a cookie."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view))


TO_COME = gettext_lazy("You will get the next issue of “%(name)s”. Each has a link to unsubscribe.")


def require_public_host(address):
    """Raise ``ValidationError`` unless mail to ``address`` can leave this machine's network.

    Its host has a top-level domain, and consists of the characters of names of hosts alone.
    """
    host = address.rpartition("@")[2]
    is_readable = all(unicodedata.category(each)[0] in "LMN" or each in "-." for each in host)
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_host = ""
    if not (is_readable and address.isprintable() and HOST.fullmatch(ascii_host)):
        raise ValidationError(validate_email.message, code=validate_email.code)


class SignUpForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_address(self):
        # Small letters, in which it is stored, can be longer than those that were typed.
        address = self.cleaned_data["address"].lower()
        self.fields["address"].run_validators(address)
        require_public_host(address)
        return address


def open_newsletter(request):
    """The newsletter that the reader may sign up for, or ``None``."""
    site, language = site_of(request), active_language()
    return Newsletter.objects.open_for(site, language) if is_open_in(language, site) else None


def _wanted(request):
    newsletter = open_newsletter(request)
    if newsletter is None:
        raise Http404
    return newsletter


@_open_to_all
def sign_up(request):
    """The form. The answer does not depend on the address."""
    newsletter, status = _wanted(request), 200
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            # Another site would let its visitors use up the limits.
            raise PermissionDenied
        status = 400
        if form.is_valid():
            if _allows(request, form):
                subscribing.request_subscription(newsletter, form.cleaned_data["address"])
                return redirect(reverse("diptych_newsletter_sent"))
            status = 429
    context = {"newsletter": newsletter, "form": form, "view_name": _name_in_all(request)}
    response = TemplateResponse(request, "diptych/newsletter.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(int(COUNTED.total_seconds()))
    return response


def _allows(request, form):
    """Whether the limits allow a mail to this address; adds an error to the form if not."""
    find = import_string(getattr(settings, "DIPTYCH_CLIENT_ADDRESS", f"{__name__}.remote_address"))
    if SignUpRequest.objects.allow(form.cleaned_data["address"], find(request)):
        return True
    form.add_error(
        None,
        _(
            "Too many mails were asked for. Look through the messages you have received, "
            "junk mail included, or try again in an hour."
        ),
    )
    return False


def remote_address(request):
    """The network address of the connection; a project behind a proxy names a function of its own.

    The setting is ``DIPTYCH_CLIENT_ADDRESS``.
    """
    return request.META.get("REMOTE_ADDR") or None


def _name_in_all(request):
    """The name of this view for the language switch, if all open languages have a newsletter."""
    site, name = site_of(request), "diptych_newsletter"
    found = [Newsletter.objects.open_for(site, code) for code in open_languages(site)]
    return name if all(found) else ""


def sent(request):
    """Told to everybody who has signed up."""
    return _told(
        request,
        _("Check your inbox"),
        _(
            "We have written to the address that you gave. Open the link in that mail to confirm "
            "it: it is valid for three days. Until then you get no newsletter."
        ),
        newsletter=_wanted(request),
        hint=_("Nothing has come? Look among junk mail, or check the address and sign up again."),
    )


def _private(view):
    """For an address that only one reader knows: not kept, and not told to where links lead."""

    @_open_to_all
    @never_cache
    def answer(request, token):
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@_private
def confirm(request, token):
    """Ask before confirming: programs that look for malware follow links of mails."""
    subscription = links.to_confirm(token)
    if subscription is None or not _is_of_here(subscription.newsletter, request):
        return _told(
            request,
            _("This link is no longer valid"),
            _("It is more than three days old, or you have unsubscribed since."),
            newsletter=open_newsletter(request),
            status=410,
        )
    newsletter = subscription.newsletter
    name = {"name": newsletter.name}
    if request.method != "POST":
        title = _("One more click") if not subscription.gets_it else _("You are subscribed")
        button = "" if subscription.gets_it else _("Confirm")
        text = _("Do you want to get “%(name)s” by e-mail?") if button else TO_COME
        return _told(request, title, text % name, button=button)
    subscribing.confirm(subscription)
    return _told(request, _("You are subscribed"), TO_COME % name)


def _is_of_here(newsletter, request):
    """Whether the site and the language of ``request`` are those of ``newsletter``."""
    site = site_of(request)
    is_of_site = site is not None and newsletter.site.root_page_id == site.root_page_id
    return is_of_site and newsletter.language == active_language()


@_private
def unsubscribe(request, token):
    """End a subscription by POST: of a mail program (RFC 8058), or of the button shown here."""
    found = links.to_unsubscribe(token)
    if found is None:
        raise Http404
    subscription = found.first()
    if request.method == "POST":
        found.delete()
    elif subscription is not None:
        return _told(
            request,
            _("Unsubscribe?"),
            _("You will get “%(name)s” no more, and your address is deleted.")
            % {"name": subscription.newsletter.name},
            button=_("Unsubscribe"),
        )
    return _told(
        request,
        _("You are unsubscribed"),
        _("Your address is deleted."),
        newsletter=open_newsletter(request),
    )


def _told(request, title, text, status=200, **context):
    context = {"title": title, "text": text, **context}
    return TemplateResponse(request, "diptych/newsletter_answer.html", context, status=status)


def invitation(request):
    """The invitation to the newsletter of the site and language, or ``None``."""
    newsletter = open_newsletter(request)
    if newsletter is None:
        return None
    with override(newsletter.language):
        url = reverse("diptych_newsletter")
    return {"url": url, "name": newsletter.name, "description": newsletter.description}
