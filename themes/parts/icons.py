"""The icons of a journal: in a tab of the browser, on a home screen, and in its manifest."""

from dataclasses import dataclass

from django.templatetags.static import static

from diptych.articles.images.renditions import attach_renditions, recorded_renditions
from diptych.themes.appearance import settings_for
from diptych.themes.pictures.rendition_specs import ICON, ICON_SIZES, icon_spec
from diptych.themes.pictures.renditions import enqueue_missing_renditions


@dataclass(frozen=True)
class Icon:
    url: str
    size: int


@dataclass(frozen=True)
class Icons:
    """``files`` are PNG files by requested size; ``drawing`` is an SVG, or empty.

    ``can_be_cut`` is true if the largest ones have enough margin to be masked by the system.
    """

    files: dict
    drawing: str = ""
    can_be_cut: bool = False

    @property
    def tab(self):
        return self.files[48]

    @property
    def touch(self):
        return self.files[180]

    @property
    def of_manifest(self):
        return [self.files[192], self.files[512]]


def icons_for(request):
    """The :class:`Icons` of the site of ``request``: its own once they are made, or the default."""
    settings = settings_for(request)
    own = _own_files(settings.icon) if settings and settings.icon else None
    if own:
        return Icons(own)
    files = {size: Icon(static(f"diptych/icon-{size}.png"), size) for size in ICON_SIZES}
    return Icons(files, static("diptych/favicon.svg"), can_be_cut=True)


def _own_files(image):
    attach_renditions([image])
    recorded = recorded_renditions(image)
    found = {size: recorded.get(icon_spec(size)) for size in ICON_SIZES}
    if not all(found.values()):
        enqueue_missing_renditions(image, ICON)
        return None
    return {size: Icon(each.url, each.width) for size, each in found.items()}
