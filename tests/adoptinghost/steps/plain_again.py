"""The site without the engine again, with the models it had before."""

from steps.site import answers, page_named, said, tell  # isort: skip

from django.db import connection
from django.test import Client
from wagtail.models import Comment

said("makemigrations", "clientsite", name="plain", interactive=False)
said("migrate", verbosity=0)
about = page_named("about")
with connection.cursor() as cursor:
    columns = connection.introspection.get_table_description(cursor, "clientsite_aboutpage")
tell(
    answers=answers(),
    english=answers("en/"),
    text=Client().get("/about/").content.decode(),
    event=Client().get("/about/party/").content.decode(),
    seo=about.seo_title,
    draft=about.get_latest_revision_as_object().introduction,
    history=[each.content["introduction"] for each in about.revisions.order_by("created_at")],
    comments=sorted(Comment.objects.values_list("contentpath", flat=True)),
    columns=[each.name for each in columns],
    scheduled=page_named("later").scheduled_revision.content["title"],
)
