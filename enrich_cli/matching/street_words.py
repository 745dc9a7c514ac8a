"""The words of a street line, folded, in the abbreviations of USPS Publication 28 where it has one."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from enrich_cli.matching.text import REMEMBERED
from enrich_cli.matching.vocabulary import word_set, word_table

TYPES = word_table("""
    aly alley allee ally
    ave avenue av aven avn avnue
    blvd boulevard boul boulv blv bd
    brg bridge
    byp bypass
    cir circle circ crcl
    cct circuit crct
    cl close
    cres crescent crst
    ct court crt
    cts courts
    ctr center centre cntr
    cv cove
    dr drive drv driv
    esp esplanade espl
    est estate estates
    expy expressway express
    ext extension
    fwy freeway
    gdn garden gardens gdns
    gln glen
    grn green
    grv grove
    hl hill hills hls
    hts heights
    hwy highway highwy hiway
    jct junction
    ln lane
    lndg landing
    loop loops
    mall
    mews
    mnr manor
    ovl oval
    park prk
    path
    pde parade
    pike
    pkwy parkway parkwy pky pkway
    pl place
    prom promenade
    plz plaza
    pt point
    quay qy
    rd road
    rdg ridge
    rise
    row
    rte route rt
    run
    sq square
    st street str strt
    ter terrace terr tce
    trl trail trails
    tpke turnpike
    vly valley
    vw view
    walk wlk
    way wy
    xing crossing
    strasse stra
    weg
    platz
    gasse
""")

DIRECTIONS = word_table("""
    n north no
    s south so
    e east
    w west
    ne northeast
    nw northwest
    se southeast
    sw southwest
""")

UNITS = word_set("""
    apt apartment unit ste suite rm room fl floor flr bldg building lot spc space trlr dept ph penthouse flat shop level
    lvl bsmt no num number
    office oficina local nave piso planta puerta etage etasje stock sal og
    villa aptmt aptmnt apmnt hse locn rmb rsd rsm
""")
"""What precedes the number of a unit."""

LEVELS = word_set("fl floor flr level piso planta etage etasje stock sal og")
"""Units whose number may come first: 2nd floor."""

ORDINALS = word_table("""
    1 first
    2 second
    3 third
    4 fourth
    5 fifth
    6 sixth
    7 seventh
    8 eighth
    9 ninth
    10 tenth
    11 eleventh
    12 twelfth
    13 thirteenth
    14 fourteenth
    15 fifteenth
    16 sixteenth
    17 seventeenth
    18 eighteenth
    19 nineteenth
    20 twentieth
""")

CARDINALS = word_table("""
    1 one
    2 two
    3 three
    4 four
    5 five
    6 six
    7 seven
    8 eight
    9 nine
    10 ten
    11 eleven
    12 twelve
""")

SPELT_OUT = word_table("""
    saint st ste
    mount mt mtn
    fort ft
    us usa
    county cty co
    junior jr
    doctor dr
""")
"""Abbreviations of words that begin a street's name."""

IN_FULL = {"ind": "industrial", "bus": "business", "tech": "technology"} | {
    short: word for word, short in reversed(TYPES.items()) if word != short != "st"
}
"""What abbreviations within a street's name stand for: Pkwy Plaza, Sample Ind Estate, Old Hwy 1."""

ROADS = word_table("""
    hwy highway hiway route rte rt
    sthwy staterd stateroad stateroute staterte statert statehwy statehighway strd strte strt sr sh
    sthwy al ak az ar ca co de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt nv nh nj nm ny nc nd oh ok or pa
    sthwy ri sc sd tn tx ut vt va wa wv wi wy
    ushwy us ushighway usroute usrte usrt
    cr county countyrd countyroad countyroute countyrte countyhwy countyhighway cord cohwy ctyrd cntyrd
    fm fmrd farmtomarket farmtomarketrd farmtomarketroad ranchrd ranchroad rm rmrd
    twp twprd twproad townshiprd townshiproad
    pr privaterd privateroad
    rr ruralroute ruralrte
    ih i interstate
""")
"""Road types that are followed by a number, without blanks; some name the state, as NY-9. There are hardly ever two
with the same number in one town. A mere highway or route may be a state's or the nation's.
"""

_NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")
_LONG_ENOUGH = 5
"""Shortest type in which a slip is tolerated."""
_LONG_TYPES = [name for name in TYPES if len(name) >= _LONG_ENOUGH]
_NUMBERED = frozenset({"rte", "hwy", "fwy", "expy"})
"""Types that precede the number of a road: Highway 101."""


@lru_cache(maxsize=REMEMBERED)
def type_of(word: str) -> str | None:
    """The type that a word stands for, with one slip if it is long."""
    if word in TYPES or len(word) < _LONG_ENOUGH:
        return TYPES.get(word)
    found = process.extractOne(word, _LONG_TYPES, scorer=OSA.distance, score_cutoff=1)
    return TYPES[found[0]] if found else None


def is_type(word: str) -> bool:
    """Is it a type that no road number follows?"""
    return word in TYPES and TYPES[word] not in _NUMBERED


def is_numbered(word: str) -> bool:
    """Is it a type that precedes a road's number, as in Highway 101?"""
    return TYPES.get(word) in _NUMBERED


def ordinal(word: str) -> str | None:
    """The digits of `5th` or `fifth`; None for any other word."""
    nth = word[0].isdigit() and _NTH.fullmatch(word)
    return nth[1] if nth else ORDINALS.get(word)
