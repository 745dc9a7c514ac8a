"""What businesses are called besides their own name, and how that is shortened; all folded."""

from __future__ import annotations

from enrich_cli.matching.vocabulary import word_set, word_table

ABBREVIATIONS = word_table("""
    association assn assoc
    associates assocs
    automotive auto automobile autos
    building bldg
    center centre ctr cntr
    corporation corp
    construction constr const
    delicatessen deli
    department dept
    dentistry dental dentist dentists dds dmd
    development dev
    distributors dist distributing distribution
    electric elec electrical
    engineering engr eng engineers
    enterprises ent enterprise
    equipment equip
    federal fed
    fort ft
    group grp
    holding holdings
    hospital hosp
    industries ind inds industry industrial
    insurance ins
    international intl
    laboratory lab labs laboratories
    limited ltd
    management mgmt mgt
    manufacturing mfg manufacturers mfr mfrs
    market mkt
    medical med
    mount mt
    mountain mtn
    national natl nat
    number no
    pharmacy pharm
    pizza pizzeria
    professional prof
    restaurant rest ristorante restaurante restaurants
    saint st ste sainte
    school sch
    service svc svcs services srvc
    shop shoppe
    supply supplies
    systems sys system
    technology tech technologies
    theater theatre
    university univ
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
"""Every word of a line stands for the line's first."""

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
    center usa us uk europe america american deutschland of for on in at by de la le el new original old
""")
"""Words for a trade rather than one business; two businesses that share only these are different."""

OUTLETS = word_set("restaurant cafe dining bakery delicatessen lounge")
"""One house can have several of these under one name."""
