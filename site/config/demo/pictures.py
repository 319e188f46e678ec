"""Makes the renditions of the images of the demo."""

from articles.images.pictures import INLINE, PORTRAIT
from articles.images.renditions import record_renditions
from articles.models import ArticlePage, AuthorPage
from themes.renditions import OF_HERO, needed_specs


def make_renditions(image, files):
    """Make the JPEG renditions of ``image``; appends the stored files to ``files``.

    Renditions in slower formats are made in the background once the pages are published.
    """
    parts = {INLINE}
    if ArticlePage.objects.filter(hero_image=image).exists():
        parts = OF_HERO
    elif AuthorPage.objects.filter(photo=image).exists():
        parts = {PORTRAIT}
    specs = [spec for spec in needed_specs(image, *parts) if spec.endswith("jpeg")]
    files += [each.file for each in image.get_renditions(*specs).values()]
    record_renditions([image])
