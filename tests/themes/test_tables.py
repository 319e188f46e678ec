"""Figures in tables stand at the end of their column."""

from time import process_time

import pytest
from bs4 import BeautifulSoup

from diptych.themes.parts.tables import number_columns
from tests.factories import blocks, make_article


def columns(*rows, **options):
    return number_columns({"data": [list(row) for row in rows], **options})


@pytest.mark.parametrize(
    "cell",
    [
        "1", "1 200", "1\u202f200,50", "1’200.–", "CHF 20.–", "+3", "−4,5 %", "12%", "€ 5", "285 m",
        "7 km²", "120 km/h", "2024", "1,234.5", "<5", "90 kWh", "3 °", "–12", "5.5",
    ],
)  # fmt: skip
def test_numbers_are_known_with_signs_and_units(cell):
    assert columns(("Lac", cell)) == {1}


@pytest.mark.parametrize("cell", ["douze", "12 personnes", "3 mai 2024", "Genève", "a1", "20h–22h"])
def test_words_are_none(cell):
    assert columns(("Lac", cell)) == set()


def test_a_cell_of_spaces_takes_no_time():
    many = " " * 4000
    before = process_time()
    assert columns(("Lac", f"<{many}x")) == columns(("Lac", f"1{many}!")) == set()
    assert columns(("Lac", f"<{many}5")) == {1}
    assert process_time() - before < 1


def test_a_column_is_one_of_numbers_as_a_whole():
    assert columns(("a", "1", "1"), ("b", "2", "?"), ("c", None, "deux")) == {1}
    assert columns(("a", "–"), ("b", "n. d.")) == set()
    assert columns(("Année", "Lu"), ("2024", "1"), first_row_is_table_header=True) == {0, 1}
    assert columns(("2024", "1"), first_col_is_header=True) == {1}
    assert columns() == set()
    assert columns(("1", "2"), ("3",)) == {0, 1}


@pytest.mark.django_db
def test_a_page_marks_the_cells_and_their_header(journal, client):
    data = [["Lac", "Surface"], ["Léman", "580 km²"], ["Joux", "9,5 km²"]]
    table = {"data": data, "first_row_is_table_header": True, "first_col_is_header": True}
    make_article(journal, body_fr=blocks(("table", {"table": table})))
    page = BeautifulSoup(client.get("/fr/articles/le-lac-gele/").content, "lxml")
    marked = [
        each.get_text(strip=True).replace("\u202f", " ") for each in page.select(".table__number")
    ]
    assert [each.replace("\xa0", " ") for each in marked] == ["Surface", "580 km²", "9,5 km²"]
