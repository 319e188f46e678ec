"""What an editor does with the article screen, as named steps."""

import re

#: Whether all that the form holds is stored, as Wagtail's own controllers have it.
NOTHING_TO_SAVE = """() => {
    const form = document.querySelector("[data-edit-form]");
    const controller = (name) =>
        window.wagtail.app.getControllerForElementAndIdentifier(form, name);
    const { formData, initialFormData, hasEditsValue } = controller("w-unsaved");
    const { submitPromise } = controller("w-autosave");
    return !submitPromise && !hasEditsValue && formData === initialFormData;
}"""


def wait_until_saved(page):
    """Let the autosave that the last keystrokes have started come to its end.

    Rich text is handed to the form a moment after it is typed.
    """
    page.wait_for_timeout(600)
    page.wait_for_function(NOTHING_TO_SAVE)


def lead_as_stored(sign_in, address):
    """The French lead that somebody else finds in the form at ``address``."""
    other = sign_in("moderator")
    other.goto(address.partition("#")[0])
    return other.input_value("#id_lead_fr")


def session_notice(page):
    """What the form says at its foot when it cannot be saved now."""
    return page.locator("[data-edit-form] .diptych-session-notice")


def open_translation(page, number):
    """Open article `number` for its translation into English, which is begun if it is not yet."""
    page.goto(f"/admin/diptych/translate/{number}/en/")
    begin = page.get_by_role("button", name="Start with empty blocks")
    if begin.count():
        begin.first.click()
    page.locator(".diptych-place").first.wait_for()
    # Wagtail notes two seconds later what the form held at first.
    page.wait_for_timeout(2500)


class ArticleEditor:
    """The edit screen of an article, in a browser window that is signed in."""

    def __init__(self, page):
        self.page = page

    def create(self):
        """Open the form of a new article."""
        self.page.goto("/admin/diptych/articles/choose_parent/")
        self.page.wait_for_url("**/add/diptych/articlepage/**")

    def create_from_dashboard(self):
        """Open the form of a new article, from the list in the menu."""
        self.page.goto("/admin/")
        self.page.get_by_role("link", name="Articles", exact=True).first.click()
        self.page.locator(
            "header a[href$='/choose_parent/'], header a[href*='/add/']"
        ).first.click()
        self.page.wait_for_url("**/add/diptych/articlepage/**")

    def begin(self, headline, paragraph=None):
        """Write a first French text, with the lead "Un.", and wait until it has saved itself."""
        self.write("fr", headline=headline, lead="Un.")
        if paragraph is not None:
            self.add_paragraph("fr", paragraph, "Paragraph")
        self.page.wait_for_url("**/edit/**")
        self.wait_until_saved()

    def open(self, headline):
        """Open the article of that headline, found by searching the list of articles."""
        self.page.goto(f"/admin/diptych/articles/?q={headline}")
        self.page.locator("td.title a").first.click()
        self.page.wait_for_url("**/edit/**")

    def tab(self, name):
        self.page.get_by_role("tab", name=re.compile(f"^{name}")).click()

    def write(self, language, headline=None, lead=None, slug=None):
        if headline is not None:
            self.page.fill(f"#id_headline_{language}", headline)
        if lead is not None:
            self.page.fill(f"#id_lead_{language}", lead)
        if slug is not None:
            self._open_panel(f"#id_url_slug_{language}")
            self.page.fill(f"#id_url_slug_{language}", slug)
            self.page.locator(f"#id_url_slug_{language}").blur()

    def _open_panel(self, field):
        if not self.page.locator(field).is_visible():
            panel = self.page.locator("section.w-panel", has=self.page.locator(field)).last
            panel.locator("button.w-panel__toggle").first.click()

    def add_paragraph(self, language, text, kind):
        body = self.page.locator(f"[data-contentpath='body_{language}']").first
        body.locator("button.c-sf-add-button").last.click()
        self.page.get_by_role("option", name=re.compile(kind)).first.click()
        area = body.locator("[contenteditable=true]").last
        area.click()
        area.press_sequentially(text)

    def choose_picture(self, title="Lac gelé"):
        self._open_chooser("#id_hero_image-chooser")
        choices = ".modal-content a.image-choice, .modal-content [data-chooser-modal-choice]"
        self.page.locator(choices).filter(has_text=title).first.click()
        self.page.locator("#id_hero_image-chooser img").wait_for()

    def pick(self, relation, *names):
        """Type names of authors or topics one after the other, each chosen by the keyboard."""
        self.page.locator(f"#id_{relation}-NAME").click()
        for name in names:
            self.page.keyboard.type(name)
            option = self.page.locator(f"#id_{relation}-LIST [role=option]")
            option.filter(has_text=name).first.wait_for()
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
            self.chosen(relation).filter(has_text=name).wait_for()
        self.page.keyboard.press("Escape")

    def chosen(self, relation):
        """The names in the rows of a relation, in order."""
        rows = f"#id_{relation}-FORMS > [data-inline-panel-child]:not(.deleted)"
        return self.page.locator(f"{rows} [data-chooser-title]")

    def _open_chooser(self, chooser):
        button = self.page.locator(f"{chooser} [data-chooser-action-choose]")
        button.locator("visible=true").first.click()

    def add_from_list(self, relation, name):
        """Tick a page in the modal that adds several at once: topics, articles to suggest."""
        self.page.locator(f"#id_{relation}-OPEN_MODAL").click()
        modal = self.page.locator(".modal-content")
        with self.page.expect_response(lambda answer: "q=" in answer.url):
            modal.locator("input[name=q]").fill(name)
        self.page.wait_for_timeout(500)  # the answer takes the place of the list
        row = modal.locator("tr", has=self.page.get_by_text(name)).first
        row.locator("input[type=checkbox]").check()
        modal.locator("[data-multiple-choice-submit]").click()
        modal.wait_for(state="detached")

    def drag(self, relation, row, before):
        """Take one row of a list by its handle and let it go above another; both from 0."""
        rows = self.page.locator(f"#id_{relation}-FORMS > [data-inline-panel-child]:not(.deleted)")
        rows.nth(before).evaluate("row => row.scrollIntoView({ block: 'center' })")
        rows.nth(row).hover()
        start = rows.nth(row).locator("[data-inline-panel-child-drag]").bounding_box()
        end = rows.nth(before).bounding_box()
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
        mouse.move(end["x"] + end["width"] / 2, end["y"] + 4, steps=4)
        mouse.up()

    def save(self, name):
        """Press the button that saves a draft, and wait for the answer."""
        with self.page.expect_navigation():
            self.choose(name)

    def choose(self, name):
        """Press one of the actions at the foot of the screen, and wait for nothing."""
        footer = self.page.locator("footer")
        button = footer.get_by_role("button", name=name, exact=True)
        if not button.is_visible():
            footer.locator(".w-dropdown__toggle").first.click()
        button.click()

    def press(self, name):
        """Press one of the actions at the foot of the screen, and wait for the answer."""
        self.wait_until_saved()
        with self.page.expect_navigation():
            self.choose(name)
        problems = self.page.locator(".messages .error, .messages .warning")
        assert not problems.count(), problems.first.inner_text()

    def wait_until_saved(self):
        wait_until_saved(self.page)
