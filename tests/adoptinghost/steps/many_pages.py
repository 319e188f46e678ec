"""A site with a tree for each of two languages, as Wagtail alone would have it; prints the time.

Every page has a translation, drafts, history and links; a few have comments, rows, an alias, no
translation or a view restriction.
"""

import sys
from datetime import UTC, datetime

import django

django.setup()

from clientsite.models import AboutPage, EventPage, Speaker  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from wagtail.contrib.redirects.models import Redirect  # noqa: E402
from wagtail.models import Comment, Locale, Page, PageViewRestriction, Site  # noqa: E402

call_command("makemigrations", "clientsite", verbosity=0)
call_command("migrate", verbosity=0)
user = get_user_model().objects.create_superuser("chief", "chief@example.org", "x")
root = Site.objects.get().root_page
german = Locale.objects.create(language_code="de")
start = Page.get_first_root_node().add_child(
    instance=AboutPage(
        title="Start", slug="start", locale=german, translation_key=root.translation_key
    )
)


def add(parent, page, **shared):
    """Add a page with a published version, an older one and, for every third, a draft."""
    for name, value in shared.items():
        setattr(page, name, value)
    parent.add_child(instance=page)
    page.save_revision(user=user)
    page.introduction = f"{page.introduction} Published."
    page.save_revision(user=user).publish(user=user)
    page = type(page).objects.get(pk=page.pk)
    if page.pk % 3 == 0:
        page.introduction = f"{page.introduction} Draft."
        page.save_revision(user=user)
    return page


def link(page):
    return f'<p>See <a linktype="page" id="{page.pk}">{page.title}</a>.</p>'


def pair(number, parents, before):
    """An English page and its German translation, each with links to those before it."""
    made = []
    for parent, code, other in zip(parents, ("en", "de"), before, strict=True):
        key = {"translation_key": made[0].translation_key, "locale": german} if made else {}
        body = [("text", link(other)), ("page", other)]
        name = f"{code} {number}"
        page = AboutPage(title=name, slug=name.replace(" ", "-"), introduction=name, body=body)
        made.append(add(parent, page, related=before[0] if code == "en" else other, **key))
    if number % 5 == 0:
        for page in made:
            Comment.objects.create(page=page, user=user, text="?", contentpath="introduction")
    if number % 10 == 0:
        for page in made:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    return made


tops, before = (root, start), (root, start)
parents = tops
for number in range(int(sys.argv[1])):
    parents = tops if number % 8 == 0 else parents
    before = pair(number, parents, before)
    parents = before if number % 8 == 0 else parents
for number in range(3):
    event = EventPage(title=f"Event {number}", slug=f"event-{number}", summary=link(before[0]))
    event.speakers = [Speaker(name="Ann", role="host"), Speaker(name="Bob", role="guest")]
    parents[0].add_child(instance=event)
    event.save_revision(user=user).publish(user=user)
    alone = AboutPage(title=f"Allein {number}", slug=f"allein-{number}", body=[("page", before[1])])
    add(parents[1], alone, locale=german)
AboutPage.objects.get(pk=before[0].pk).create_alias(update_slug="again")
Redirect.objects.create(old_path="/alt", redirect_page=before[1], site=Site.objects.get())
print(datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"))
