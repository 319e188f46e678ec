"""Wagtail hooks of the translation tools: files, machine drafts, glossary and concordance."""

from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy

from diptych.articles.languages.admin.reviews.rendering import HINTS
from diptych.articles.languages.admin.side_by_side.views import TOOLS
from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.translation_tools import site_texts
from diptych.articles.translation_tools.apps import check_packages
from diptych.articles.translation_tools.concordance.models import TranslationMemory
from diptych.articles.translation_tools.glossary.access import TranslatorsPolicy
from diptych.articles.translation_tools.glossary.models import Concept

for _model in (Concept, TranslationMemory):
    register_permission_policy(_model, TranslatorsPolicy(_model))

if not check_packages(None):
    from diptych.articles.languages.admin.side_by_side.aids import AIDS
    from diptych.articles.translation_tools.admin import machine, views
    from diptych.articles.translation_tools.admin.bulk import DownloadFiles
    from diptych.articles.translation_tools.concordance.admin import export
    from diptych.articles.translation_tools.concordance.admin import strip as concordance
    from diptych.articles.translation_tools.concordance.admin.memories import MemoryViewSet
    from diptych.articles.translation_tools.glossary.admin import strip
    from diptych.articles.translation_tools.glossary.admin.entries import GlossaryViewSet
    from diptych.articles.translation_tools.image_texts.admin import batches as image_batches
    from diptych.articles.translation_tools.image_texts.admin import files as image_files
    from diptych.articles.translation_tools.image_texts.admin import machine as image_texts
    from diptych.articles.translation_tools.machine.drafting import PERMISSION

    hooks.register("register_page_header_buttons", views.header_buttons)
    hooks.register("register_admin_urls", lambda: [*views.urlpatterns, *machine.urlpatterns])
    hooks.register("register_bulk_action", DownloadFiles)
    hooks.register("register_log_actions", views.log_actions)
    hooks.register("register_page_header_buttons", machine.header_buttons)
    hooks.register("register_log_actions", machine.log_actions)
    hooks.register(AIDS, machine.translation_aid)
    hooks.register("register_admin_viewset", GlossaryViewSet)
    hooks.register("register_admin_viewset", MemoryViewSet)
    hooks.register("register_diptych_chief_permissions", lambda: [PERMISSION])
    hooks.register(TOOLS, strip.strip_of)
    hooks.register(TOOLS, concordance.strip_of)
    hooks.register("register_admin_urls", lambda: [*concordance.urlpatterns, *export.urlpatterns])
    hooks.register(HINTS, strip.review_hints)
    hooks.register("register_diptych_image_text_aids", image_texts.aid)
    hooks.register("register_admin_urls", lambda: image_texts.urlpatterns)
    if translated_fields(get_image_model()):
        viewset = image_files.ImageTextsViewSet("diptych_image_texts")
        hooks.register("register_bulk_action", image_files.DownloadImageTexts)
        hooks.register("register_bulk_action", image_batches.DraftImageTexts)
        hooks.register("register_admin_urls", lambda: image_batches.urlpatterns)
        hooks.register("register_admin_viewset", lambda: viewset)
        hooks.register("register_reports_menu_item", image_files.menu_item)

if site_texts.is_installed() and not check_packages(None):
    from diptych.articles.translation_tools.site_texts.admin import files
    from diptych.articles.translation_tools.site_texts.admin import machine as site_text_machine

    for each in (files, site_text_machine):
        hooks.register("register_diptych_site_text_buttons", each.header_button)
    hooks.register(
        "register_admin_urls", lambda: [*files.urlpatterns, *site_text_machine.urlpatterns]
    )


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(
        content_type__app_label="diptych_translation_tools", codename="send_to_machine"
    )
