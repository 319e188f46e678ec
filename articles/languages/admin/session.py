"""The session of the user, for forms that have been open for long."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.cache import never_cache


@never_cache
def session(request):
    """JSON with the primary key of the user and a CSRF token.

    Wagtail redirects anonymous requests to the login. The token is included because its cookie
    may not be readable by scripts.
    """
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


urlpatterns = [path("diptych/session/", session, name="diptych_session")]


def saving_script():
    """Hook for ``insert_editor_js``: the script that keeps unsaved changes, with its messages."""
    return render_to_string("diptych_languages/admin/saving.html")
