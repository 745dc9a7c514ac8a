"""Countries, states and provinces by their names and codes."""

from __future__ import annotations

from functools import lru_cache

from enrich_cli.matching.text import words

_COUNTRIES = """
US: usa, united states, united states of america, america
CA: can, canada
GB: uk, gbr, united kingdom, great britain, england, scotland, wales, northern ireland
IE: irl, ireland
DE: deu, germany, deutschland
AT: aut, austria, osterreich
CH: che, switzerland, schweiz, suisse, svizzera
FR: fra, france
BE: bel, belgium, belgique, belgie
NL: nld, netherlands, the netherlands, nederland, holland
LU: lux, luxembourg
ES: esp, spain, espana
PT: prt, portugal
IT: ita, italy, italia
DK: dnk, denmark, danmark
SE: swe, sweden, sverige
NO: nor, norway, norge
FI: fin, finland, suomi
IS: isl, iceland
PL: pol, poland, polska
CZ: cze, czechia, czech republic
SK: svk, slovakia
HU: hun, hungary
RO: rou, romania
BG: bgr, bulgaria
GR: grc, greece
HR: hrv, croatia
SI: svn, slovenia
UA: ukr, ukraine
RU: rus, russia, russian federation
TR: tur, turkey, turkiye
IL: isr, israel
AE: are, uae, united arab emirates
SA: sau, saudi arabia
EG: egy, egypt
ZA: zaf, south africa
NG: nga, nigeria
KE: ken, kenya
IN: ind, india
PK: pak, pakistan
CN: chn, china
HK: hkg, hong kong
TW: twn, taiwan
JP: jpn, japan
KR: kor, south korea, korea, republic of korea
SG: sgp, singapore
MY: mys, malaysia
TH: tha, thailand
VN: vnm, vietnam
PH: phl, philippines
ID: idn, indonesia
AU: aus, australia
NZ: nzl, new zealand
BR: bra, brazil, brasil
MX: mex, mexico
AR: arg, argentina
CL: chl, chile
CO: col, colombia
PE: per, peru
"""
_STATES = """
AL: alabama
AK: alaska
AZ: arizona
AR: arkansas
CA: california
CO: colorado
CT: connecticut
DE: delaware
DC: district of columbia, washington dc
FL: florida
GA: georgia
HI: hawaii
ID: idaho
IL: illinois
IN: indiana
IA: iowa
KS: kansas
KY: kentucky
LA: louisiana
ME: maine
MD: maryland
MA: massachusetts
MI: michigan
MN: minnesota
MS: mississippi
MO: missouri
MT: montana
NE: nebraska
NV: nevada
NH: new hampshire
NJ: new jersey
NM: new mexico
NY: new york
NC: north carolina
ND: north dakota
OH: ohio
OK: oklahoma
OR: oregon
PA: pennsylvania
RI: rhode island
SC: south carolina
SD: south dakota
TN: tennessee
TX: texas
UT: utah
VT: vermont
VA: virginia
WA: washington
WV: west virginia
WI: wisconsin
WY: wyoming
PR: puerto rico
"""
_PROVINCES = """
AB: alberta
BC: british columbia
MB: manitoba
NB: new brunswick
NL: newfoundland and labrador
NS: nova scotia
ON: ontario
PE: prince edward island
QC: quebec
SK: saskatchewan
"""
_AUSTRALIAN = """
ACT: australian capital territory
NSW: new south wales
NT: northern territory
QLD: queensland
SA: south australia
TAS: tasmania
VIC: victoria
WA: western australia
"""


def country_code(text: str) -> str | None:
    """The ISO 3166-1 code for a country's name or code; None if it is not known."""
    return _code(text, _COUNTRY_CODES)


def state_code(text: str) -> str | None:
    """The postal code of a US state or Canadian province by its name or code; None for any other."""
    return _code(text, _STATE_CODES)


def region_code(text: str) -> str | None:
    """The code of a state or province as in `state_code`, or of an Australian state."""
    return _code(text, _REGION_CODES)


@lru_cache(maxsize=256)
def _words_of(text: str) -> str:
    return " ".join(words(text.replace(".", "")))


def _code(text: str, codes: dict[str, str]) -> str | None:
    return codes.get(_words_of(text))


def _by_name(table: str) -> dict[str, str]:
    codes = {}
    for line in table.strip().splitlines():
        code, _, names = line.partition(": ")
        codes.update(dict.fromkeys([code.lower(), *names.split(", ")], code))
    return codes


_COUNTRY_CODES = _by_name(_COUNTRIES)
_PROVINCE_CODES = _by_name(_PROVINCES)
_STATE_CODES = _by_name(_STATES) | _PROVINCE_CODES
_REGION_CODES = _by_name(_AUSTRALIAN) | _STATE_CODES
PROVINCES = frozenset(_PROVINCE_CODES.values())
"""The postal codes of Canada's provinces."""
