"""The tables of the translation tools; Django looks for them here."""

from diptych.articles.translation_tools.concordance.models import (
    AlignedText,
    MemoryPair,
    PendingPage,
    TranslationMemory,
)
from diptych.articles.translation_tools.faults.models import MutedFault
from diptych.articles.translation_tools.glossary.models import Concept, MutedHint, Term
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText

__all__ = [
    "AlignedText",
    "Concept",
    "MachineDraft",
    "MachineText",
    "MemoryPair",
    "MutedFault",
    "MutedHint",
    "PendingPage",
    "Term",
    "TranslationMemory",
]
