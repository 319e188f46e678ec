"""Settings of the journal and redirects of a folder of Markdown."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.settings.registry import registry

from diptych.articles.languages.routes.redirects import can_redirect
from diptych.articles.transfer.markdown import front_matter, layout, values
from diptych.articles.transfer.markdown.folder import Text
from diptych.articles.transfer.records import digest
from diptych.articles.transfer.report import Outcome


def import_settings(importer):
    """Write the settings of ``journal.yaml``, but for those that were changed since."""
    said = _load(importer, layout.JOURNAL, dict)
    if said is None:
        return
    settings = said.get("settings")
    models = {model._meta.label_lower: model for model in registry}
    for label, each in settings.items() if isinstance(settings, dict) else ():
        model = models.get(label)
        if model is None or not label.startswith("diptych") or not isinstance(each, dict):
            reason = _("This site has no such settings.")
            importer.report.add(str(label), "settings", "", Outcome.SKIPPED, reason)
            continue
        try:
            _import(importer, label, model, each)
        except Exception as error:
            # What settings raise that cannot be stored is not defined; the next may be.
            reason = str(error) or type(error).__name__
            importer.report.add(label, "settings", "", Outcome.FAILED, reason)
    name = said.get("site_name")
    if isinstance(name, str) and name and not importer.site.site_name:
        importer.site.site_name = name[:255]
        importer.site.save()


def _import(importer, label, model, said):
    item = model.for_site(importer.site) if hasattr(model, "for_site") else model.load()
    row, fingerprint = importer.records.find("settings", label), digest(said)
    if row and row.source_fingerprint == fingerprint:
        importer.report.add(label, "settings", "", Outcome.UNCHANGED)
        return
    before = row.stored_fingerprint if row else _stored(model())
    if before != _stored(item):
        reason = _("It was changed here since.") if row else _("It was set here before.")
        importer.report.add(label, "settings", "", Outcome.CONFLICT, reason)
        return

    def problem(name, error):
        importer.report.note(label, "settings", f"{name}: {error}")

    names = importer.drafts.names_in(Text(layout.JOURNAL, "", ""))
    with transaction.atomic():
        values.set_shared(item, said, names, {"site"}, problem)
        values.set_all_texts(item, said, names, problem)
        item.save()
        importer.records.keep(
            *(row, "settings", label, item),
            source_fingerprint=fingerprint,
            stored_fingerprint=_stored(item),
        )
    importer.report.add(label, "settings", "", Outcome.UPDATED if row else Outcome.CREATED)


def _stored(item):
    keys = _Keys()
    return digest([values.shared_values(item, keys, {"site"}), values.all_texts(item, keys)])


class _Keys:
    """Primary keys in the place of names."""

    @property
    def images(self):
        return self

    pages = documents = images

    def get(self, key):
        return key


def import_redirects(importer):
    """Create the redirects of ``redirects.yaml`` and front matter; those that stand here stay."""
    if not can_redirect():
        return
    said = [*(_load(importer, layout.REDIRECTS, list) or ()), *_old_addresses(importer)]
    for each in said:
        if not isinstance(each, dict) or not isinstance(each.get("from"), str):
            continue
        try:
            with transaction.atomic():
                outcome, reason = _redirect(importer, each)
        except Exception as error:
            # What a row raises that cannot be stored is not defined; the next one may be.
            outcome, reason = Outcome.FAILED, str(error)
        importer.report.add(each["from"], "redirect", "", outcome, reason)


def _old_addresses(importer):
    """Redirects from the addresses that texts had where they come from, each in its language."""
    for key, group in importer.folder.groups.items():
        for language, text in group.items() if key else ():
            for path in dict.fromkeys(text.old_addresses):
                yield {"from": path, "page": key, "route": f"/{language}"}


def _redirect(importer, said):
    from wagtail.contrib.redirects.models import Redirect  # installed or not: see can_redirect

    page = None
    if "page" in said:
        page = importer.places.find(f"/{said['page']}")
        if page is None:
            return Outcome.SKIPPED, _("nothing is called “%(name)s”") % {"name": said["page"]}
    link = str(said.get("link") or "")
    if not page and not link.startswith(("http://", "https://", "/")):
        return Outcome.SKIPPED, _("It leads nowhere.")
    site = None if said.get("all_sites") else importer.site
    path = Redirect.normalise_path(said["from"])
    target = {
        "redirect_page_id": page,
        "redirect_page_route_path": str(said.get("route") or "") if page else "",
        "redirect_link": "" if page else link,
        "is_permanent": not said.get("temporary"),
    }
    found = Redirect.objects.filter(old_path=path, site=site).first()
    if found is None:
        Redirect.objects.create(old_path=path, site=site, **target)
        return Outcome.CREATED, ""
    if all(getattr(found, name) == value for name, value in target.items()):
        return Outcome.UNCHANGED, ""
    return Outcome.CONFLICT, _("This address leads elsewhere here.")


def _load(importer, name, kind):
    """What the file ``name`` says; ``None`` if there is none, or none that can be read."""
    path = importer.folder.root / name
    if not path.is_file():
        return None
    try:
        said = front_matter.load(path.read_text("utf-8"))
        if said is not None and not isinstance(said, kind):
            raise ValueError(_("the front matter holds no names with values"))
    except (ValueError, OSError) as error:
        importer.report.add(name, "data", "", Outcome.FAILED, str(error))
        return None
    return said or kind()
