"""What a browser may load, run and frame: the content security policy.

Readers get a strict policy. Wagtail's editor prints inline scripts without a nonce
(date fields, inline panels), so the addresses below the admin get a relaxed one; adding a
nonce to a policy makes browsers ignore `'unsafe-inline'`, hence two policies and not one.

Django brings the middleware from 6.0 on, django-csp does the same work on 5.2. The settings
take the names below from here and nothing else in the project knows which of the two runs.
"""

import django
from django.urls import reverse

from themes.embeds import FRAME_SOURCES

if django.VERSION >= (6, 0):
    from django.utils.csp import CSP
    from django.views.decorators.csp import csp_override as answer_with

    NONCE = CSP.NONCE
    POLICY_MIDDLEWARE = "django.middleware.csp.ContentSecurityPolicyMiddleware"
    NONCE_CONTEXT = "django.template.context_processors.csp"
else:
    from csp.constants import NONCE
    from csp.decorators import csp as answer_with

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
    # Films and recordings, once a reader asks for one.
    "frame-src": [SELF, *FRAME_SOURCES],
    "object-src": [NOTHING],
    "base-uri": [NOTHING],
    "form-action": [SELF],
    # The editor frames the page it previews.
    "frame-ancestors": [SELF],
}

EDITORS_POLICY = {
    **READERS_POLICY,
    "script-src": [SELF, INLINE],
    "style-src": [SELF, INLINE],
    # Pictures are shown while they are still uploading.
    "img-src": [SELF, "data:", "blob:"],
}


def admin_policy_middleware(get_response):
    """Answer requests for the admin with the editors' policy.

    Stands inside the policy middleware, which writes the header, and inside
    `LocaleMiddleware`, because the admin's address may depend on the language.
    """
    answer_editors = answer_with(EDITORS_POLICY)(get_response)

    def middleware(request):
        for_editors = request.path.startswith(reverse("wagtailadmin_home"))
        return answer_editors(request) if for_editors else get_response(request)

    return middleware


def csp_nonce(request):
    """Offer `{{ csp_nonce }}` to templates, the name Django's own context processor uses.

    The value is made when a template first prints it, and the header carries a nonce only
    then: pages without inline scripts stay identical for every reader and can be cached.
    """
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
