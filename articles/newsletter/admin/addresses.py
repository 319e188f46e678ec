"""The list of addresses, with search, export and erasure."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from diptych.articles.languages.admin.listings.exports import SpokenExportMixin
from diptych.articles.newsletter.models import Subscription


class AddressIndexView(SpokenExportMixin, generic.IndexView):
    @cached_property
    def spreadsheet(self):
        return {
            _("E-mail address"): lambda each: each.address,
            _("Newsletter"): lambda each: each.newsletter.name,
            _("Language"): lambda each: each.newsletter.language,
            _("Requested at"): lambda each: _moment(each.requested_at),
            _("Confirmed at"): lambda each: _moment(each.confirmed_at),
            _("Bounced at"): lambda each: _moment(each.bounced_at),
        }


def _moment(moment):
    """``moment`` as a date of the export, which has no time zones."""
    return localtime(moment).replace(tzinfo=None) if moment else None


class AddressEraseView(generic.DeleteView):
    def get_page_subtitle(self):
        return self.object.address

    @property
    def confirmation_message(self):
        said = _("%(address)s will get no further issue, and nothing of it is kept.")
        return said % {"address": self.object.address}

    def get_success_message(self):
        # Without the address, as messages are kept in a cookie or a session.
        return _("The address is erased.")


class AddressViewSet(ModelViewSet):
    model = Subscription
    name = "diptych_newsletter_addresses"
    url_prefix = "diptych/newsletter/addresses"
    icon = "mail"
    menu_label = gettext_lazy("Addresses")
    menu_name = "diptych-newsletter-addresses"
    index_view_class = AddressIndexView
    delete_view_class = AddressEraseView
    search_fields = ["address"]
    search_backend_name = None
    list_filter = ["newsletter"]
    export_filename = "newsletter-addresses"
    add_to_reference_index = False
    exclude_form_fields = []
    list_display = [
        Column("address", label=gettext_lazy("E-mail address"), sort_key="address"),
        Column("newsletter", label=gettext_lazy("Newsletter"), sort_key="newsletter__name"),
        DateColumn("confirmed_at", label=gettext_lazy("Confirmed"), sort_key="confirmed_at"),
        DateColumn("bounced_at", label=gettext_lazy("Bounced"), sort_key="bounced_at"),
    ]

    def get_index_view_kwargs(self, **kwargs):
        found = Subscription.objects.select_related("newsletter")
        return super().get_index_view_kwargs(queryset=found, **kwargs)

    def get_permissions_to_register(self):
        # All of them: Wagtail's own leaves out to view, as there is no screen of one address.
        content_type = ContentType.objects.get_for_model(Subscription)
        return Permission.objects.filter(content_type=content_type)

    def get_delete_view_kwargs(self, **kwargs):
        return super().get_delete_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self):
        offered = ("index", "index_results", "delete")
        return [each for each in super().get_urlpatterns() if each.name in offered]
