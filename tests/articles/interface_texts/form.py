"""Fill in the form of a catalogue as a browser does."""

from tests.articles.admin.html import soup, text_of

LIST = "/admin/diptych/site-texts/"
FRENCH = f"{LIST}fr/0/"
ENGLISH = f"{LIST}en/0/"


class TextsForm:
    """The form as it was sent to a browser; texts are found by the source they translate."""

    def __init__(self, response):
        self.page = soup(response)
        self.values = {}
        self.rows = {}
        form = self.page.select_one("form[method=post]")
        for field in form.select("input[type=hidden], textarea") if form else ():
            # A browser drops the first line break of a text area.
            text = field.get("value") or field.get_text().removeprefix("\r\n").removeprefix("\n")
            self.values[field["name"]] = text
        for row in self.page.select(".diptych-interface-texts-row"):
            self.rows[row.select_one(".diptych-interface-texts-text").get_text().strip()] = row

    @property
    def sources(self):
        return list(self.rows)

    def names(self, source):
        return [field["name"] for field in self.rows[source].select("textarea")]

    def texts(self, source):
        return [self.values[name] for name in self.names(source)]

    def reason(self, source):
        found = self.rows[source].select_one(".error-message")
        return text_of(found) if found else ""

    def type(self, source, *texts):
        self.values |= dict(zip(self.names(source), texts, strict=True))
        return self

    def tick(self, source):
        self.values[self.rows[source].select_one("input[type=checkbox]")["name"]] = "1"
        return self

    def post(self, client, address=FRENCH, **more):
        """Send it as browsers do, with their line breaks."""
        values = {name: text.replace("\n", "\r\n") for name, text in self.values.items()}
        return client.post(address, {**values, **more})


def open_form(client, address=FRENCH, **parameters):
    return TextsForm(client.get(address, parameters))
