"""What is measured: each flow, why it matters, and how much work it has to do."""

from dataclasses import dataclass

#: The fewest articles with which every list is full.
FEWEST = 200


@dataclass(frozen=True)
class Work:
    """How many of something a flow has to do each time, at least."""

    unit: str
    number: int = 0
    for_each_article: int = 0

    def expected(self, articles):
        return self.number + self.for_each_article * articles


@dataclass(frozen=True)
class Flow:
    """Something readers or editors do.

    ``steps`` is ``module.Class`` below ``benchmarks.flows``; ``workload`` is checked after the
    clock has stopped, and so is that nothing in ``never`` happened.
    """

    name: str
    why: str
    does: str
    steps: str
    workload: tuple
    never: tuple = ()

    def failures(self, done, articles):
        """Why the flow did not do what it declares, as sentences."""
        sentences = []
        for work in self.workload:
            expected, found = work.expected(articles), done.get(work.unit, 0)
            if found < expected:
                sentences.append(f"{work.unit}: {found} instead of {expected}")
        for unit in self.never:
            if done.get(unit, 0) > 0:
                sentences.append(f"{unit}: {done[unit]}, which must never happen")
        return sentences


LANGUAGES = Work("languages", 2)
SAVED = Work("languages saved", 2)

READING = (
    Flow(
        name="reading-home",
        why="Most visits begin here, and it shows more articles than any other page.",
        does="Opens the front page in each language, with an empty cache.",
        steps="reading.Home",
        workload=(LANGUAGES, Work("articles shown", 9)),
    ),
    Flow(
        name="reading-article",
        why="What readers come for, often straight from elsewhere.",
        does="Opens an article with authors, topics and pictures in each language.",
        steps="reading.Article",
        workload=(LANGUAGES, Work("articles shown", 3)),
    ),
    Flow(
        name="reading-list",
        why="The list of all articles must not grow slower with them.",
        does="Opens the first page of the list in each language.",
        steps="reading.List",
        workload=(LANGUAGES, Work("articles shown", 12)),
    ),
    Flow(
        name="reading-topic",
        why="Readers who liked an article go on by its topic.",
        does="Opens the first page of a topic that a quarter of the articles have.",
        steps="reading.Topic",
        workload=(LANGUAGES, Work("articles shown", 12)),
    ),
    Flow(
        name="reading-author",
        why="Authors send this address to everyone they know.",
        does="Opens the page of an author of a tenth of the articles.",
        steps="reading.Author",
        workload=(LANGUAGES, Work("articles shown", 12)),
    ),
    Flow(
        name="reading-search",
        why="The one page whose cost a reader chooses.",
        does="Searches each language for a word of every article, and for one of a single article.",
        steps="reading.Search",
        workload=(LANGUAGES, Work("articles shown", 12)),
    ),
    Flow(
        name="reading-feed",
        why="Feed readers ask for it every hour, whether there is news or not.",
        does="Fetches the feed of each language.",
        steps="reading.Feed",
        workload=(LANGUAGES, Work("articles shown", 20)),
    ),
    Flow(
        name="reading-sitemap",
        why="A crawler asks for every page at once.",
        does="Fetches the sitemap, with each page's versions in other languages.",
        steps="reading.Sitemap",
        workload=(Work("addresses", for_each_article=2),),
    ),
)

ROUTING = (
    Flow(
        name="routing",
        why="Every request begins with it, and a journal only ever grows.",
        does="Finds a page by its address in both languages, beside few and beside many others.",
        steps="routing.Routing",
        workload=(Work("siblings", for_each_article=1),),
        never=("wrong pages", "queries more than beside a few"),
    ),
)

EDITING = (
    Flow(
        name="opening-editor",
        why="The first thing an editor waits for.",
        does="Opens the editor of a stock page and of an article, both live.",
        steps="editing.Opening",
        workload=(Work("fields shown", 6),),
    ),
    Flow(
        name="opening-worklist",
        why="Translators look there first, and it lists every page in every language.",
        does="Opens the worklist as it is, sorted by headline, and filtered by what is missing.",
        steps="worklist.Worklist",
        workload=(Work("rows shown", 50),),
        never=("queries beyond 15",),
    ),
    Flow(
        name="opening-lists",
        why="Editors go through them all day, and a journal only ever grows.",
        does="Opens the explorer, the lists of the menu, the menu of pages and the page chooser.",
        steps="listing.Lists",
        workload=(Work("lists opened", 9),),
        never=("queries beyond 42",),
    ),
    Flow(
        name="searching-pages",
        why="Whoever looks for a page types a word that many of them have.",
        does="Searches all pages, two lists and the page chooser, for a common and a rare word.",
        steps="listing.Searching",
        workload=(Work("lists opened", 8),),
        never=("queries beyond 42",),
    ),
    Flow(
        name="saving-draft",
        why="What the language engine adds to the commonest thing an editor does.",
        does="Posts the form of a live stock page and of a live article as a draft.",
        steps="editing.Editing",
        workload=(SAVED, Work("revisions", 1)),
        never=("queries beyond 1.25 times stock",),
    ),
    Flow(
        name="autosaving",
        why="The browser saves while an editor types, several times a minute for each of them.",
        does="Posts the same forms as the browser does, over the revision of the last post.",
        steps="editing.Autosaving",
        workload=(SAVED,),
        never=("revisions added", "queries beyond 1.25 times stock"),
    ),
    Flow(
        name="publishing",
        why="What the language engine adds to the moment an article goes out.",
        does="Publishes a stock page, and an article in both languages.",
        steps="publishing.Publishing",
        workload=(Work("languages published", 2), Work("revisions", 1), Work("live rows", 2)),
    ),
    Flow(
        name="publishing-one-language",
        why="The other language's draft is put aside and brought back: twice the work.",
        does="Publishes French while English differs from what is live; beside a stock page.",
        steps="publishing.PublishingOneLanguage",
        workload=(Work("languages published", 1), Work("drafts kept", 1)),
        never=("drafts made public",),
    ),
)

WHOLE_SITE = (
    Flow(
        name="renaming-section",
        why="One click changes the address of everything below, and breaks no link.",
        does="Renames a list of articles in both languages; a stock page with as many below it.",
        steps="moving.RenamingSection",
        workload=(
            Work("addresses moved", for_each_article=2),
            Work("redirects", for_each_article=2),
            Work("stock addresses moved", for_each_article=1),
        ),
    ),
    Flow(
        name="rebuilding",
        why="What a project runs after an import, and what a check at each deployment costs.",
        does="Compares the page × language table, rebuilds it, rebuilds it from nothing.",
        steps="rebuilding.Rebuilding",
        workload=(Work("rows", for_each_article=2),),
        never=("pages out of date",),
    ),
    Flow(
        name="concurrent-editors",
        why="SQLite has one writer at a time: nobody's work may be lost to somebody else's.",
        does="Sixteen editors save and publish for 20 s through gunicorn, 2 workers × 4 threads.",
        steps="concurrency.ConcurrentEditors",
        workload=(Work("editors", 16), Work("saves", 48)),
        never=("lost saves", "errors", "database is locked"),
    ),
)

FLOWS = (*READING, *ROUTING, *EDITING, *WHOLE_SITE)
BY_NAME = {flow.name: flow for flow in FLOWS}
