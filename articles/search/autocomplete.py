"""Suggestions while a reader types: names and headlines, then words and phrases.

Only what has results is suggested, so that words of private pages are not given away.
"""

import re

from diptych.articles.languages.models import PageLanguage
from diptych.articles.linguistics.folding import fold, fold_line
from diptych.articles.linguistics.tokenizer import Token, is_stop_word, tokenize
from diptych.articles.search import vocabulary
from diptych.articles.search.inverted_index import HEADLINE, inverted_index
from diptych.articles.search.models import SearchEntry, SearchText
from diptych.articles.search.query_parser import parse_query, phrase_of, unfinished_term
from diptych.articles.search.scope import scope_of
from diptych.articles.search.snippets import FIELDS, written_phrase

#: The kinds of pages whose names are suggested.
NAMED = (SearchEntry.Kind.AUTHOR, SearchEntry.Kind.TOPIC)
#: Suggestions made at a time, and names and headlines among them.
SHOWN, NAMES, HEADLINES = 8, 3, 3
#: Phrases, each of which has to be read in a text.
PHRASES = 3
#: Headlines that are compared with the input.
COMPARED = 20
#: The most words before the last one that a completion must follow.
BESIDE = 4
QUOTES = frozenset('"“”„«»')


def suggestions_for(text, language, site=None):
    """Completions of ``text`` with results on ``site``: names, headlines, words and phrases.

    Without a ``site`` all of them are searched.
    """
    query = parse_query(text, language)
    term = unfinished_term(query)
    if term is None or query.text[term.token.end :]:
        return []
    words = vocabulary.completions(term.token.word, language)
    if not words:
        return []
    suggestions = Suggestions(query, term, words, scope_of(site))
    titles = suggestions.titles()
    texts = suggestions.texts(SHOWN - len(titles))
    # A title is not suggested once more in small letters.
    known = set(map(fold_line, titles))
    return [*titles, *(text for text in texts if fold_line(text) not in known)]


class Suggestions:
    """The suggestions for a ``query`` whose last ``term`` may become one of ``words``."""

    def __init__(self, query, term, words, scope):
        self.query, self.term, self.scope = query, term, scope
        self.language, self.index = query.language, inverted_index()
        self.words = {}
        for word, stem, spelling in words:
            if not is_stop_word(word, self.language):
                # The index knows stems: of one of them, the most common form is suggested.
                self.words.setdefault(stem, Token(0, 0, word, stem, spelling))
        self.before = query.text[: term.token.start]

    def titles(self):
        """The names of authors and topics and the headlines of articles that have the words.

        What begins as the text that was typed comes first.
        """
        stems = dict.fromkeys([self.term.stem, *self.words])
        conditions = [
            *self.query.conditions(without=[self.term], in_headline=True),
            [(stem,) for stem in stems],
        ]
        named = self.index.named(conditions, self.language, NAMED, self.scope)
        entries = self.index.find(
            conditions, self.language, COMPARED, fields=HEADLINE, scope=self.scope
        )
        articles = [entry.row for entry in entries if entry.kind == SearchEntry.Kind.ARTICLE]
        visible = PageLanguage.objects.visible_in(self.language).filter(pk__in=[*named, *articles])
        texts = dict(visible.values_list("pk", "search_entry__text__original__headline"))
        names = sorted(texts[row] for row in named if row in texts)
        headlines = [texts[row] for row in articles if row in texts]
        return [*self._nearest(names)[:NAMES], *self._nearest(headlines)[:HEADLINES]]

    def _nearest(self, titles):
        """``titles`` that begin as the text typed, those that contain it and, of words that tell
        something, the others."""
        is_whole = len(self.term.token.word) < vocabulary.SHORTEST_BEGINNING
        typed = re.escape(fold_line(self.query.text))
        typed = re.compile(rf" {typed}(?!\w)" if is_whole else f" {typed}")
        places = {}
        for title in titles:
            found = typed.search(f" {fold_line(title)}")
            if found or not self.query.has_only_stop_words:
                places[title] = min(found.start(), 1) if found else 2
        return sorted(places, key=places.get)

    def texts(self, limit):
        """What was typed with its last word written to the end, as some text has it.

        After a function word or an apostrophe it has to stand there in that text: « route du
        nord ». Other words have to be somewhere in it.
        """
        preceding = self._preceding_words()
        stems = {token.stem for token in preceding}
        without = [self.term, *(each for each in self.query.terms if each.stem in stems)]
        others = self.query.conditions(without=without)
        typed = self.query.text[self.term.token.start :]
        tried = [token for token in self.words.values() if preceding or token.spelling != typed]
        asked = [
            [*others, *phrase_of([*preceding, token], self.language).conditions] for token in tried
        ]
        rows = self.index.with_matches(asked, self.language, self.scope)
        found = {tried[number]: rows[number] for number in sorted(rows)[:limit]}
        if not self.before.strip():
            return [token.spelling for token in found]
        return list(self._phrases(preceding, dict(list(found.items())[:PHRASES])))

    def _phrases(self, preceding, found):
        """Each completion in the spelling of a text, preceded by the words typed before it."""
        texts = SearchText.objects.only(*FIELDS, "original").in_bulk(found.values())
        start = preceding[0].start if preceding else self.term.token.start
        typed, before = self.query.text[start:], self._in_own_spelling(self.query.text[:start])
        for token, row in found.items():
            words = [*preceding, token]
            stems = tuple(each.stem for each in words)
            phrase = written_phrase(texts[row], stems, self.language)
            if is_stop_word(words[0].word, self.language) or token is words[0]:
                # It may begin a sentence there.
                is_name = token is words[0] and not token.spelling.islower()
                phrase = phrase if is_name else phrase[:1].lower() + phrase[1:]
            if fold_line(phrase).startswith(fold_line(typed)) and phrase != typed:
                yield f"{before}{phrase}"

    def _preceding_words(self):
        """The words, in order, that a completion of the last word must follow."""
        tokens, preceding, start = tokenize(self.before, self.language), [], self.term.token.start
        for token in tokens[: -BESIDE - 1 : -1]:
            is_glued = not any(char.isspace() for char in self.before[token.end : start])
            is_common = is_stop_word(token.word, self.language)
            if QUOTES & {*self.before[token.end : start]}:
                break
            if not (preceding or is_glued or is_common):
                break
            preceding.insert(0, token)
            start = token.start
            if not is_common:
                break
        return preceding

    def _in_own_spelling(self, text):
        """``text`` with the accents, capitals and apostrophes of its words."""
        tokens = tokenize(text, self.language)
        plain = [token for token in tokens if token.spelling.isascii()]
        words = [each.word for each in plain if not is_stop_word(each.word, self.language)]
        spellings = vocabulary.spellings_of(words, self.language) if words else {}
        for token in reversed(plain):
            word = spellings.get(token.word)
            if word and fold(word) == fold(text[token.start : token.end]):
                text = text[: token.start] + word + text[token.end :]
        return text.replace("'", "’")
