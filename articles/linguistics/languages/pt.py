"""Portuguese."""

from django.utils.translation import pgettext_lazy

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "portuguese"
WORDS_PER_MINUTE = 181
SMALL_WORDS = """
    o a os as um uma uns umas de do da dos das ao à aos às e ou em no na nos nas com sem por
    para sobre sob entre é são está estão que quem seu sua seus suas este esta durante contra
    diante atrás
"""
REPEATED = "muito nos não sim pouco"
PICTURE_WORDS = """
    vista mapa cartaz bandeira mulher mulheres homem homens jovem jovens crianças capa desenho
    gráfico sorridente sentado estudantes
"""
MACHINE_PHRASES = (
    r"^uma imagem (contendo|com|que contem) .*\bdescricao\b",
    r"\bdescricao gerada automaticamente",
    r"\bconteudo gerado por ia pode estar incorreto",
    r"\bpode ser uma imagem de\b",
    r"\bnenhuma descricao de foto disponivel",
)
TRANSLATED_FROM = pgettext_lazy("Translated …", "from Portuguese")
