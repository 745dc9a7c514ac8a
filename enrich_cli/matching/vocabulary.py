"""The words that the comparisons know, all folded."""

from __future__ import annotations


def _all(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _all("""
    mr mrs ms miss mx dr prof professor sir dame rev fr herr frau mme mlle sra dipl ing jr sr ii iii iv phd md mba cpa
    esq dds pe rn
""")
"""What stands around a name and is no part of it."""

PARTICLES = _all("van von vom zu zum zur der den de del della di da do dos das du des la le el al ter ten")
"""What comes and goes within a family name."""

LEGAL_FORMS = _all("""
    inc incorporated llc llp lllp lp pllc pc corp corporation co company ltd limited plc gmbh mbh ag kg kgaa ohg gbr
    ug eg ev se sa sas sasu sarl eurl srl spa sl slu sab cv bv nv vof oy oyj ab as asa aps kk pte pty pvt ltda
    limitada eireli doo dd sro zrt kft nyrt sp z oo zoo
""")
"""What ends a company's name and is no part of it."""

GENERIC = _all("""
    group holding holdings international intl global worldwide services service solutions technologies technology
    consulting usa us uk europe america deutschland of for
""")
"""What many companies are called besides their own name."""

FREE_MAIL = _all("""
    gmail.com googlemail.com icloud.com me.com mac.com mail.com email.com proton.me pm.me tutanota.com tuta.com
    hey.com fastmail.com rocketmail.com inbox.com usa.com rediffmail.com duck.com web.de t-online.de freenet.de
    arcor.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it tin.it
    terra.com.br uol.com.br bol.com.br btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net bluewin.ch
    ziggo.nl planet.nl kpnmail.nl telenet.be skynet.be seznam.cz wp.pl o2.pl onet.pl interia.pl mail.ru bk.ru inbox.ru
    list.ru ya.ru rambler.ru ukr.net qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net comcast.net
    verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net frontier.com
    windstream.net juno.com netzero.net shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au
    xtra.co.nz
""")
"""Domains under which anybody can have a mailbox."""

FREE_MAIL_ANYWHERE = _all("yahoo ymail hotmail outlook live msn gmx yandex aol zoho protonmail")
"""The same, under the ending of many a country."""

SHARED_MAILBOXES = _all("""
    info contact office hello mail sales support service help admin team billing accounts accounting invoices hr jobs
    careers press media marketing orders order shop noreply no-reply webmaster postmaster enquiries inquiries
    reception
""")
"""Mailboxes of an office rather than of a person."""

ONE_NAME = tuple(
    frozenset(group.split("/"))
    for group in _all("""
        alexander/aleksandr/alexandre anthony/antony carl/karl catherine/katherine/kathryn/katharine/kate/katie
        christopher/kristopher dan/danny eric/erik geoffrey/jeffrey isabel/isabelle jim/jimmy jill/gill kristen/kristin
        mark/marc matthew/mathew michael/micheal mike/mikey mohammed/mohamed/mohammad/muhammad/muhammed
        nicholas/nicolas/nikolas philip/phillip rebecca/rebekah sean/shaun/shawn steven/stephen stuart/stewart
        teresa/theresa thomas/tomas zoe/zoey
    """)
)
"""Spellings and forms of one first name that a list of nicknames does not join."""

TWO_PEOPLE = frozenset(
    frozenset(pair.split("/"))
    for pair in _all("""
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
