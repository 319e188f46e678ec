"""The tables of the translation tools; Django looks for them here."""

from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText

__all__ = ["MachineDraft", "MachineText"]
