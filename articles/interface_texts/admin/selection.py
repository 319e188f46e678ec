"""The texts of a catalogue that the query string of the form asks for."""

from django.db.models import Max
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from diptych.articles.interface_texts.catalogues import entries_by_state, entry_key
from diptych.articles.interface_texts.places import ADMINISTRATION, order, places_of
from diptych.articles.linguistics.folding import fold_line

STATES = {
    "all": gettext_lazy("All texts"),
    "untranslated": gettext_lazy("Without words"),
    "fuzzy": gettext_lazy("To be checked"),
    "unconfirmed": gettext_lazy("To be confirmed"),
    "translated": gettext_lazy("Translated"),
    "changed": gettext_lazy("Changed here"),
}
TABS = {
    "readers": gettext_lazy("What readers see"),
    "administration": gettext_lazy("Administration"),
}


def _number(count):
    """``count`` as the active language writes it: « 1 645 », "1,645"."""
    return number_format(count, force_grouping=True)


class Selection:
    """The selection: a tab, a place, a state and a search query.

    ``parameters`` are those of the request, ``file`` is the parsed catalogue, ``changes`` the
    queryset of its changes, ``unconfirmed`` are the keys of texts with a translation to be
    confirmed, and ``texts_of`` gives all texts of an entry for the search.
    """

    def __init__(self, parameters, file, changes, unconfirmed, texts_of):
        self.query = parameters.get("query", "").strip()
        self.tab = _one_of(TABS, parameters.get("tab"))
        self.state = _one_of(STATES, parameters.get("msg_filter"))
        self.asked_place = parameters.get("place", "")
        self.file = file
        self.changes = changes
        self.unconfirmed = unconfirmed
        self.texts_of = texts_of

    @cached_property
    def entries(self):
        """The selected entries: by place, and those changed here the newest first."""
        entries = self._in_state[self.state]
        if self.state == "changed":
            return sorted(entries, key=lambda each: self._changed[entry_key(each)], reverse=True)
        if self.tab == "administration":
            return entries
        places = order()
        return sorted(entries, key=lambda each: places.index(self.places(each)[0]))

    @property
    def is_by_place(self):
        return self.tab == "readers" and self.state != "changed"

    def places(self, entry):
        """The places of an entry where readers meet it."""
        return self._places[entry_key(entry)]

    @cached_property
    def place(self):
        """The place that is filtered for, or None."""
        places = order() if self.tab == "readers" else ()
        return next((place for place in places if place.name == self.asked_place), None)

    # Options

    def tabs(self):
        return [
            {
                "name": name,
                "label": label,
                "count": _number(len(self._tabs[name])),
                "on": name == self.tab,
            }
            for name, label in TABS.items()
        ]

    def states(self):
        return [
            {
                "name": name,
                "label": label,
                "count": _number(len(self._in_state[name])),
                "on": name == self.state,
            }
            for name, label in STATES.items()
        ]

    def place_choices(self):
        return [
            {
                "name": place.name,
                "label": place.label,
                "count": _number(count),
                "on": place == self.place,
            }
            for place, count in self._place_counts
        ]

    # Entries

    @cached_property
    def _places(self):
        return {entry_key(entry): places_for_readers(entry) for entry in self.file}

    @cached_property
    def _changed(self):
        """Map the keys of the texts that were changed here to their newest change."""
        newest = self.changes.order_by().values("key").annotate(newest=Max("pk"))
        return {row["key"]: row["newest"] for row in newest}

    @cached_property
    def _tabs(self):
        entries = entries_by_state(self.file)["all"]
        if self.query:
            wanted = fold_line(self.query)
            entries = [each for each in entries if wanted in fold_line(self.texts_of(each))]
        return entries_by_tab(entries)

    @cached_property
    def _place_counts(self):
        """The places that have texts in this tab, with their number, and the one filtered for."""
        entries = self._tabs[self.tab]
        counts = ((place, sum(place in self.places(each) for each in entries)) for place in order())
        return [(place, count) for place, count in counts if count or place == self.place]

    @cached_property
    def _in_state(self):
        entries = self._tabs[self.tab]
        if self.place:
            entries = [entry for entry in entries if self.place in self.places(entry)]
        states = entries_by_state(entries)
        changed = [entry for entry in entries if entry_key(entry) in self._changed]
        unconfirmed = [entry for entry in entries if entry_key(entry) in self.unconfirmed]
        return {**states, "changed": changed, "unconfirmed": unconfirmed}


def places_for_readers(entry):
    """The places of an entry where readers meet it; none for a text of the administration."""
    return [place for place in places_of(entry) if place != ADMINISTRATION]


def entries_by_tab(entries):
    """Divide entries into texts for readers and texts of the admin only."""
    readers = [entry for entry in entries if places_for_readers(entry)]
    administration = [entry for entry in entries if not places_for_readers(entry)]
    return {"readers": readers, "administration": administration}


def _one_of(choices, asked):
    return asked if asked in choices else next(iter(choices))
