"""The states of the United States, each with one city to put invented businesses and parcels in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """A state; `fips` is its number in the codes of counties, the rest is about its city."""

    code: str
    name: str
    fips: str
    city: str
    postal_code: str
    area_code: str

    @property
    def county(self) -> str:
        """The code of a county; one per state will do."""
        return f"{self.fips}167"


STATES = (
    State("CA", "California", "06", "Sacramento", "95814", "916"),
    State("TX", "Texas", "48", "Austin", "78701", "512"),
    State("FL", "Florida", "12", "Tallahassee", "32301", "850"),
    State("NY", "New York", "36", "New York", "10001", "212"),
    State("PA", "Pennsylvania", "42", "Harrisburg", "17101", "717"),
    State("IL", "Illinois", "17", "Chicago", "60601", "312"),
    State("OH", "Ohio", "39", "Columbus", "43215", "614"),
    State("GA", "Georgia", "13", "Atlanta", "30303", "404"),
    State("NC", "North Carolina", "37", "Raleigh", "27601", "919"),
    State("MI", "Michigan", "26", "Lansing", "48933", "517"),
    State("NJ", "New Jersey", "34", "Trenton", "08608", "609"),
    State("VA", "Virginia", "51", "Richmond", "23219", "804"),
    State("WA", "Washington", "53", "Seattle", "98101", "206"),
    State("AZ", "Arizona", "04", "Phoenix", "85004", "602"),
    State("MA", "Massachusetts", "25", "Boston", "02108", "617"),
    State("TN", "Tennessee", "47", "Nashville", "37219", "615"),
    State("IN", "Indiana", "18", "Indianapolis", "46204", "317"),
    State("MD", "Maryland", "24", "Annapolis", "21401", "410"),
    State("MO", "Missouri", "29", "Jefferson City", "65101", "573"),
    State("WI", "Wisconsin", "55", "Madison", "53703", "608"),
    State("CO", "Colorado", "08", "Denver", "80202", "303"),
    State("MN", "Minnesota", "27", "Saint Paul", "55102", "651"),
    State("SC", "South Carolina", "45", "Columbia", "29201", "803"),
    State("AL", "Alabama", "01", "Montgomery", "36104", "334"),
    State("LA", "Louisiana", "22", "Baton Rouge", "70802", "225"),
    State("KY", "Kentucky", "21", "Frankfort", "40601", "502"),
    State("OR", "Oregon", "41", "Salem", "97301", "503"),
    State("OK", "Oklahoma", "40", "Oklahoma City", "73102", "405"),
    State("CT", "Connecticut", "09", "Hartford", "06103", "860"),
    State("UT", "Utah", "49", "Salt Lake City", "84111", "801"),
    State("IA", "Iowa", "19", "Des Moines", "50309", "515"),
    State("NV", "Nevada", "32", "Carson City", "89701", "775"),
    State("AR", "Arkansas", "05", "Little Rock", "72201", "501"),
    State("KS", "Kansas", "20", "Topeka", "66603", "785"),
    State("MS", "Mississippi", "28", "Jackson", "39201", "601"),
    State("NM", "New Mexico", "35", "Santa Fe", "87501", "505"),
    State("NE", "Nebraska", "31", "Lincoln", "68508", "402"),
    State("ID", "Idaho", "16", "Boise", "83702", "208"),
    State("WV", "West Virginia", "54", "Charleston", "25301", "304"),
    State("HI", "Hawaii", "15", "Honolulu", "96813", "808"),
    State("NH", "New Hampshire", "33", "Concord", "03301", "603"),
    State("ME", "Maine", "23", "Augusta", "04330", "207"),
    State("MT", "Montana", "30", "Helena", "59601", "406"),
    State("RI", "Rhode Island", "44", "Providence", "02903", "401"),
    State("DE", "Delaware", "10", "Wilmington", "19801", "302"),
    State("SD", "South Dakota", "46", "Pierre", "57501", "605"),
    State("ND", "North Dakota", "38", "Bismarck", "58501", "701"),
    State("AK", "Alaska", "02", "Juneau", "99801", "907"),
    State("DC", "District of Columbia", "11", "Washington", "20001", "202"),
    State("VT", "Vermont", "50", "Montpelier", "05602", "802"),
    State("WY", "Wyoming", "56", "Cheyenne", "82001", "307"),
)
"""The most populous first."""
_BY_TEXT = {text.casefold(): state for state in STATES for text in (state.code, state.name)}
_BY_AREA_CODE = {state.area_code: state for state in STATES}


def state_called(text: str) -> State | None:
    """The state with this code or name, in any case."""
    return _BY_TEXT.get(" ".join(text.split()).casefold())


def state_dialled(phone: str) -> State | None:
    """The state whose city has the area code of this E.164 number."""
    return _BY_AREA_CODE.get(phone[2:5]) if phone.startswith("+1") else None


def fictional_phone(area_code: str, number: int) -> str:
    """One of the numbers, 0 to 99, that are reserved for fiction in each area; E.164."""
    return f"+1{area_code}55501{number:02}"


def state_near(postal_code: str) -> State:
    """The state whose city has the nearest ZIP by number: right for most ZIPs, and good enough for invented parcels."""
    asked = int(postal_code[:5])
    return min(STATES, key=lambda state: abs(int(state.postal_code) - asked))
