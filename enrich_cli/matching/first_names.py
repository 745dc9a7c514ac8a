"""First names, all folded: which words are names, which are forms of one name, and which belong to two people."""

from __future__ import annotations

from enrich_cli.matching.vocabulary import word_set

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
    ajay ajit akash amar anand anil anita anjana anurag archana arun aruna arvind asha ashish ashok bharat chandra deepa
    dilip dinesh divya ganesh gaurav geeta gopal hari harish hemant jatin jyoti kavita kiran krishna lakshmi lalit madhu
    mahesh manish manoj meena mohan mukesh nandini naresh naveen neha nitin padma pankaj pooja prakash pramod prasad
    prashant pravin priyanka radha raghu rajan rajiv rakesh ramesh rani rekha ritu rohan rohit sachin sangeeta sanjana
    santosh sarita satish seema shilpa shreya shyam smita sneha srinivas subhash sudha sudhir sumit sunil suresh sushma
    swati tarun uday usha vandana varun vasant venkat vidya vijay vimal vinay vinod vishal vivek yash yogesh
    abbas abdul abdullah adel adnan ahmed aisha akram ali amal amer amin amir amira anas anwar asma aziz aziza bashir
    bilal dalia fadi fadil faisal farah farid farida faris fouad habib hadi hakim halima hamid hamza hanan hani hassan
    hisham huda hussein iman imran jamal jamil jamila kamal karima khadija khalid khalil latifa mahmoud majid malik
    mansour maryam mona nabil nabila nadir nadira nasser nawal noor omar osama qasim rabia rami rana rania rashid
    rashida reem said saida salah salim salima salma salman sami samia samir samira sana sharif suhail tahir talal tariq
    wafa walid yahya yasir zahra zaid zainab ziad
    akiko akihiko akio ayumi daisuke eiji emiko fumiko haruka haruki hideki hiroko hiromi ichiro junko kaori kazuko
    kazuo keiko keisuke kenichi kenta kentaro koichi koji kumiko kyoko makoto mariko masaki masako masao mayumi megumi
    michiko miki misaki miyuki naoki naoko noriko osamu reiko ryota sachiko satoko satoshi shigeru shinji shinya shota
    takahiro takako takashi takeshi takumi taro tatsuya tetsuya tomoko toru toshiko yoko yoshiko yuka yuki yukiko yukio
    yuko yumi yumiko yutaka
    anh bao bin binh chao cheng chun cuong dong duc dung fang fei feng gang hai hang hao hien hieu hoa hong hua hui hung
    huong huy hyun jae jian jiang jie jin jing jiwoo jisoo jihoon jun kun lei linh ling mei ming minh minjun minseo minh
    nga ngoc ning peng phong phuong ping qiang qing quang rong rui seung shan shu sung tao thanh thao thi thuy tien ting
    trang trung tuan wei wen xia xiang xin xing xue yan ying yong yuan yun zhen
    aleksander alena alfonso alia alvaro andrzej ankita arturo aurelie aurelien bartosz beata begona benoit bente
    bjarne bjork boguslaw bozena carmela celia cesar chantal consuelo corinne dagmar danuta dawid deepika detlef
    dietmar dominik dominika dominique eberhard eduarda edyta eirik ekkehard elfie elke elzbieta encarnacion
    enrique erling ernestina ernesto etienne eugenia eugenio ewa ewald fabien fabienne fabrice fermin francisca
    francois francoise frantisek frederic frederique friederike friedhelm frode gabriele gaelle geir gerd gerda
    ghislaine gilberto gilles gisela graciela grazyna grethe gro grzegorz gudrun guillermo gunter halina halvor
    hannelore hanno hartmut havard heiner heinz helga helge hernan holger horst ilse inmaculada iwona jadwiga jakub
    janusz jaroslav jaroslava jaroslaw jerome jerzy jiri jirina jitka joelle johan jolanta jorge josette julien
    julienne jutta kavya kazimierz kinga kirsten kjell kjersti knut kristin krystyna ladislav lakshman laurence
    lenka leticia lothar lubos lucie lucien lucienne ludek ludmila ludovic magnus malin manfred marcela marcelo
    maribel marketa marzena mateusz mathias mathieu mathilde matthias maxime mercedes mette miloslav mireille
    miroslava montserrat morten muriel nathalie nieves nuria oddvar odile ola olivier ondrej oystein patrice
    patricio pavla pernille pierrette pilar radek radoslaw rafaela rahel rainer ralf ramiro randi raphael
    raphaelle regine reinhard reinhold renata roger rolf rudiger rune sandhya sandrine sebastian severine shweta
    siegfried sigrid silje silke silvio siri slawomir solange solveig soren stanislav stanislaw stanislawa steinar
    stephane sunila sunitha sunniva sushila svein sylke sylvain sylvie tadeusz terje thibault thierry tomas torbjorn
    tordis tore torsten trond trygve turid udo ulrike unni urszula ute vaclav valentin valentina valery vicenta
    vicente vidar vijaya vladislav vladislava vlasta vojtech walburga waltraud wenche wieslaw wieslawa ximena yasin
    yasmina yevgenia yevgeny yusra yves yvon zbigniew zdenek zdenka zdzislaw zofia zuzana
    kristian leonor marcos marcy stein tor nils sven svea vance
