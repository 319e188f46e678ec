"""What belongs beside an article, from the first words of a draft to the reader."""

from playwright.sync_api import expect

from tests.e2e.editor import ArticleEditor

TEXT = "La glaciologue mesure le névé du glacier."
FIRN, HUT = "Une carotte de névé", "Le refuge perché"


def titles(suggestions):
    return suggestions.locator(".diptych-related__title").all_inner_texts()


def test_suggestions_come_while_writing_and_reach_the_reader(sign_in, new_page):
    editor = ArticleEditor(sign_in("moderator"))
    french = editor.page.locator(".diptych-related section").first
    english = editor.page.locator(".diptych-related section").last
    shown = french.locator("ol > li")
    editor.create()
    editor.write("fr", headline="Le géant maigrit", lead="Un été de mesures.")
    editor.add_paragraph("fr", TEXT, "Paragraphe")
    editor.tab("Toutes les langues")

    firn, hut = shown.filter(has_text=FIRN), shown.filter(has_text=HUT)
    expect(firn).to_contain_text("Les deux parlent de")
    expect(firn).to_contain_text("« glaciologue »")
    expect(shown).to_have_count(3)
    expect(english).to_contain_text("Rien n’est encore écrit")
    expect(french.get_by_role("button", name="Proposer")).to_have_count(0)
    firn.locator("summary").click()
    firn.get_by_role("button", name="Proposer", exact=False).first.click()
    expect(firn).to_contain_text("Votre choix")
    hut.locator("summary").click()
    hut.get_by_role("button", name="en premier").click()
    expect(shown.first).to_contain_text(HUT)
    expect(hut).to_contain_text("Votre choix")
    unwanted = titles(shown)[2]
    shown.last.locator("summary").click()
    shown.last.get_by_role("button", name="Ne jamais").click()
    expect(shown.filter(has_text=unwanted)).to_have_count(0)
    expect(shown).to_have_count(3)
    others = french.locator(".diptych-related__more li").filter(visible=True)
    expect(others).to_have_count(0)
    french.get_by_text("Voir les autres").click()
    expect(others.first).to_be_visible()
    editor.drag("picks", 1, before=0)
    expect(shown.first).to_contain_text(FIRN)
    editor.press("Publier en français")

    reader = new_page()
    reader.goto("/fr/articles/le-geant-maigrit/")
    headlines = reader.locator(".related h3").all_inner_texts()
    assert headlines[:2] == [FIRN, HUT]
    assert len(headlines) == 3 and unwanted not in headlines

    editor.open("Le géant maigrit")
    editor.tab("English")
    editor.write("en", headline="The giant shrinks")
    editor.tab("Toutes les langues")
    expect(english).to_contain_text(f"« {HUT} » n’est pas en ligne en anglais")
