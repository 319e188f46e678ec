"""Windows of a browser on the demo journal, signed in as one of its people."""

import json
import sqlite3
from contextlib import closing, contextmanager

from tests.articles.translation_tools.machine.server import machine
from tests.screens.journal import served_journal

PASSWORD = "of-the-pictures"
WIDTH = 1280
#: Milliseconds that scripts get to draw what is shown.
PAUSE = 1500


def wait_until_drawn(page):
    """Wait for the page that a window is being led to."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(PAUSE)


class Windows:
    """The windows of one picture, on the journal at ``address`` with its ``database``."""

    def __init__(self, browser, address, language, database):
        self.browser = browser
        self.address = address
        self.language = language
        self.database = database
        self.signed_in = {}
        self.contexts = []

    def open(self, user, address, height):
        """A window of ``user``, or of a reader if that is ``None``, with a page of the journal."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": WIDTH, "height": height},
            locale=self.language,
            reduced_motion="reduce",
            storage_state=self._signed_in(user) if user else None,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.goto(address)
        wait_until_drawn(page)
        return page

    def _signed_in(self, user):
        if user not in self.signed_in:
            context = self.browser.new_context(base_url=self.address)
            page = context.new_page()
            page.goto("/admin/login/")
            page.fill("#id_username", user)
            page.fill("#id_password", PASSWORD)
            page.click("button[type=submit]")
            page.wait_for_url("**/admin/")
            self.signed_in[user] = context.storage_state()
            context.close()
        return self.signed_in[user]

    def editor(self, user, title, height):
        """A window with the edit screen of the article of that title."""
        return self.open(user, f"/admin/pages/{self.number(title)}/edit/", height)

    def translation(self, title, height, user="translator"):
        """A window of ``user`` with the English of that article beside its source."""
        address = f"/admin/diptych/translate/{self.number(title)}/en/"
        return self.open(user, address, height)

    @contextmanager
    def with_machine(self, translation):
        """Windows that are opened meanwhile are of a journal with a machine.

        ``translation`` is what the machine makes of any text.
        """
        before = self.address
        with machine() as running:
            running.translate = lambda text: translation
            setting = json.dumps({"PROVIDER": "libretranslate", "URL": running.url})
            with served_journal(self.database.parent, TRANSLATION_MACHINE=setting) as address:
                self.address = address
                try:
                    yield
                finally:
                    self.address = before

    def number(self, title):
        """The primary key of the article of that title."""
        with closing(sqlite3.connect(self.database)) as database:
            rows = database.execute("SELECT id FROM wagtailcore_page WHERE title = ?", [title])
            return rows.fetchone()[0]

    def close(self):
        for context in self.contexts:
            context.close()
        self.contexts = []
