"""The notifications of the user: a list, to be opened and marked as read."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from diptych.articles.languages.models import Notification


def _of_user(request):
    return Notification.objects.filter(recipient=request.user)


def _mark(notifications):
    """Mark those of ``notifications`` as read that are not."""
    notifications.filter(read_at=None).update(read_at=timezone.now())


class NotificationsView(BaseListingView):
    """The newest first."""

    template_name = "diptych_languages/admin/notifications/index.html"
    context_object_name = "notifications"
    page_title = gettext_lazy("Notifications")
    header_icon = "diptych-bell"
    default_ordering = ("-created_at", "-pk")
    paginate_by = 50

    def get_base_queryset(self):
        return _of_user(self.request).select_related("sender")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            unread=Notification.objects.unread_of(self.request.user).count(),
            days=Notification.KEPT.days,
        )


class OpenView(View):
    """Mark a notification as read and open the view it is about."""

    http_method_names = ["post"]

    def post(self, request, pk):
        notification = get_object_or_404(_of_user(request), pk=pk)
        _mark(_of_user(request).filter(pk=pk))
        return redirect(notification.url)


class ReadView(View):
    """Mark one notification as read, or all that were listed."""

    http_method_names = ["post"]

    def post(self, request, pk=None):
        notifications = _of_user(request)
        if pk is not None:
            notifications = notifications.filter(pk=get_object_or_404(notifications, pk=pk).pk)
        _mark(notifications)
        return redirect("diptych_notifications:index")


class NotificationsMenuItem(MenuItem):
    """Shows the number of unread notifications."""

    def render_component(self, request):
        component = super().render_component(request)
        count = Notification.objects.unread_of(request.user).count()
        if count:
            component.label = _("Notifications (%(count)s)") % {"count": count}
        return component


class NotificationsViewSet(ViewSet):
    icon = NotificationsView.header_icon
    menu_label = NotificationsView.page_title
    menu_name = "diptych-notifications"
    menu_order = 137
    menu_item_class = NotificationsMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/notifications"

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(NotificationsView), name="index"),
            path("read/", ReadView.as_view(), name="read_all"),
            path("<int:pk>/read/", ReadView.as_view(), name="read"),
            path("<int:pk>/open/", OpenView.as_view(), name="open"),
        ]
