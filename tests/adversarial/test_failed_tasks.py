"""A task of the queue that failed is listed in the admin, and waits again after a click there."""

import pytest

from tests.servers import checked_python, production_environment

pytestmark = pytest.mark.adversarial

SCRIPT = """
from django.contrib.auth import get_user_model
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from diptych.articles.related.tasks import update_related

user = get_user_model().objects.create_superuser("chief", "chief@journal.example", "password")
update_related.using(backend="background").enqueue(1)
update_related.using(backend="background").enqueue(2)
failed = DBTaskResult.objects.first()
failed.claim("worker")
failed.set_failed(ValueError("words of a draft"))

# Static files need not be collected.
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
headers = {"host": "journal.example", "x-forwarded-proto": "https", "accept-language": "en"}
client = Client(headers=headers)
client.force_login(user)
said = client.get(reverse("journal_background_work")).content.decode()
assert "1 task waits." in said, said
assert "update_related" in said and "ValueError" in said
assert "words of a draft" not in said
answer = client.post(reverse("journal_retry_task", args=[failed.pk]))
assert answer.status_code == 302
assert DBTaskResult.objects.ready().count() == 2
assert not DBTaskResult.objects.failed().exists()
said = client.get(reverse("journal_background_work")).content.decode()
assert "2 tasks wait." in said and "No task has failed." in said

gone = DBTaskResult.objects.ready().first()
gone.claim("worker")
gone.set_failed(ImportError("moved"))
for path in ("config.mail.sending.send", "articles.moving.run_import", "config.urls.urlpatterns"):
    DBTaskResult.objects.filter(pk=gone.pk).update(task_path=path)
    said = client.get(reverse("journal_background_work")).content.decode()
    assert "no longer exists" in said and path in said, said
    assert reverse("journal_retry_task", args=[gone.pk]) not in said
    answer = client.post(reverse("journal_retry_task", args=[gone.pk]), follow=True)
    assert answer.content.decode().count("no longer exists") == 2, "In the list and as a message."
    assert DBTaskResult.objects.failed().get() == gone
assert reverse("journal_delete_task", args=[gone.pk]) in said
answer = client.post(reverse("journal_delete_task", args=[gone.pk]), follow=True)
assert "The task is deleted." in answer.content.decode()
waiting = DBTaskResult.objects.get()
client.post(reverse("journal_delete_task", args=[waiting.pk]))
assert DBTaskResult.objects.ready().get() == waiting
print("done")
"""


def test_a_failed_task_is_listed_and_waits_again(tmp_path):
    environment = production_environment(
        tmp_path, TASK_WORKER="true", LOG_LEVEL="CRITICAL", PYTHONWARNINGS="ignore"
    )
    checked_python(environment, "manage.py", "prepare", "-v0")
    said = checked_python(environment, "manage.py", "shell", "--no-imports", "-c", SCRIPT)
    assert said.endswith("done\n")
