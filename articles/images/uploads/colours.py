"""Colours as a browser will show them."""

from io import BytesIO

from PIL import ImageCms

#: What the colours of a picture may be made of and still be shown by every browser.
SHOWABLE = ("RGB", "RGBA")
#: Pillow's modes that carry no colours which a profile of another kind could describe.
RGB_LIKE = (*SHOWABLE, "P", "PA", "1")
SPACES = {"CMYK": "CMYK", "L": "GRAY", "LA": "GRAY"}


def needs_conversion(picture):
    """Whether a browser would show other colours than those that are meant.

    It would for inks, for which formats of the web have no place, and where a profile does not
    fit the picture. A picture that is wide in colours and says so stays as it is.
    """
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK":
        return True
    return bool(profile) and (_space(profile) != "RGB" or picture.mode not in RGB_LIKE)


def for_screens(picture):
    """The same picture in the colours of every screen, converted by its profile if that helps."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    if profile and _space(profile) == SPACES.get(picture.mode):
        converted = _converted(picture, profile, mode)
        if converted is not None:
            return converted
    # Where its profile is about something else, what the picture holds is shown as it is.
    plain = picture.copy() if picture.mode in RGB_LIKE else picture.convert(mode)
    plain.info.pop("icc_profile", None)
    return plain


def _converted(picture, profile, mode):
    try:
        # A profile of greys knows no transparency, which is put back afterwards.
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
    """The kind of colours a profile describes: "RGB", "CMYK", "GRAY"… or ``None``."""
    try:
        return ImageCms.getOpenProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
