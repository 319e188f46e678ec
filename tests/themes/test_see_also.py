"""What a topic shares with others, and an author, by the articles that readers can open."""

from bs4 import BeautifulSoup

from tests.factories import make_article, make_author, make_topic


def named(client, address, section):
    """The links of a section with the words beside them, ``None`` where there is no section."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = page.select_one(f".{section}")
    if found is None:
        return None
    return [(link.text, link.find_parent("li").text.split()[-4]) for link in found.select("li a")]


def test_topics_and_people_are_named_by_the_articles_they_share(journal, client):
    climate, health, law, art = (make_topic(journal, name, name) for name in "CHLA")
    french_topic = make_topic(journal, "Patois", None, live_in=("fr",))
    lea, max_, zoe, ann = (make_author(journal, name) for name in ("Léa", "Max", "Zoé", "Ann"))
    for number in range(2):
        topics, people = [climate, health, law][: 3 - number], [lea, zoe, max_][: 3 - number]
        make_article(journal, f"Un {number}", f"One {number}", topics=topics, authors=people)
    make_article(journal, "Bas", None, live_in=("fr",), topics=[climate, art, french_topic])
    make_article(journal, "Brouillon", "Draft", live_in=(), topics=[climate, art], authors=[ann])
    alone = make_topic(journal, "Seule", "Alone")
    make_article(journal, "Seul", "On its own", topics=[alone], authors=[ann])

    assert named(client, "/en/topics/c/", "see-also") == [("H", "2"), ("L", "1")]
    french = named(client, "/fr/thematiques/c/", "see-also")
    assert french == [("H", "2"), ("A", "1"), ("L", "1"), ("Patois", "1")]
    assert named(client, "/en/authors/lea/", "co-authors") == [("Zoé", "2"), ("Max", "1")]
    assert named(client, "/en/topics/alone/", "see-also") is None
    assert named(client, "/en/authors/ann/", "co-authors") is None
