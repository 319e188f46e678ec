"""The URLs of stylesheets and manifests, included by the URLs of `articles` through hooks."""

from django.urls import path, register_converter

from diptych.themes.views import manifest, stylesheet


class AccentConverter:
    """Accent colours in a URL: ``9b1b30-f2959c``, light and dark; ``own`` keeps the theme's."""

    regex = "(?:[0-9a-f]{6}|own)-(?:[0-9a-f]{6}|own)"

    def to_python(self, value):
        return tuple("" if part == "own" else f"#{part}" for part in value.split("-"))

    def to_url(self, colours):
        return "-".join(colour.removeprefix("#") or "own" for colour in colours)


register_converter(AccentConverter, "diptych_accent")

urlpatterns = [
    path("theme/<slug:theme>/<slug:digest>.css", stylesheet, name="diptych_stylesheet"),
    path(
        "theme/<slug:theme>/<diptych_accent:colours>/<slug:digest>.css",
        stylesheet,
        name="diptych_stylesheet",
    ),
]

in_each_language = [path("manifest.webmanifest", manifest, name="diptych_manifest")]