""")
"""First names that both the census figures and the nicknames lack: of people born since 1990, and of Europe, India,
Arabia and East Asia.
"""

ONE_NAME = tuple(
    frozenset(group.split("/"))
    for group in word_set("""
        abdullah/abdallah/abdulla abdulrahman/abdurrahman/abdelrahman adel/adil ahmed/ahmad/ahmet aisha/ayesha ali/aly
        amin/ameen amir/ameer antonia/toni barbara/barb bashir/basheer charles/chas emmanuel/manny faisal/faysal/feisal
        fatima/fatema/fatimah fouad/fuad francisco/fco gamal/jamal geeta/gita george/geo gustavo/gus hamid/hameed
        hani/hany hassan/hasan hisham/hesham huda/hoda hussein/hussain/husain ibrahim/ebrahim/ibraheem ignacio/nacho
        iouri/youri/yuri jae/jay james/jas jamil/jameel jerome/jerry jung/jeong karim/kareem khalid/khaled
        lakshmi/laxmi layla/laila/leila mahmoud/mahmud/mahmood majid/majeed mansour/mansoor maria/ma maryam/mariam
        mona/muna mustafa/mostafa/moustafa nabil/nabeel nasser/nasir/naser naveen/navin noor/nour/nur omar/umar
        osama/usama peter/pyotr/piotr/petr pooja/puja pravin/praveen rajesh/raj rajendra/raj rajiv/rajeev rami/ramy
        rashid/rasheed robert/robt said/saeed/sayed salim/saleem/selim sami/samy samir/sameer sangeeta/sangita
        sharif/sherif/shareef srinivas/srini/sri/srinivasan srikanth/sri sung/seung tahir/taher tariq/tarek/tarik
        terrence/terence/terrance/terry thaddeus/ted/thad thomas/thos valentine/val venkat/venkata/venkatesh
        venkat/venkataraman walid/waleed william/wm/bill/will yahya/yehia yasir/yasser yong/young/yeong
        yusuf/youssef/yousef/yousuf zainab/zeinab/zaynab ziad/ziyad
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
        malgorzata/gosia/malgosia stanislaw/staszek/stach agnieszka/aga joanna/asia katarzyna/kasia barbara/basia
        zofia/zosia krzysztof/krzysiek tomasz/tomek piotr/piotrek aleksandra/ola magdalena/magda wojciech/wojtek
        grzegorz/grzesiek andrzej/jedrek jakub/kuba jan/janek jozef/jozek jerzy/jurek elzbieta/ela jiri/jirka
        jan/honza josef/pepa frantisek/franta katerina/katka vaclav/vasek zdenek/zdenda ladislav/lada dolores/lola
        mercedes/merche concepcion/concha/conchita rosario/charo pilar/pili francisca/paqui/paca manuel/manolo
        manuela/manoli jesus/chus/chuy enrique/quique/kike isabel/isa josefa/pepa eduardo/edu/lalo guillermo/memo
        alberto/beto roberto/beto gregorio/goyo santiago/santi rafael/rafa fernando/nando alejandro/alex
        alejandra/alex consuelo/chelo inmaculada/inma montserrat/montse encarnacion/encarna remedios/reme
        soledad/sole milagros/mila luis/lucho susanne/susi/susie susanna/susannah/susan/susi katharina/kathi/kati/katie
        sebastian/basti ulrich/uli ulrike/uli stefanie/steffi stefan/stephan matthias/mathias/matze michael/michi/micha
        andreas/andi thomas/tommi/tommy elisabeth/lisbeth/sissi
        margaret/margarete/margarethe/margrethe/margrete/grete/grethe gabriele/gabi angelika/geli brigitte/gitte/gitti
        ursula/uschi hildegard/hilde josef/sepp rudolf/rudi/rudy manfred/manni siegfried/sigi christoph/christof/chris
        gunther/gunter/guenther/guenter jorg/joerg jurgen/juergen wilhelm/willi/willy/willie philippa/pippa/pip
        gillian/jillian/gill/jill alistair/alasdair/alastair/al frederic/fred alexandre/alex stephane/steph
        veronique/vero christophe/chris isabelle/isa lars/lasse kristoffer/christopher lakshman/laxman mohammed/mohd
        sunita/sunitha shweta/swetha/shwetha/sweta sandhya/sandya
        chandrasekhar/chandrashekhar/chandrasekar/chandrashekar fatima/fatema/fatma maryam/miriam ismail/ismael
        othman/osman/uthman suleiman/sulaiman/soliman abdulaziz/abdelaziz haytham/haitham qasim/qasem/kassem/kasim
        mykola/nikolay/nikolai serhiy/sergey/sergei oleksandr/aleksandr/aleksander/alexander iryna/irina
        tetiana/tatiana/tatyana yulia/julia natalia/nataliya/natasha anastasia/nastya christophe/christopher david/dawid
        dominic/dominick/dominik edith/edyta eirik/erik/eric eugene/eugenio eva/ewa fabian/fabien francesca/francisca
        frederic/frederick/fredrick gerd/gert gilbert/gilberto jacob/jakob/jakub jaroslav/jaroslaw jerzy/jerry
        joseph/josef/jozef julian/julien katherine/catherine/katharine/katharina/katarina/katerina/caterina/ekaterina
        lucas/lukas/lukasz/luca/luka
        kathi/kathy kati/katy/kate kirsten/kristen/kristin christina/kristina/krystyna marcos/marcus mathilde/matilda
        micah/micha natalie/nathalie oliver/olivier rachel/rahel silke/sylke sofia/sophia/zofia stanislav/stanislaw
        thorsten/torsten ursula/urszula valentin/valentine valery/valeri
    """)
)
"""Spellings and forms of one first name that the list of nicknames does not connect."""

TWO_PEOPLE = frozenset(
    frozenset(pair.split("/"))
    for pair in word_set("""
        aaron/erin angel/angela angel/angelica angel/angelina alexander/alexandria alice/lisa alicia/lisa amelia/emily
        andrea/andrew ann/christiana ann/nancy anna/hannah barrett/garrett benjamin/jamie bert/bertha bill/robert
        bill/willis billy/robert clement/clementine derrick/eric edwin/edwina eileen/helen elaine/eleanor elaine/helen
        eleanor/ellen ellen/helen emil/emily emily/emma ernest/ernestine felicia/felix floyd/lloyd frederica/frederick
        genevieve/jean george/georgine hannah/joanna hannah/susan ian/john ivan/john jane/jean jane/virginia
        joan/joanna joe/joshua julia/julie justin/justina laurinda/lawrence laverne/vernon lois/louise louis/louise
        lucia/lucius luke/luther marian/marion marilyn/mary marion/mary marsha/mary mary/maureen micah/michael
        patrick/peter ralph/raphael robert/rupert ron/veronica rosemary/mary will/wilson william/wilma
    """)
)
"""Pairs in the list of nicknames that are far more often two people of one family or office than one."""
