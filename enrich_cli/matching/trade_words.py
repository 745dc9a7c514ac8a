"""What businesses are called besides their own name, and how that is shortened; all folded."""

from __future__ import annotations

from enrich_cli.matching.vocabulary import word_set, word_table

ABBREVIATIONS = word_table("""
    association assn assoc
    accounting acctg
    agency agcy agy
    american amer
    associates assocs associes asociados
    automotive auto automobile autos
    builders bldrs
    building bldg
    center centre ctr cntr centro zentrum
    chiropractic chiro
    church ch
    clinic clinica clinique
    control ctrl
    corporation corp
    construction constr const
    contractors contrs contr
    cooperative coop
    county cty cnty
    delicatessen deli
    department dept
    dentistry dental dentist dentists dds dmd
    development dev
    distributors dist distributing distribution
    electric elec electrical
    engineering engr eng engineers engg engrg
    enterprises ent enterprise
    equipment equip eqpt
    federal fed
    financial finl fin
    foundation fdn fndtn
    furniture furn
    fort ft
    group grp
    hardware hdwe hdw
    holding holdings
    hospital hosp
    industries ind inds industry industrial
    insurance ins
    international intl
    laboratory lab labs laboratories
    limited ltd
    lumber lbr
    machinery machy mach
    management mgmt mgt
    manufacturing mfg manufacturers mfr mfrs
    market mkt
    marketing mktg
    medical med
    memorial meml
    mortgage mtg
    motors mtrs
    mount mt
    mountain mtn
    national natl nat
    northeast ne
    northwest nw
    number no
    office ofc
    pharmacy pharm
    pizza pizzeria
    products prods
    professional prof
    properties props
    realty rlty
    rehabilitation rehab
    rental rentals
    restaurant rest ristorante restaurante restaurants
    road rd
    saint st ste sainte street
    santa sta
    school sch
    service svc svcs services srvc
    shop shoppe
    south so
    southeast se
    southwest sw
    station stn
    supply supplies
    systems sys system
    technology tech technologies
    theater theatre
    transportation transp
    university univ
    warehouse whse
    wholesale whsl
    cafe caffe coffeehouse
    barbecue bbq barbeque
    grill grille
    heating htg
    plumbing plbg
    veterinary vet
    elementary elem
    township twp
    apartments apts
    government govt
    institute inst
    brothers bros bro
    gebruder gebrueder gebr
    hermanos hnos
    fratelli flli
    company co companies compania cia cie compagnie companhia
    society soc societe
    establishments etablissements ets
""")
"""Every word of a line stands for the line's first. St is both saint and street."""

KINDS = word_set("""
    restaurant bar grill cafe bistro brasserie delicatessen diner steakhouse steak house pizzeria pizza trattoria pub
    tavern inn hotel motel resort room rooms dining kitchen bakery coffee lounge eatery cantina club
    shop store stores market mart boutique salon spa studio gallery
    dentistry medical clinic care family health pharmacy hospital physicians practice office offices
    dr md dvm cpa esq
    law firm attorney attorneys lawyer lawyers accounting insurance agency realty properties
    automotive repair garage motors plumbing electric roofing heating cooling construction builders contractors
    landscaping cleaning supply equipment manufacturing
    group international national global worldwide service solutions technology systems consulting
    industries enterprises associates partners management development company corporation
    cabinet praxis maitre
    center usa us uk europe america american deutschland of for on in at by de la le el new original old
""")
"""Words for a trade rather than one business; two businesses that share only these are different."""

OUTLETS = word_set("restaurant cafe dining bakery delicatessen lounge")
"""One house can have several of these under one name."""
