"""What businesses do, in the languages in which their names tell it; all folded."""

from __future__ import annotations

from enrich_cli.matching.vocabulary import word_table

TRADES = word_table("""
    hospitality restaurant bar grill cafe bistro bistrot brasserie delicatessen diner steakhouse pizzeria pizza burgers
    hospitality trattoria osteria taverna pub tavern inn dining eatery cantina barbecue smokehouse taqueria sushi
    hospitality hotel motel resort lodge hostel suites gasthof gasthaus gaststatte wirtshaus pension posada coffee tea
    hospitality auberge albergo locanda hostal meson cafeteria taberna biergarten catering brewery brewing lounge
    bakery bakers backerei backstube konditorei boulangerie patisserie panaderia pasteleria panificio panetteria forno
    bakery pasticceria donuts cupcakes cakes
    butcher butchers meat meats metzgerei fleischerei boucherie charcuterie carniceria macelleria
    grocery grocers supermarket superstore supermarkt supermarche supermercado supermercato
    wine wines liquor liquors spirits winery vineyard vineyards cellars weingut bodega bodegas enoteca
    law attorney attorneys lawyer lawyers legal solicitor solicitors kanzlei anwaltskanzlei anwalt anwalte
    law rechtsanwalt rechtsanwalte ra rae avocat avocats abogado abogados bufete despacho juridico legale avvocato
    law avvocati avv notary notar notaire notaires notaria
    accounting accountant accountants accountancy cpa cpas tax bookkeeping comptable comptables asesoria gestoria
    accounting steuerberater steuerberatung steuerkanzlei steuerburo commercialista commercialisti
    insurance versicherung versicherungen assurances seguros assicurazioni financial wealth investments
    dentistry dent dentaire dentale dentista dentistas orthodontics orthodontist zahnarzt zahnarzte zahnarztpraxis
    medicine hospital medical klinik klinikum krankenhaus hopital ospedale surgery
    cardiology cardiologist cardiologists kardiologie
    radiology radiologist radiologists radiologie imaging
    pediatrics pediatric pediatrician pediatricians kinderarzt
    orthopedics orthopedic orthopaedics orthopaedic orthopadie
    oncology oncologist oncologists onkologie
    neurology neurologist neurologists neurologie
    gynecology obstetrics maternity gynakologie frauenarzt
    dermatology dermatologist dermatologists dermatologie
    eyes eye optical optics optician opticians optometry optometrist vision eyecare eyewear optik optiker augenoptik
    eyes brillen optique opticien opticiens optica ottica
    veterinary vets animal pet tierarzt tierarztpraxis veterinaire veterinaires veterinario veterinaria
    pharmacy chemist chemists drug drugs drugstore apotheke pharmacie farmacia
    chiropractic chiropractor chiropractors spine
    physiotherapy physio physical therapy rehabilitation physiotherapie krankengymnastik kinesitherapie fisioterapia
    urology urologist urologists urologie
    podiatry podiatrist podiatrists
    allergy allergist
    audiology audiologist hearing horgerate
    psychotherapy psychology psychologist counseling psychotherapie hypnotherapy
    logopedics speech logopadie orthophoniste logopedia
    acupuncture naturopathy heilpraktiker
    funeral mortuary cremation crematory bestattungen bestatter funebres funeraria funebri
    childcare child day daycare preschool kindergarten kita creche guarderia
    school elementary academy college university schule grundschule ecole lycee escuela colegio scuola
    church chapel cathedral temple parish ministries fellowship worship kirche eglise paroisse iglesia parroquia chiesa
    realty realtors realtor property properties estate lettings immobilien immobilier inmobiliaria immobiliare
    automotive repair garage motors tire tires tyre tyres towing collision autohaus werkstatt kfz carrosserie
    automotive talleres taller automocion autofficina officina carrozzeria
    construction concrete fence fencing builders building contractors contracting remodeling
    construction plumbing plumber plumbers electric electrician
    construction electricians roofing roofers heating cooling hvac mechanical painting painters elektro elektrotechnik
    construction sanitar heizung dachdecker plomberie plombier chauffage electricite maconnerie couverture
    construction construcciones fontaneria electricidad idraulica edile
    paving asphalt
    septic sewer
    excavating excavation
    glass windows windshield glazing glazier glaserei vitrerie vidrios vetreria
    engineering surveyors surveying architects architect architecture architekten architekturburo architectes
    carpentry carpenters joinery joiners schreinerei tischlerei zimmerei menuiserie carpinteria falegnameria
    landscaping landscape landscapes landscapers lawn tree gardening greenhouse gartenbau paysagiste jardineria
    flowers flower florist florists floral floristik blumen fleurs fleuriste floristeria fiori fiorista
    driving fahrschule autoecole autoescuela autoscuola
    rental rent vermietung autovermietung location alquiler noleggio
    cleaning cleaner cleaners janitorial laundry laundromat reinigung wascherei pressing nettoyage lavanderia limpieza
    salon spa hair barber barbers beauty nail nails hairdresser hairdressers coiffure coiffeur friseur friseursalon
    salon haarstudio massage kosmetik peluqueria parrucchiere estetica
    transportation trucking transport freight logistics hauling moving movers spedition transports transportes trasporti
    taxi taxis taxicab cab cabs limousine shuttle
    travel tours vacations cruises reiseburo reisen voyages viajes viaggi
    pest termite exterminating exterminators
    locksmith locksmiths lock locks key schlusseldienst serrurerie cerrajeria
    jewelers jeweler jewelry jewellers jewellery juwelier uhren bijouterie bijoutier joyeria gioielleria
    fitness gym martial karate yoga pilates leisure gimnasio palestra
    storage warehouse warehouses
    hardware lumber eisenwaren quincaillerie ferreteria ferramenta
    furniture carpet carpets flooring floors mobel meubles muebles mobili arredamenti
    clothing fashion apparel shoe shoes bridal mode moden schuhe vetements zapateria abbigliamento
    antiques antiquites antik
    toys spielwaren jouets juguetes
    music musik musique musica
    dance ballet tanzschule danza
    tattoo
    bicycle bicycles bike bikes fahrrader zweirad cycles velo
    motorcycle motorcycles motorrad
    upholstery polsterei tapissier
    electronics wireless mobile phones
    signs signage werbetechnik
    welding schweisstechnik
    staffing employment recruiting personnel personaldienstleistungen
    marketing advertising media werbeagentur publicite
    security alarm alarms
    title escrow
    recycling scrap salvage
    pool pools swimming
    campground camping campingplatz
    books bookstore booksellers buchhandlung librairie libreria
    printing printers print druckerei imprimerie imprenta tipografia
    photography photographers photographer photo portrait gallery
    computers computer software informatik informatique informatica
    apartments townhomes condominiums residences
    nursing retirement assisted senior seniorenheim pflegeheim
    museum musee museo
    theater kino cinema
    library bibliothek bucherei stadtbucherei bibliotheque biblioteca
    townhall rathaus stadt stadtverwaltung burgerburo mairie ville ayuntamiento
    police sheriff polizei
    farm farms ranch dairy
    golf
    cemetery friedhof cimetiere cementerio cimitero
    marina marine boat boats
    parking parkhaus
    tobacco smoke tabac tabacchi estanco
    fuel gas petrol tankstelle
""")
"""The trade that a word tells: a directory may tell it by any word of the trade's lines.

Words that many trades use, such as studio, club or clinic, tell none.
"""
