"""The form for a new password."""

from django.apps import apps
from django.contrib.sites.shortcuts import get_current_site
from django.utils.translation import get_language, override
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm

from diptych.articles.languages.config.background import on_backend
from operations.mail.sending import BACKEND

#: Values of the view for the e-mail.
KEPT = ("subject_template_name", "email_template_name", "use_https")


class BackgroundPasswordResetForm(PasswordResetForm):
    """Looks for the account in the background, so that known and unknown addresses take as long."""

    def save(self, request=None, **options):
        kept = {name: options[name] for name in KEPT if name in options}
        kept["domain_override"] = get_current_site(request).domain
        # Nothing is stored that could be made good: who is not told of a failure waits in vain.
        work = on_backend(send_letters, BACKEND)
        work.enqueue(self.cleaned_data["email"], get_language(), kept)


@task()
def send_letters(email, language, options):
    """Write to the accounts that have the address ``email``, if any."""
    form = PasswordResetForm({"email": email})
    with override(language):
        if form.is_valid():
            form.save(**options)


def stored_requests():
    """The stored tasks that write, or wrote, such letters, where a table has them."""
    tasks = apps.get_model("django_tasks_database", "DBTaskResult")
    return tasks.objects.filter(task_path=send_letters.module_path)
