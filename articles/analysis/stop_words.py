"""Stop words: function words that say little about a text.

Search keeps them in the index, for phrases and titles made of them, and gives them little weight.
"""

from functools import cache

from articles.analysis.folding import fold

WORDS = {
    "fr": """
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
    """,
    "en": """
        a about after again all also am an and any are as at be because been before being between
        both but by can could d did do does doing don down during each else ever few for from
        further get had has have having he her here hers him his how i if in into is it its just
        ll m may me might more most my no nor not of off on once only or other our out over own
        re s same shall she should so some such t than that the their them then there these they
        this those through to too under until up upon us ve very was we were what when where
        which while who whom whose why will with would you your
    """,
    "de": """
        ab aber als am an auch auf aus bei bin bis bist da damit dann das dass dein dem den denn
        der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem
        einen einer eines er es euch für hat hatte hatten ich ihm ihn ihr ihre im in ist ja kann
        kein keine man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne schon sehr sein
        seine sich sie sind so soll über um und uns unser unter vom von vor war waren was weil
        wenn wer werden wie wir wird wo zu zum zur
    """,
    "it": """
        a ad agli ai al alla alle allo anche c che chi ci come con cui d da dagli dai dal dalla
        dalle dallo degli dei del dell della delle dello di dove e ed era essere fra gli ha hanno
        ho i il in io l la le lei li lo loro lui ma mi mio ne negli nei nel nella nelle nello noi
        non o per perché più quale quando quella quelle quelli quello questa queste questi questo
        se sei si sia sono su sua sue sugli sui sul sulla sulle sullo suo tra tu un una uno voi
    """,
}


@cache
def stop_words(language):
    """The folded stop words of ``language``; empty where there is no list."""
    return frozenset(fold(word) for word in WORDS.get(language, "").split())
