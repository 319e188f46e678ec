"""In the site as it was: pages of every kind, written and published with Wagtail alone."""

from datetime import timedelta

import django

django.setup()

from clientsite.models import AboutPage, ContactPage, EventPage, Speaker  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Comment, PageViewRestriction, Site  # noqa: E402

call_command("makemigrations", "clientsite", verbosity=0)
call_command("migrate", verbosity=0)

user = get_user_model().objects.create_superuser("chief", "chief@example.org", "x")
root = Site.objects.get().root_page


def add(parent, page):
    parent.add_child(instance=page)
    return page


about = add(
    root,
    AboutPage(
        title="About us",
        slug="about",
        seo_title="About the client",
        introduction="Who we were.",
        body=[("text", "<p>Since 1990.</p>")],
    ),
)
about.save_revision(user=user).publish(user=user)
about.introduction = "Who we are."
about.save_revision(user=user).publish(user=user)
about = AboutPage.objects.get(pk=about.pk)
about.introduction = "Who we shall be."
about.save_revision(user=user)
Comment.objects.create(page=about, user=user, text="Really?", contentpath="introduction")

event = add(about, EventPage(title="Party", slug="party", summary="<p>Dance.</p>", place="Paris"))
event.speakers = [Speaker(name="Ann", role="host")]
event.save_revision(user=user).publish(user=user)

later = add(
    root,
    AboutPage(title="Later", slug="later", live=False, go_live_at=timezone.now() + timedelta(1)),
)
later.save_revision(user=user).publish(user=user)
add(root, AboutPage(title="Imported", slug="imported", introduction="Without a revision."))
secret = add(root, AboutPage(title="Secret", slug="secret", locked=True, locked_by=user))
PageViewRestriction.objects.create(page=secret, restriction_type="login")
about.create_alias(update_slug="about-again")
add(root, AboutPage(title="Draft", slug="draft", live=False)).save_revision(user=user)
add(root, ContactPage(title="Contact", slug="contact"))
