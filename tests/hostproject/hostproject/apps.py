from django.apps import AppConfig


class HostConfig(AppConfig):
    name = "hostproject"
    default_auto_field = "django.db.models.BigAutoField"
