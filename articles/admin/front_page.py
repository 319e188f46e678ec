"""The way to the lead story of the front page, from the menu and from each article."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, Site

from diptych.articles.languages.admin.links import PageBreadcrumbsMixin, fragment
from diptych.articles.languages.admin.listings.base import PageMenuItem, name_in_admin
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.permissions.policy import can_edit_shared, languages_denied
from diptych.articles.languages.publication.readiness.gate import unanswered_gradings
from diptych.articles.models import ArticlePage, HomePage


def can_choose_lead(user, home):
    return home.permissions_for_user(user).can_edit() and can_edit_shared(user, home)


def home_of(page):
    """The front page above ``page``, the nearest one, or ``None``."""
    return HomePage.objects.ancestor_of(page).order_by("-depth").first()


def lead_url(home):
    """Where the lead story is chosen in the editor of the front page."""
    return reverse("wagtailadmin_pages:edit", args=(home.pk,)) + fragment("lead_article")


def open_front_page(request):
    """Redirect to the choice of the lead story, on the site of ``request`` if it has one.

    Where there is no front page at all, those who may create one are told how.
    """
    site = Site.find_for_request(request)
    homes = sorted(HomePage.objects.all(), key=lambda home: (home.pk != site.root_page_id, home.pk))
    for home in homes:
        if can_choose_lead(request.user, home):
            return redirect(lead_url(home))
    if (
        not homes
        and Page.get_first_root_node().permissions_for_user(request.user).can_add_subpage()
    ):
        warn_of_missing_journal(request)
        return redirect("wagtailadmin_explore_root")
    raise PermissionDenied


def warn_of_missing_journal(request):
    """Add a message on how to make a front page and lists where there are none."""
    message = _(
        "The journal has no front page and no lists yet. “manage.py diptych_journal” makes them; or"
        " create a front page here, a list of articles below it, and let the site start at it in"
        " Settings → Sites."
    )
    messages.warning(request, message)


class ChooseListView(ChooseParentView):
    """Choose the page below which one is created; where there is none, say what is missing."""

    def get(self, request, *args, **kwargs):
        models = self.model.allowed_parent_page_models()
        if any(model.objects.exists() for model in models):
            return super().get(request, *args, **kwargs)
        home = HomePage.objects.first()
        if home is None:
            warn_of_missing_journal(request)
            return redirect("wagtailadmin_explore_root")
        message = _("The journal has no page of the type “%(type)s” yet: create it here first.")
        messages.warning(request, message % {"type": models[0].get_verbose_name()})
        return redirect("wagtailadmin_explore", home.pk)


def menu_item():
    """For the hook ``register_admin_menu_item``."""
    label = pgettext_lazy("in the menu", "Front page")
    return PageMenuItem(label, reverse("diptych_front_page"), icon_name="home", order=105)


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``: put an article on the front page."""
    home = home_of(page) if isinstance(page, ArticlePage) and page.pk else None
    if home is not None and can_choose_lead(user, home):
        url = reverse("diptych_lead_story", args=(page.pk,))
        yield Button(_("Put on the front page"), url, icon_name="home", priority=15)


class LeadStoryView(PageBreadcrumbsMixin, TemplateView):
    """Ask for confirmation, then make an article the lead story.

    The front page is published with it if it had no unpublished changes before, the user may
    publish it in all languages and is asked about nothing; otherwise only its draft is changed.
    """

    template_name = "diptych/admin/lead_story.html"
    page_title = gettext_lazy("Put on the front page")
    header_icon = "home"

    def dispatch(self, request, article_id):
        self.page = get_object_or_404(ArticlePage, pk=id_in(str(article_id)))
        self.home = home_of(self.page)
        if self.home is None or not can_choose_lead(request.user, self.home):
            raise PermissionDenied
        return super().dispatch(request)

    @cached_property
    def draft(self):
        return self.home.get_latest_revision_as_object()

    def get_page_subtitle(self):
        return name_in_admin(self.page)

    def get_context_data(self, **kwargs):
        lead = self.draft.lead_article
        return {
            **super().get_context_data(**kwargs),
            "article": name_in_admin(self.page),
            "lead": name_in_admin(lead.specific) if lead else "",
            "edit_url": self.edit_url,
        }

    def post(self, request):
        with transaction.atomic():
            self.home.lock_row()
            self.home.refresh_from_db()
            if self.home.is_locked_for(request.user):
                messages.error(request, _("The front page is locked: it cannot be changed now."))
                return redirect(self.edit_url)
            is_published = self._save()
        buttons = [messages.button(lead_url(self.home), _("Edit the front page"))]
        if is_published:
            message = _("“%(title)s” is the lead story now.")
        else:
            message = _(
                "“%(title)s” is the lead story in the draft of the front page, which is not"
                " published yet."
            )
        messages.success(request, message % {"title": name_in_admin(self.page)}, buttons)
        return redirect(self.edit_url)

    def _save(self):
        """Save the draft of the front page, and tell whether it was published."""
        self.draft.lead_article = self.page
        languages = self._languages_to_publish()
        self.draft.save_revision(user=self.request.user, log_action=True)
        if languages:
            self.home.publish_languages(languages, self.request.user)
        return bool(languages)

    def _languages_to_publish(self):
        """Those in which the front page is live, if it can be published in all of them."""
        user, languages = self.request.user, self.home.live_languages
        is_allowed = self.home.permissions_for_user(user).can_publish() and not languages_denied(
            user, "publish"
        )
        if not is_allowed or self.home.has_unpublished_changes:
            return []
        public = self.home.stored()  # the draft may be the same instance as `home`
        is_asked = unanswered_gradings(self.draft, public, languages, user, is_whole=True)
        return [] if is_asked else languages


urlpatterns = [
    path("diptych/front-page/", open_front_page, name="diptych_front_page"),
    path(
        "diptych/lead-story/<int:article_id>/", LeadStoryView.as_view(), name="diptych_lead_story"
    ),
]
