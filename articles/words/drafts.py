"""Words that hold but could not be written: they wait in the session of who typed them.

Only the changes are kept, never a catalogue, so they are shown over what the file says now.
"""

from articles.words.entries import entries_by_key, put

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

    def put_into(self, file):
        """Lay the waiting words over a catalogue that is going to be downloaded."""
        entries = entries_by_key(file)
        for key, forms in self.all().items():
            if entry := entries.get(key):
                put(entry, forms)

    def _store(self, words):
        everything = dict(self.session.get(SESSION_KEY, {}))
        everything.pop(self.place, None)
        if words:
            everything[self.place] = words
        self.session[SESSION_KEY] = everything
