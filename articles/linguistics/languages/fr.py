"""French."""

from django.utils.translation import pgettext_lazy

from diptych.articles.linguistics.languages.unknown import *

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_NO_BREAK = "\N{NO-BREAK SPACE}"

STEMMER = "french"
WORDS_PER_MINUTE = 195
ELIDED = "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu"
INCLUSIVE_JOINTS = r"[.\-/]"
INCLUSIVE_ENDINGS = (
    "[er]?s|x|e|ne|nes|le|les|te|tes|ve|ves|se|ses|sse|sses|re|res|che|ches|fe|fes"
    "|[eè]re|[eè]res|i[eè]re|i[eè]res|euse|euses|eure|eures|esse|esses|ale|ales"
    "|t?rice|t?rices|ice|ices|elle|elles|enne|ennes|lle|lles|nne|nnes|onne|onnes|tte|ttes"
)
STOP_WORDS = """
    à ai aie aient ait alors après as au aucun aucune aussi autre autres aux avait avant avec
    avez avoir avons c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci
    comme comment d dans de depuis des dès donc dont du durant elle elles en encore entre es
    est et étaient était étant été êtes être eu eux fait font hors il ils j je jusqu jusque l
    la là laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma
    mais me même mêmes mes mien moi moins mon n ne ni nos notre nous on ont ou où par parce
    pas pendant peu peut plus pour pourquoi près puis puisque qu quand que quel quelle quelles
    quels qui quoi quoique s sa sans se sera ses si sien soi sois soit son sommes sont sous
    suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très tu
    un une vers via voici voilà vos votre vous y
"""
FUNCTION_WORDS = """
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
"""
SMALL_WORDS = """
    le la les l un une des du de d à au aux et ou en dans sur sous avec sans pour par devant
    derrière entre est sont qui que dont se son sa ses leur leurs ce cette ces il elle on vers
    chez contre lors depuis pendant
"""
REPEATED = "nous vous très si bien tout trop deux non oui là"
PICTURE_WORDS = """
    vue carte affiche drapeau drapeaux femme femmes homme hommes jeune jeunes enfants
    couverture poignée tableau dessin graphique montrant souriant assis debout étudiants
"""
MACHINE_PHRASES = (
    r"^une (image|photo) contenant\b",
    r"\bdescription (generee|creee) automatiquement( avec un niveau de confiance \w+)?",
    r"\bdescription (automatique|generee) par (l ?')?(une )?(ia|intelligence artificielle)\b",
    r"\btexte (alternatif )?genere (automatiquement|par (l ?')?ia)\b",
    r"\bcontenu genere par (l ?')?ia (peut|pourrait) etre incorrect",
    r"\bpeut etre une (image|photo|illustration)\b",
    r"\b(l ?')?(image|photo) (contient peut-etre|peut contenir)\b",
    r"\baucune description de (la )?photo disponible",
)
ENDINGS = (
    ("(?<=.{2}[^ais])s$", ""),
    ("(?<=.{2})ee$", "e"),
    ("(?<=.{3})iere$", "ier"),
    ("(?<=g)ere$|(?<=ch)ere$|(?<=ll)ere$", "er"),
    ("(?<=..)trice$", "teur"),
    ("(?<=.{3})(?:euse|eux)$", "eur"),
    ("(?<=.)if$", "ive"),
)
INFLECTIONS = (
    ("(?<=.{2})aux$", "al"),
    ("(?<=.{2})x$", ""),
    ("(?<=.{2})e$", ""),
)
# In *a* or *i*: « lois » to « loi ».
PLURALS = """
    abri ami appui balai convoi delai emploi ennui envoi essai loi octroi paroi quai renvoi roi
    ski souci taxi tournoi vrai agenda camera cinema mafia media opera panda pizza pyjama sauna
    schema sofa soja tombola veranda villa visa vodka
"""
IRREGULAR = """
    adieu adieux
    aieul aieux
    aveu aveux
    bail baux
    bas basse basses
    beau bel belle belles beaux
    blanc blanche blanches
    boyau boyaux
    chef cheffe cheffes
    cheveu cheveux
    ciel cieux
    cle cles clef clefs
    copain copine copines
    corail coraux
    creux creuse creuses
    dieu dieux
    doux douce douces
    email emaux
    enjeu enjeux
    epais epaisse epaisses
    essieu essieux
    faux fausse fausses
    feu feux
    fou fol folle folles
    frais fraiche fraiches
    franc franche franches
    gentil gentille gentilles
    gras grasse grasses
    grec grecque grecques
    gros grosse grosses
    hebreu hebreux
    ideal ideaux
    jeu jeux
    joyau joyaux
    laic laique laiques
    lieu lieux
    long longue longues
    maitre maitresse maitresses
    mal maux
    materiau materiaux
    milieu milieux
    neuf neuve neuves
    nenuphar nenuphars nenufar nenufars
    neveu neveux
    nouveau nouvel nouvelle nouvelles nouveaux
    noyau noyaux
    oignon oignons ognon ognons
    oeil yeux
    paysan paysanne paysannes
    public publique publiques
    relais relai
    roux rousse rousses
    sec seche seches
    soupirail soupiraux
    travail travaux
    turc turque turques
    tuyau tuyaux
    veuf veuve veuves
    vieux vieil vieille vieilles
    vitrail vitraux
    voeu voeux
"""
WHOLE = """
    abus
    clos
    compris comprise comprises
    compromis compromise compromises
    confus
    diffus
    divers diverse diverses
    exclus
    fier fiere fiers fieres
    fois
    foyer foyers
    francais francaise francaises
    hiver hivers
    inclus
    inedit inedits inedite inedites
    interdit interdits interdite interdites
    intrus
    loyer loyers
    mere meres
    mois
    manuscrit manuscrits manuscrite manuscrites
    musee musees
    noyer noyers
    parfait parfaits parfaite parfaites
    permis permise permises
    petit petits petite petites
    precis precise precises
    promis promise promises
    propos
    refus
    repos
    repris reprise reprises
    satisfait satisfaits satisfaite satisfaites
    soumis soumise soumises
    surpris surprise surprises
"""
QUOTATIONS = {
    "": (("«", "»", _NARROW), ("“", "”", ""), ("‘", "’", "")),
    "ch": (("«", "»", _NARROW), ("‹", "›", _NARROW), ("“", "”", "")),
}
# Of the territories left out, such as Canada, the conventions are not known.
TERRITORIES = {"fr": "", "be": "", "lu": "", "mc": "", "ch": "ch"}
_IN_EVERY_TERRITORY = {
    "before_high": _NARROW,
    "before_sign": _NO_BREAK,
    "raises_ordinals": True,
}
TYPOGRAPHY = {
    "": {
        "name": "fr-FR",
        "before_colon": _NO_BREAK,
        "before_percent": _NARROW,
        **_IN_EVERY_TERRITORY,
    },
    "ch": {
        "name": "fr-CH",
        "before_colon": _NARROW,
        "groups_with_apostrophe": True,
        "has_round_prices": True,
        **_IN_EVERY_TERRITORY,
    },
}
COUNTED = (
    *("an", "ans", "années", "mois", "semaines", "jour", "jours", "heure", "heures"),
    *("minute", "minutes", "secondes"),
    *("pages", "personnes", "degrés", "mètres", "kilomètres", "kilos", "litres"),
)
UNITS = (
    *("million", "millions", "milliard", "milliards", "billion", "billions", "mio", "mrd", "Mrd"),
    *("francs", "euros", "dollars", "centimes", "fr.", "ct."),
    *COUNTED,
)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
REFERENCES = ("p.", "pp.", "art.", "al.", "chap.", "fig.", "vol.", "t.", "no", "nos", "Fr.")
PARTS = (
    *("page", "pages", "chapitre", "chapitres", "tome", "tomes", "livre", "volume", "volumes"),
    *("article", "articles", "alinéa", "figure", "tableau", "annexe", "acte", "scène", "chant"),
    *("numéro", "note", "ligne", "lignes", "section", "partie", "vol.", "chap.", "t.", "art."),
)
PLACES = ("pages", "page", "chapitres", "articles", "lignes", "vers", "volumes")
TITLES = ("M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Dre", "Pr", "Pre", "Me", "Mgr")
CENTURIES = (
    *("siècle", "siècles", "millénaire", "millénaires", "République", "arrondissement"),
    *("éd", "édition", "éditions"),
)
STARTS = (
    *("Au", "Aucun", "Aussi", "Aux", "Avec", "Ce", "Cela", "Ces", "Cet", "Cette", "Comme"),
    *("C’est", "Dans", "De", "Depuis", "Des", "Donc", "Du", "Elle", "Elles", "En", "Est", "Et"),
    *("Il", "Ils", "Je", "J’ai", "La", "Le", "Les", "Leur", "Lors", "Mais", "Ni", "Nous", "On"),
    *("Or", "Ou", "Par", "Pas", "Pour", "Puis", "Quand", "Que", "Qui", "Quoi", "Qu’il", "Sa"),
    *("Sans", "Ses", "Si", "Son", "Sur", "Tous", "Tout", "Un", "Une", "Vous", "À", "Ça"),
)
OPEN_GRAPH_LOCALE = "fr_FR"
TRANSLATED_FROM = pgettext_lazy("Translated …", "from French")
