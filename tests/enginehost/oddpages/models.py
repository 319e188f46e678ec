"""Page types of a host that answer in ways of their own, with their bases in every order."""

from django.db import models
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, PreviewableMixin
from wagtail.url_routing import RouteResult

from diptych.articles.languages import MultilingualPageMixin


class BasePage(MultilingualPageMixin, Page):
    """The base of the pages of the host, as ``class FormPage(AbstractEmailForm, BasePage)`` has."""

    password_required_template = "oddpages/page.html"

    class Meta:
        abstract = True


def texts_of(page):
    """What is in all columns of ``page``, as careless code would send it."""
    return HttpResponse(f"{page.meta_description_de} {page.meta_description_en}")


class AnsweringMixin:
    """Knows of no languages, in anything by which it answers."""

    def serve(self, request, *args, **kwargs):
        return texts_of(self)

    def serve_preview(self, request, mode_name):
        return HttpResponse(f"{request.LANGUAGE_CODE}: {self.headline}")

    def serve_password_required_response(self, request, form, action_url):
        return texts_of(self)


class RoutingMixin:
    def route(self, request, path_components):
        return RouteResult(self, kwargs={"below": path_components})


class AddressedMixin:
    def get_url_parts(self, request=None):
        return Page.get_url_parts(self, request)


class CachedMixin:
    @method_decorator(cache_page(600))
    def serve(self, request, *args, **kwargs):
        return texts_of(self)


class RoutesMixin(RoutablePageMixin):
    @path("past/")
    def past(self, request):
        return texts_of(self)


class PreviewedMixin(PreviewableMixin):
    def serve_preview(self, request, mode_name):
        return HttpResponse(f"{request.LANGUAGE_CODE}: {self.headline}")


class AnsweringFirst(AnsweringMixin, BasePage):
    pass


class AnsweringLast(MultilingualPageMixin, AnsweringMixin, Page):
    pass


class AnsweringItself(BasePage):
    def serve(self, request, *args, **kwargs):
        return texts_of(self)

    def route(self, request, path_components):
        return RouteResult(self)

    def get_url_parts(self, request=None):
        return Page.get_url_parts(self, request)

    def serve_unavailable(self, request):
        return super().serve_unavailable(request)


class RoutingFirst(RoutingMixin, AnsweringMixin, BasePage):
    pass


class AddressedFirst(AddressedMixin, AnsweringMixin, BasePage):
    pass


class CachedFirst(CachedMixin, BasePage):
    pass


class RoutesFirst(RoutesMixin, BasePage):
    pass


class RoutesLast(MultilingualPageMixin, RoutesMixin, Page):
    pass


class PreviewedFirst(PreviewedMixin, BasePage):
    pass


class FormFirst(AbstractEmailForm, BasePage):
    pass


class FormLast(MultilingualPageMixin, AbstractEmailForm):
    pass


class FormWithRoutes(RoutesMixin, AbstractEmailForm, BasePage):
    pass


class FormField(AbstractFormField):
    page = ParentalKey(FormFirst, on_delete=models.CASCADE, related_name="form_fields")


class FormFieldOfLast(AbstractFormField):
    page = ParentalKey(FormLast, on_delete=models.CASCADE, related_name="form_fields")


class FormFieldWithRoutes(AbstractFormField):
    page = ParentalKey(FormWithRoutes, on_delete=models.CASCADE, related_name="form_fields")


PAGE_TYPES = (
    AnsweringFirst,
    AnsweringLast,
    AnsweringItself,
    RoutingFirst,
    AddressedFirst,
    CachedFirst,
    RoutesFirst,
    RoutesLast,
    PreviewedFirst,
    FormFirst,
    FormLast,
    FormWithRoutes,
)

for each in PAGE_TYPES:
    each.template = each.landing_page_template = "oddpages/page.html"
