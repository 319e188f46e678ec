"""The site after it has been adopted, on its way back: German is added to a page, then left."""

from steps.site import answers, page_named, said, tell  # isort: skip

import json
from pathlib import Path

from django.core.management import CommandError

about = page_named("about").get_latest_revision_as_object()
about.headline_de, about.introduction_de = "Über uns", "Wer wir sind."
about.body_de = json.dumps([{**about.body_en.raw_data[0], "value": "<p>Seit 1990.</p>"}])
about.save_revision()
page_named("about").publish_languages(["de"])
served = answers("en/") | {"german": answers("de/")["about/"]}
refusals = []
try:
    said("diptych_release", "clientsite.AboutPage", language="en")
except CommandError as error:
    refusals.append(str(error))
untouched = page_named("about").latest_revision.content.get("introduction_de")
export = Path(__file__).parent / "left.jsonl"
released = said(
    "diptych_release", "clientsite.AboutPage", language="en", leave_others=True, export=str(export)
)
said("diptych_release", "clientsite.EventPage", language="en")
again = said("diptych_release", "clientsite.AboutPage", language="en", leave_others=True)
tell(
    refusals=refusals,
    untouched=untouched,
    released=released,
    again=again,
    exported=[json.loads(line) for line in export.read_text().splitlines()],
    served=served,
    still=answers("en/"),
)
