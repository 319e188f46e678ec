"""What directories of podcasts ask for: a category of theirs, and a square cover."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

#: Apple’s categories, which other directories know as well.
CATEGORIES = (
    ("Arts", _("Arts")),
    ("Business", _("Business")),
    ("Education", _("Education")),
    ("Fiction", _("Fiction")),
    ("Government", _("Government")),
    ("Health & Fitness", _("Health and fitness")),
    ("History", pgettext_lazy("category of a podcast", "History")),
    ("Kids & Family", _("Children and family")),
    ("Leisure", _("Leisure")),
    ("Music", _("Music")),
    ("News", _("News")),
    ("Religion & Spirituality", _("Religion and spirituality")),
    ("Science", _("Science")),
    ("Society & Culture", _("Society and culture")),
    ("Sports", _("Sports")),
    ("Technology", _("Technology")),
    ("TV & Film", _("Television and film")),
)
#: The least and the greatest side of a cover, in pixels, and the endings of its file.
SIDES = (1400, 3000)
ENDINGS = (".jpg", ".jpeg", ".png")


def validate_cover(key):
    """Refuse an image that directories of podcasts would refuse."""
    image = get_image_model()._default_manager.filter(pk=key).first()
    least, most = SIDES
    if image is None:
        return
    is_square = image.width == image.height and least <= image.width <= most
    if not is_square or not image.file.name.lower().endswith(ENDINGS):
        message = gettext(
            "A cover is a square JPEG or PNG of %(least)d to %(most)d pixels. This image is"
            " %(width)d × %(height)d pixels."
        )
        size = {"width": image.width, "height": image.height}
        raise ValidationError(message % {"least": least, "most": most, **size})
