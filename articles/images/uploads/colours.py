"""Conversion of colour spaces for browsers."""

from io import BytesIO

from PIL import ImageCms

#: Colour spaces that every browser shows.
SHOWABLE = ("RGB", "RGBA")
#: Pillow's modes to which an RGB profile does not apply.
RGB_LIKE = (*SHOWABLE, "P", "PA", "1")
SPACES = {"CMYK": "CMYK", "L": "GRAY", "LA": "GRAY"}


def needs_conversion(picture):
    """Whether browsers would show wrong colours.

    True for CMYK, which no web format has, and if the profile does not fit the image. An image
    with a wide gamut and its profile stays as it is.
    """
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK":
        return True
    return bool(profile) and (_space(profile) != "RGB" or picture.mode not in RGB_LIKE)


def for_screens(picture):
    """The image in sRGB, converted by its profile where that is valid."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    if profile and _space(profile) == SPACES.get(picture.mode):
        converted = _converted(picture, profile, mode)
        if converted is not None:
            return converted
    # A profile of another colour space is ignored.
    plain = picture.copy() if picture.mode in RGB_LIKE else picture.convert(mode)
    plain.info.pop("icc_profile", None)
    return plain


def _converted(picture, profile, mode):
    try:
        # The conversion drops transparency, which is restored afterwards.
        colours = picture.convert("L") if picture.mode == "LA" else picture
        converted = ImageCms.profileToProfile(
            colours, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if mode == "RGBA":
        converted.putalpha(picture.convert("LA").getchannel("A"))
    converted.info.pop("icc_profile", None)
    return converted


def _space(profile):
    """The colour space of a profile: "RGB", "CMYK", "GRAY"… or ``None``."""
    try:
        return ImageCms.getOpenProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
