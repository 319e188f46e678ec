"""Block types that a project adds to the bodies of pages, by ``DIPTYCH_BODY_BLOCKS``."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

#: Where added blocks stand in the menu that name no group.
GROUP = gettext_lazy("Blocks of this site")
SETTING = "DIPTYCH_BODY_BLOCKS"


class FaultyBlock(blocks.Block):
    """Stands for an added block that cannot be made.

    Reading one of its values raises ``ImproperlyConfigured``, so that no page is saved without
    the blocks of that type, while ``check`` can say what is wrong.
    """

    def __init__(self, fault):
        super().__init__()
        self.fault = fault

    def _refuse(self, *args, **kwargs):
        raise ImproperlyConfigured(self.fault)

    normalize = to_python = bulk_to_python = value_from_datadict = _refuse


@dataclass(frozen=True)
class AddedBlock:
    """An entry of the setting: ``block`` is ``None`` if its name is taken, ``fault`` a sentence."""

    name: str
    block: blocks.Block | None
    fault: str = ""


def added_blocks(taken):
    """An :class:`AddedBlock` for each entry of the setting; ``taken`` are names it may not have."""
    setting = getattr(settings, SETTING, {})
    if not isinstance(setting, Mapping):
        raise ImproperlyConfigured(
            _("%(setting)s is no dictionary of names and import paths.") % {"setting": SETTING}
        )
    return [_added(name, path, taken) for name, path in setting.items()]


def _added(name, path, taken):
    if not (isinstance(name, str) and name.isidentifier()):
        return AddedBlock(str(name), None, _("“%(name)s” is no name.") % {"name": name})
    if name in taken:
        fault = _("“%(name)s” is a block of the plugin; choose another name.")
        return AddedBlock(name, None, fault % {"name": name})
    try:
        return AddedBlock(name, _made(path))
    except ValueError as error:
        fault = _("“%(name)s”: %(fault)s") % {"name": name, "fault": error}
        return AddedBlock(name, FaultyBlock(fault), fault)


def _made(path):
    """The block at an import path, a class or an instance; ``ValueError`` if there is none."""
    if not isinstance(path, str):
        raise ValueError(_("an import path is needed, such as “myapp.blocks.ChartBlock”."))
    try:
        found = import_string(path)
    except ImportError as error:
        raise ValueError(
            _("%(path)s cannot be imported (%(error)s).") % {"path": path, "error": error}
        ) from error
    if isinstance(found, type) and issubclass(found, blocks.Block):
        found = _instance(found, path)
    if not isinstance(found, blocks.Block):
        raise ValueError(_("%(path)s is no block.") % {"path": path})
    found.meta.group = found.meta.group or GROUP
    return found


def _instance(block_class, path):
    try:
        return block_class()
    except TypeError as error:
        raise ValueError(
            _("%(path)s cannot be made without arguments (%(error)s). Name an instance of it.")
            % {"path": path, "error": error}
        ) from error
