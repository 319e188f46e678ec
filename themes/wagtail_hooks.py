"""Registration only: what is registered here is written elsewhere."""

from wagtail import hooks


@hooks.register("register_diptych_entrance_urls")
def stylesheet_addresses():
    from themes.urls import urlpatterns

    return urlpatterns
