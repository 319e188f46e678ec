"""Words that hold but could not be written: they wait in the session of who typed them.

Only the changes are kept, never a catalogue, so they are shown over what the file says now.
"""

from articles.interface_texts.entries import entries_by_key, forms_needed, put
from articles.interface_texts.faults import forms_of

SESSION_KEY = "diptych_words"


class Drafts:
    def __init__(self, session, catalogue):
        self.session = session
        self.place = str(catalogue.path)

    def all(self):
        """The waiting words by the key of their entry, each a list of plural forms."""
        return dict(self.session.get(SESSION_KEY, {}).get(self.place, {}))

    def keep(self, words):
        self._store(self.all() | words)

    def forget(self, keys):
        waiting = self.all()
        if waiting.keys() & set(keys):
            self._store({key: forms for key, forms in waiting.items() if key not in keys})

    def over(self, file):
        """The waiting words that a catalogue has entries for; forget what it says by now."""
        entries = entries_by_key(file)
        waiting = {key: forms for key, forms in self.all().items() if key in entries}
        said = {
            key
            for key, forms in waiting.items()
            if forms_of(entries[key]) == forms and not entries[key].fuzzy
        }
        self.forget(said)
        return {key: forms for key, forms in waiting.items() if key not in said}

    def put_into(self, file):
        """Lay the waiting words over a catalogue that is going to be downloaded.

        Those that no longer have as many forms as their entry are left out.
        """
        entries = entries_by_key(file)
        for key, forms in self.over(file).items():
            entry = entries[key]
            if len(forms) == (forms_needed(file) if entry.msgid_plural else 1):
                put(entry, forms)

    def _store(self, words):
        everything = dict(self.session.get(SESSION_KEY, {}))
        everything.pop(self.place, None)
        if words:
            everything[self.place] = words
        self.session[SESSION_KEY] = everything
