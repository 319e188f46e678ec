"""The content security policies of the site and of the admin, and other headers for browsers.

Pages for readers have a strict policy. Wagtail's editor has inline scripts without a nonce (date
fields, inline panels), so the admin has a policy with `'unsafe-inline'`. Browsers ignore that
keyword in a policy with a nonce, so one policy for both is not possible. A second,
strict policy, which would suffice without those scripts, is report-only.

The middleware is part of Django from 6.0 on; django-csp is used with 5.2. Only this module knows
which of them is used; the settings import the names below.
"""

from functools import partial

import django
from django.conf import settings
from django.urls import reverse

from diptych.themes.pictures.embeds import FRAME_SOURCES

if django.VERSION >= (6, 0):
    from django.utils.csp import CSP
    from django.views.decorators.csp import csp_override as answer_with
    from django.views.decorators.csp import csp_report_only_override as report_with

    NONCE = CSP.NONCE
    POLICY_MIDDLEWARE = "django.middleware.csp.ContentSecurityPolicyMiddleware"
    NONCE_CONTEXT = "django.template.context_processors.csp"
else:
    from csp.constants import NONCE
    from csp.decorators import csp as answer_with

    report_with = partial(answer_with, REPORT_ONLY=True)

    POLICY_MIDDLEWARE = "csp.middleware.CSPMiddleware"
    NONCE_CONTEXT = "config.security.csp_nonce"

SELF = "'self'"
NOTHING = "'none'"
INLINE = "'unsafe-inline'"

READERS_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    # Embedded media, loaded when a reader presses the button.
    "frame-src": [SELF, *FRAME_SOURCES],
    # Reading without a connection.
    "worker-src": [SELF],
    "object-src": [NOTHING],
    "base-uri": [NOTHING],
    "form-action": [SELF],
    # The editor shows previews in a frame.
    "frame-ancestors": [SELF],
}

EDITORS_POLICY = {
    **READERS_POLICY,
    "script-src": [SELF, INLINE],
    "style-src": [SELF, INLINE],
    # Images are previewed during their upload.
    "img-src": [SELF, "data:", "blob:"],
}

#: Report-only: violations are shown in the console of the browser.
STRICT_EDITORS_POLICY = {
    **EDITORS_POLICY,
    "img-src": [*EDITORS_POLICY["img-src"]],
    "script-src": [SELF],
    "style-src": [SELF],
}

#: Browser features that neither pages of the site nor frames within them may use.
PERMISSIONS_POLICY = ", ".join(
    f"{each}=()" for each in ("camera", "microphone", "geolocation", "payment", "usb", "midi")
)


def allow_pictures_from(origin):
    """Let pages and the editor show pictures of another host, where they are stored."""
    for policy in (READERS_POLICY, EDITORS_POLICY, STRICT_EDITORS_POLICY):
        policy["img-src"].append(origin)


def admin_policy_middleware(get_response):
    """Set the policy of responses of the admin.

    It has to come after the policy middleware, which writes the header, and after
    `LocaleMiddleware`, because the URL of the admin may depend on the language.
    """
    answer_editors = report_with(STRICT_EDITORS_POLICY)(answer_with(EDITORS_POLICY)(get_response))

    def middleware(request):
        for_editors = request.path.startswith(reverse("wagtailadmin_home"))
        return answer_editors(request) if for_editors else get_response(request)

    return middleware


def headers_middleware(get_response):
    """Set `Permissions-Policy`, and `Cross-Origin-Resource-Policy` but for pictures.

    Readers of feeds show pictures on pages of their own.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(settings.MEDIA_URL):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def csp_nonce(request):
    """A context processor for `{{ csp_nonce }}`, the name that Django's own one uses.

    The nonce is generated when a template prints it, and is in the header only then: pages without
    inline scripts are identical for all readers and can be cached.
    """
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
