"""What is kept private stays so wherever it would be shown, and can be opened by whoever may."""

from wagtail.models import PageViewRestriction

from tests.factories import make_article, make_author, make_image, make_topic


def keep_private(page, kind=PageViewRestriction.LOGIN, **values):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


def test_a_page_opens_with_its_password(journal, client):
    article = make_article(journal)
    restriction = keep_private(article, PageViewRestriction.PASSWORD, password="glace")
    form = client.get("/en/stories/the-lake-freezes/")
    action = f"/en/_util/authenticate_with_password/{restriction.pk}/{article.pk}/"
    assert action in form.content.decode()
    data = {"password": "glace", "return_url": "/en/stories/the-lake-freezes/"}
    client.post(action, data)
    assert "Text of The lake freezes." in client.get(data["return_url"]).content.decode()


def test_a_page_for_members_leads_to_a_login_that_exists(journal, client):
    keep_private(make_article(journal))
    login = client.get("/en/stories/the-lake-freezes/")
    assert login.status_code == 302
    assert client.get(login["Location"]).status_code == 200


def test_private_authors_and_topics_are_not_shown_on_public_articles(journal, client):
    author = make_author(
        journal, photo=make_image(width=64, height=48), biography_en="<p>A secret life.</p>"
    )
    topic = make_topic(journal)
    make_article(journal, authors=[author], topics=[topic])
    address = "/en/stories/the-lake-freezes/"
    before = client.get(address).content.decode()
    assert "A secret life." in before and "/en/topics/climate/" in before
    keep_private(author)
    keep_private(journal.topics)
    after = client.get(address).content.decode()
    assert "A secret life." not in after
    assert "/en/authors/lea-rochat/" not in after and "/en/topics/climate/" not in after
