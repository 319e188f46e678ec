"""Words that say nothing of what a text is about, beside the stop words of search."""

from functools import cache

from diptych.articles.linguistics.folding import fold
from diptych.articles.linguistics.tokenizer import is_stop_word, main_language

WORDS = {
    "fr": """
        abord afin ailleurs ainsi alentour aller allez allons aller allait allaient arrière assez
        auparavant auprès aujourd hui auquel autant autour autrefois autrement avaient
        avais bas beaucoup bien bientôt bref cependant certain certaine certaines certains certes
        chacun chacune cinq combien contraire contre côté davantage
        debout dedans dehors déjà demain derrière désormais dessous dessus deux devant devoir doit
        doivent devait devaient dix donner donc dorénavant effet également enfin ensemble ensuite
        entier entière environ exemple façon faire faisait faisant faites faut fois font
        grâce guère haut hier huit ici jadis jamais jour jours juste laisser
        loin longtemps lorsque maintenant malgré manière mettre mieux moindre moitié moment naguère
        néanmoins neuf non notamment nôtre nul nulle oui outre parfois parmi partout passer peine
        personne plupart plusieurs plutôt pourtant pouvoir pouvait pouvaient pourrait pourraient
        premier première prendre presque proche quant quatre quelqu quelque quelquefois quelques
        rien savoir selon sept seul seule seulement seuls sinon sitôt six soit soudain souvent
        suivant surtout tantôt tard tellement tenir tôt toujours toutefois travers très trois trop
        unique vais va vas vers veut veulent venir viennent vient vois voit voient voir vôtre
        voulait vouloir
        vraiment
        onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante
        septante huitante octante nonante cent cents mille million millions milliard milliards
        dizaine douzaine quinzaine vingtaine trentaine centaine centaines millier milliers
        second seconde deuxième troisième quatrième cinquième dernier dernière
    """,
    "en": """
        able above according accordingly across actually ago ahead almost alone along already
        although always among amongst amount another anybody anyone anything anyway apart around
        aside away back became become becomes behind below beneath beside besides best better
        beyond bring came certain certainly come comes coming considering could course despite
        doubt eight either else elsewhere enough entire especially etc even everybody everyone
        everything everywhere example far fewer fifth first five former formerly forth found four
        fourth furthermore gave general get gets getting give given gives go goes going gone got
        half hence hereby hitherto however indeed inside instead itself keep kept knew know known
        knows largely last later latter least less let like likely look looked looking lot made
        mainly make makes making many maybe mean means meanwhile mere merely moreover mostly much
        namely near nearly need needs neither never nevertheless next nine nobody none nonetheless
        nothing notwithstanding nowhere now obviously often one onto otherwise outside overall
        particular particularly past per perhaps please plus possible possibly probably put quite
        rather really regarding respectively right said saw say saying says second see seem seemed
        seems seen sent several six seven shows simply since six somebody somehow someone something
        sometimes somewhat somewhere soon still take taken takes taking tell ten thanks thereafter
        therefore thereby third though three throughout thus together told took toward towards
        tried try trying twice two unless unlike unlikely upon use used uses using usually various
        via want wanted wants way ways well went whatever whenever whereas wherever whether whole
        within without worth yet zero
        eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
        forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
        billion billions dozen dozens
    """,
}


def is_function_word(word, language):
    """Whether a folded word is a function word of ``language``, or as common."""
    return is_stop_word(word, language) or word in _function_words(main_language(language))


@cache
def _function_words(language):
    return frozenset(map(fold, WORDS.get(language, "").split()))
