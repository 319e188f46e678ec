"""A film of another site: nothing is asked of that site before the reader asks for the film."""

from urllib.parse import urlsplit

PLAYER = "https://www.youtube-nocookie.com/**"


def test_a_film_is_loaded_on_a_click_and_nothing_before(new_page, subtests):
    page, asked = new_page(), []
    page.route(PLAYER, lambda route: route.fulfill(content_type="text/html", body="<p>A film"))
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    page.goto("/en/stories/all-that-an-article-can-show/")
    here = urlsplit(page.url).netloc
    page.wait_for_load_state("networkidle")
    with subtests.test("before"):
        assert {each.netloc for each in asked if each.scheme != "data"} == {here}
        assert page.locator("iframe").count() == 0
    asked.clear()
    page.get_by_role("button", name="Show it here").click()
    frame = page.frame_locator("iframe[title]")
    with subtests.test("after"):
        assert frame.locator("p").text_content() == "A film"
        assert {each.netloc for each in asked} - {here} == {"www.youtube-nocookie.com"}
        assert page.evaluate("document.activeElement.tagName") == "IFRAME"
