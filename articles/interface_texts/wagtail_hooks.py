from django.apps import apps
from wagtail import hooks


@hooks.register("register_admin_viewset")
def viewsets():
    if not apps.is_installed("rosetta"):
        return []
    from articles.interface_texts.viewset import WordsViewSet

    return [WordsViewSet("diptych_words")]
