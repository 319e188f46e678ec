"""Why words were not saved, told to the person who typed them."""

import errno

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FAULTS = {
    "empty": gettext_lazy("There are no words here. A plural needs all its forms."),
    "plural forms": gettext_lazy("A plural needs all its forms."),
    "stray mark": gettext_lazy("Write “%(superfluous)s” twice: by itself it begins a placeholder."),
    "quotes": gettext_lazy("Use typographic quotation marks: straight ones break the page."),
    "narrow space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "narrow space after": gettext_lazy("“%(superfluous)s” needs a space after it: “%(around)s”."),
    "space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "apostrophe": gettext_lazy("Use a typographic apostrophe: “%(around)s”."),
}

OBSTACLES = {
    errno.EROFS: gettext_lazy("the file system is read-only"),
    errno.EACCES: gettext_lazy("the server has no right to write there"),
    errno.EPERM: gettext_lazy("the server has no right to write there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


def explain(fault):
    """The sentences about one fault of a translation."""
    pieces = {
        "missing": " ".join(fault.missing),
        "superfluous": " ".join(fault.superfluous),
        "around": fault.around,
    }
    if fault.kind in FAULTS:
        yield FAULTS[fault.kind] % pieces
        return
    if fault.missing:
        yield _("%(missing)s is missing; copy it from the source as it is.") % pieces
    if fault.superfluous:
        yield _("%(superfluous)s is not in the source; take it out.") % pieces


def explain_unprintable():
    return _("It contains a character that cannot be printed.")


def explain_conflict(forms):
    return _(
        "Somebody else has changed these words in the meantime, to “%(words)s”. "
        "Save again to put yours in their place."
    ) % {"words": " / ".join(forms)}


def explain_obstacle(error):
    """Why a file could not be written."""
    return str(OBSTACLES.get(error.errno) or error.strerror or error)
