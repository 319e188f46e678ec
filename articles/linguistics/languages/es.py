"""Spanish."""

from django.utils.translation import pgettext_lazy

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "spanish"
WORDS_PER_MINUTE = 218
SMALL_WORDS = """
    el la los las un una unos unas de del al a y o en con sin por para sobre bajo ante desde
    hasta entre es son está están que quien su sus este esta estos estas se durante contra
    delante detrás
"""
REPEATED = "muy nos no sí poco que"
PICTURE_WORDS = """
    vista mapa cartel bandera mujer mujeres hombre hombres joven jóvenes niños portada dibujo
    gráfico sonriente sentado estudiantes
"""
MACHINE_PHRASES = (
    r"^(una )?imagen que contiene\b",
    r"\bdescripcion generada automaticamente",
    r"\bcontenido generado por ia puede ser incorrecto",
    r"\bpuede ser una imagen de\b",
    r"\bno hay ninguna descripcion de la foto disponible",
)
TRANSLATED_FROM = pgettext_lazy("Translated …", "from Spanish")
