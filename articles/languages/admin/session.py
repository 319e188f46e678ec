"""Whether somebody is signed in, for a form that has been open for long."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.cache import never_cache


@never_cache
def session(request):
    """Who is signed in, and the token that forms are posted with.

    Whoever is not is led to the login by Wagtail. The token comes with the answer because its
    cookie may be out of a script's reach.
    """
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


urlpatterns = [path("diptych/session/", session, name="diptych_session")]


def saving_script():
    """For Wagtail's edit screens: the script that keeps what is typed, and what it may say."""
    return render_to_string("diptych_languages/admin/saving.html")
