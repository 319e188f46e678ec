"""What people do in the admin of the host, through its own forms."""

import re

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from enginehost.models import GuidePage
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from tests.forms import form_values

LANGUAGES = ("de", "en", "pt-br")
#: Ids of the blocks of a body, by their place, so that those of two languages belong together.
BLOCK_IDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(10)]


def sign_in(username, groups=(), **values):
    """A browser in which a new person is signed in to an English admin; ``client.user``."""
    values = {"email": f"{username}@example.org", **values}
    user = get_user_model().objects.create_user(username, **values)
    user.groups.add(*groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def text(language, headline, introduction="", *paragraphs):
    """What is posted to write in one language, with a body of ``paragraphs``."""
    code = language.replace("-", "_")
    return {
        f"headline_{code}": headline,
        f"introduction_{code}": introduction,
        **body(language, *paragraphs),
    }


def body(language, *paragraphs):
    blocks = [("paragraph", rich_text(f"<p>{each}</p>")) for each in paragraphs]
    stream = streamfield(blocks)
    for number, identity in enumerate(BLOCK_IDS[: len(blocks)]):
        stream[str(number)]["id"] = identity
    return nested_form_data({f"body_{language.replace('-', '_')}": stream})


def form_on(client, address):
    """The form of a page as a browser would post it, without any body."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    html = response.content.decode()
    form = form_values(html)
    empty = [body(language) for language in LANGUAGES]
    return {**{name: value for each in empty for name, value in each.items()}, **form}


def stored_bodies(page):
    """The bodies of the newest draft as they are posted."""
    draft = fresh(page).get_latest_revision_as_object()
    posted = {}
    for language in LANGUAGES:
        children = list(draft.text_in("body", language).raw_data)
        stream = streamfield([(each["type"], rich_text(each["value"])) for each in children])
        for number, each in enumerate(children):
            stream[str(number)]["id"] = each["id"]
        posted |= nested_form_data({f"body_{language.replace('-', '_')}": stream})
    return posted


def create(client, parent, texts, press=None):
    """Fill in the form of a new page below ``parent``; the page."""
    address = reverse("wagtailadmin_pages:add", args=("enginehost", "guidepage", parent.pk))
    form = {**form_on(client, address), **texts}
    answer = client.post(address, {**form, press: "1"} if press else form)
    assert answer.status_code == 302, answer.context["form"].errors
    return GuidePage.objects.order_by("pk").last()


def edit(client, page, texts, press=None):
    """Change what ``texts`` says in the form of ``page``; the answer."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    form = {**form_on(client, address), **stored_bodies(page), **texts}
    return client.post(address, {**form, press: "1"} if press else form)


def translate(client, page, language, texts):
    """Save what ``texts`` says in the form of the translating view."""
    address = reverse("diptych_translate", args=(page.pk, language))
    own = f"body_{language.replace('-', '_')}"
    bodies = {name: value for name, value in stored_bodies(page).items() if name.startswith(own)}
    return client.post(address, {**form_on(client, address), **bodies, **texts})


def places(client, page, language):
    """The state of each place of a translation, as the translating view shows it."""
    response = client.get(reverse("diptych_translate", args=(page.pk, language)))
    assert response.status_code == 200
    found = laid_open(response).select("[data-place]")
    return {each["data-place"]: each["data-status"] for each in found}


def laid_open(response):
    """The HTML of an answer with what is in templates, which the browser's script shows."""
    html = re.sub(r"<(/?)template\b", r"<\1div", response.content.decode())
    return BeautifulSoup(html, "lxml")


def live_in(page):
    return GuidePage.objects.get(pk=page.pk).live_languages


def fresh(page):
    return GuidePage.objects.get(pk=page.pk)


def words(response):
    """The text of an answer, its spaces made one."""
    html = BeautifulSoup(response.content.decode(), "lxml")
    return " ".join(html.get_text(" ").split())


def newest_page():
    return Page.objects.order_by("-pk").first().specific
