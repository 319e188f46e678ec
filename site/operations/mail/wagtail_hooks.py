from django.contrib.auth.models import Permission
from wagtail import hooks

from operations.mail.report import MailViewSet, menu_item

hooks.register("register_reports_menu_item", menu_item)


@hooks.register("register_admin_viewset")
def viewset():
    return MailViewSet("journal_mail")


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(
        content_type__app_label="journal_mail", codename="change_outgoingmail"
    )
