"""Word forms that the stemmers do not reduce to one stem, by language.

Every word here is folded: without case, accents and ligatures.
"""

import re

#: Replacements of endings made before stemming, in this order: plural to singular, before the
#: stemmer mistakes an ending for that of a verb (« danger, dangers »), and feminine to masculine
#: or the reverse, whichever leads to fewer mistakes.
ENDINGS = {
    "fr": [
        (re.compile(r"(?<=.{2}[^ais])s$"), ""),
        (re.compile(r"(?<=.{2})ee$"), "e"),
        (re.compile(r"(?<=.{3})iere$"), "ier"),
        (re.compile(r"(?<=g)ere$|(?<=ch)ere$|(?<=ll)ere$"), "er"),
        (re.compile(r"(?<=..)trice$"), "teur"),
        (re.compile(r"(?<=.{3})(?:euse|eux)$"), "eur"),
        (re.compile(r"(?<=.)if$"), "ive"),
    ],
    "de": [(re.compile(r"(?<=.{3})innen$"), "")],
    # American spellings to British ones.
    "en": [
        (re.compile(r"(?<=.{3})iz(?=(?:e[drs]?|ers|ing|ations?|ational)$)"), "is"),
        (re.compile(r"(?<=al)yz(?=(?:e[drs]?|ers|ing)$)"), "ys"),
        (
            re.compile(
                r"^(ard|arm|behavi|cand|clam|col|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od"
                r"|parl|rig|rum|sav|savi|splend|tum|val|vap|vig)or"
            ),
            r"\1our",
        ),
    ],
}

#: Endings of number and gender that ``ENDINGS`` leave to the stemmer.
INFLECTIONS = {
    "fr": [
        (re.compile(r"(?<=.{2})aux$"), "al"),
        (re.compile(r"(?<=.{2})x$"), ""),
        (re.compile(r"(?<=.{2})e$"), ""),
    ],
    "en": [
        (re.compile(r"(?<=.{2})ies$"), "y"),
        (re.compile(r"(?<=ss)es$|(?<=ch)es$|(?<=sh)es$|(?<=.x)es$"), ""),
        (re.compile(r"(?<=.{2}[^su])s$"), ""),
    ],
}

#: Singulars in *a* or *i* whose plural in *s* is reduced (« lois » to « loi »); others keep the s.
PLURALS = {
    "fr": """
        abri ami appui balai convoi delai emploi ennui envoi essai loi octroi paroi quai renvoi roi
        ski souci taxi tournoi vrai agenda camera cinema mafia media opera panda pizza pyjama sauna
        schema sofa soja tombola veranda villa visa vodka
    """
}
#: Irregular forms; each line has the forms of one word.
IRREGULAR = {
    "fr": """
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
    """,
    "en": """
        aeroplane airplane airplanes
        aluminium aluminum
        alumnus alumni
        analyse analysis
        axis axes
        bacterium bacteria
        cactus cacti
        calf calves
        catalogue catalog catalogs
        centre center centers centered
        child children
        crisis crises
        criterion criteria
        curriculum curricula
        defence defense defenses
        diagnosis diagnoses
        dialogue dialog dialogs
        dwarf dwarves
        encyclopaedia encyclopedia encyclopedias
        fibre fiber fibers
        foot feet
        fungus fungi
        goose geese
        grey gray
        half halves
        hoof hooves
        housewife housewives
        hypothesis hypotheses
        index indices
        jewellery jewelry
        judgement judgment judgments
        kilometre kilometer kilometers
        knife knives
        leaf leaves
        licence license licenses
        life lives
        litre liter liters
        loaf loaves
        man men
        manoeuvre maneuver maneuvers
        metre meter meters
        midwife midwives
        millennium millennia
        mould mold
        mouse mice
        nucleus nuclei
        offence offense offenses
        ox oxen
        paediatric pediatric
        phenomenon phenomena
        plough plow
        practice practise practised practising
        programme program programs
        scarf scarves
        sceptic skeptic skeptics
        sceptical skeptical
        shelf shelves
        skilful skillful
        spectrum spectra
        stadium stadia
        stimulus stimuli
        theatre theater theaters
        thesis theses
        thief thieves
        tooth teeth
        wharf wharves
        wife wives
        wolf wolves
        woman women
    """,
}
#: Words whose stem would collide with another word's; the first form of the line is the stem.
WHOLE = {
    "fr": """
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
    """,
    "en": """
        bus buses
        news
    """,
}


def _table(words):
    """A dictionary from each form to the first one of its line."""
    lines = [line.split() for line in words.strip().splitlines()]
    return {form: first for first, *others in lines for form in (first, *others)}


PRINCIPAL = {language: _table(words) for language, words in IRREGULAR.items()}
for _language, _words in PLURALS.items():
    PRINCIPAL[_language] |= {f"{word}s": word for word in _words.split()}
STEMS = {language: _table(words) for language, words in WHOLE.items()}
