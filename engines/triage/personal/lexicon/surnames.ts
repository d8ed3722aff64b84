/**
 * Surnames borne in the Netherlands, without their prefix ("van der"), so that a last name can be told from an ordinary word; read by lexicon.ts only.
 * Own compilation (see the data statement in the README): lower case, diacritics removed, one name per blank.
 */
export const SURNAMES = `
aa aalbers aalberts aalders aalst aardema aarden aarnoudse aarts aartsen abbas abbink abdi abdullah abels aben abma abrahams abrahamse acar acda achterberg
achterhof ackerman ackermann adams adema adriaans adriaanse adriaansen aerts agema agterberg ahmad ahmadi ahmed akbari akkerman akkermans aksoy aktas akyol
alberda alberga albers alberts albertsen aldenkamp alders aldershof ali alkema allersma altena altenburg althuis altun alves amersfoort amrani andela anderson
andriessen andringa angenent anker ankersmit annema antonissen appel appelboom appeldoorn appelman appels arends arendsen arens arentsen arkel arkema arnold
arntz aronson arslan arts asberg asselbergs assen asveld attema auwerda avci aydemir aydin azimi azzouzi baaij baak baan baans baar baardman baars baarsma
baart baas baauw bach bader baerends baggerman bak bakels bakema bakhuis bakir bakker bakkeren bakkers bal balk balkema balkenende ballegooijen baltus bank
bannink barendrecht barendregt barends barendse barneveld bartelds bartelink bartels bartelsman barten bas bast basten bastiaans bastiaansen batenburg bauer
baumann beck beckers beek beekhuis beekhuizen beekman beekmans beelen beemsterboer been beenen beens beer beerens beers beets begeer begheijn begum beijer
beijers bekker bekkers belt beltman benali benders bennink bensink benthem berends berendse berendsen berens berg bergen bergenhenegouwen berger bergers bergh
berghuis bergkamp bergman bergmans bergsma berkel berkelmans berkers berkhof berkhout berkvens bernard bernards bernhard bernts bertens besseling besselink
bessems best besten beukema beuker beukers beumer beunen beuving bever beverdam bevers beyazit beyer bezemer bezuijen bezuijenhuis biemans biemond bierens
bierma biersteker biesheuvel bijkerk bijl bijleveld bijlsma bijman bijvoet bik bilal bilt bink binnendijk birnie bisschop bisschops bisseling blaak blaauw
blaauwbroek blank blanken blankensteijn blankenstein blankers blankert blankestijn blanksma blauw bleeker blees bleijenberg blijleven blik bloem bloemberg
bloemen bloemendaal bloemers bloemhof bloemsma blok blokhuis blokker blokland bloklandt blokzijl blom blomberg blommaert blommers blonk bluemink boddeke bode
bodegraven bodewes boekel boekelman boekema boeker boekestijn boekhorst boekhoudt boekhout boel boele boelen boelens boelsma boer boerboom boere boeree boerema
boeren boerhof boering boerma boerrigter boers boersen boersma boertje boertjes boes boeschoten boesten boetzelaer boeve bogaard bogaards bogaart bogaert
bogerd bogers bok bokhoven bokma boks bol bolhuis bolk bolkestein bolks bolle bolt bolwerk bom bomers bomhof bon bonekamp boogaard boogaarts boogers boogert
booij boom boomgaard boomkamp boomsma boon boone boonekamp boonen boons boonstoppel boonstra boos boot bor bordewijk borg borger borghouts borghuis borkent
borm borsboom borst bos bosch boschker boschma boschman bosgra bosje boskamp bosker bosma bosman bosmans boss bossche bosscher bosveld boswinkel bot both botha
bots bottema bottenberg botter bouazza boukhari bouland bouma bouman boumans bourgonje bouter bouw bouwens bouwer bouwers bouwhuijzen bouwhuis bouwknegt bouwma
bouwman bouwmans bouwmeester bouwsma bouzidi boven bovenkamp bovens bozkurt braak braakman braaksma braam braat braber brandenburg brands brandsen brandsma
brandt brandwijk braun brederode breed breedijk breedveld breeman breet breg breimer brekelmans bremer bremmer brenninkmeijer breugel breukelen breuker breunis
breur brink brinkhof brinkhuis brinkman brinkmann brinks broek broekaart broeke broekema broekhof broekhuijsen broekhuis broekhuizen broekman broekmans
broekstra broens broer broere broeren broers broersen broersma broeze brokken bronkhorst bronsema bronsveld bronswijk bronzwaer brouwer brouwers brown brugge
bruggeman bruggen bruggenwirth bruggink brugman brugmans bruijn bruijne bruijnen bruijns bruijnzeel bruin bruinenberg bruins bruinsma bruintjes brummelhuis
brummelkamp brunia brunings brunink brunt brus brussee buchner budding buijs buijsman buijsse buijtenhuis buikema buining buis buisman buitelaar buitendijk
buitenhuis buiter buitink bulk bult bulten bulut bunt buren burg burger burgers burggraaf burght burgman burgmans burgt burik bus busch buschman busker
busscher bussemaker bussink buuren buurma buurman buurmans buursma caan calis camp campen can canton castelein castelijn ceelen celik cetin chang chaudhry chen
cheung choi christiaans christiaanse claassen claassens claes claessen claessens claus clemens clement cleven cloosterman coenen coenraads coert cohen colen
colijn collins colnot comans conijn coolen coolens coops coppens coppoolse corbeij cornelis cornelisse cornelissen corsten corten costa coster coumans couperus
cramer crans creemers cremers crielaard croes crombach croonen crutzen cruz cuijpers cuperus cuppen custers daal daalder daalen daalhuizen daalmans daamen
daams daane daatselaar dagevos dahmani dalen dalhuisen dalm dam damen damhuis damman dammers damsma damstra dane danen daniels dankelman dankers das daudey
davids davies davis decker deckers dedden deelen deelstra degen dehaan dejong deken dekens dekker dekkers delft delhaye delissen demir demirci demirel demmers
denkers denneman dennissen derikx derks derksen deursen deutekom develing deventer devries diaz dickhoff diederen diederiks dieleman diemel diemen diender
diepen diepenbroek diepenmaat diepeveen diepstraten dierckx dieren dieters dijk dijke dijkema dijken dijkgraaf dijkhof dijkhuis dijkhuizen dijkman dijkmans
dijks dijkshoorn dijksman dijksterhuis dijkstra dijs dik dikken dikkers dil dillen dingemans dingemanse dingjan dinther dirks dirkse dirksen dirkx dissel
distelbrink dits ditters doan doelman does doesburg doets dogan doggen dohmen dol dolman dolmans domburg dominicus dommerholt donk donker donkers donkersloot
donselaar doodeman doorenbos doorn doornbos doornekamp doornenbal doornink doorten dop dorenbos dorland dorp dorrestein dorrestijn dors dorsman dorst douma
dousi douw douwes douwma draaijer draaisma draijer dreef drees drent drenten drenth dries driesen driesprong driessen driest drijver drogt droog droogers
droogh dros drost drosten druijff drukker druten duarte dubbeldam dubbelman dubois duenas duif duijf duijn duijnhoven duijnstee duijvenbode duijvestijn duiker
duin duindam duinen duinhoven duinker duits duiven duivenvoorden duman dungen dunk dunnewind duran dusseldorp duursma duut duvekot dwarshuis dyk dykstra ebben
ebbers ebbing ebbinge eckhardt edelenbos edelman edens eeftink eek eekelen eekhof eenennaam eenhoorn eerden eerdmans eerenberg eerens eertink egberts eggen
eggens eggermont egmond eijk eijkelboom eijkelenboom eijkelkamp eijkemans eijken eijkman eijl eijnden eijsink eikelboom eikenaar eilander eilers einarson
eising eisinga eitens ek ekelmans elbers elberse elberts elbertse elderen elderhorst eldering elferink elffers elfrink ellenbroek ellens elling elsen elsenaar
elshof elsinga elst elzen elzinga emck emmelkamp emmen emmens emmerik enckevort ende engbers engberts engel engelaar engelberts engelbrecht engelen engelhard
engelkes engels engelsman enk enserink ensing ensink entius erdem erdogan erik eriks eriksson erkelens erkens ermers ernst ernste ernsten erp ersoy ertekin es
esch eshuis esmeijer esselink essen essenburg esser essers ettekoven ettema eugelink evans everaars everaerts everdingen everhardus evers eversdijk everts
evertse evertsen ewijk eykelhof faas faassen faber fabriek faessen fahner fakkert falke fasen fastenau feddema feenstra feijen feijten feitsma fekkes felix
fens ferdinandus fernandes fernandez ferreira ferwerda festen fiers fijn fikkert fikse filius flapper fleer fleuren flier flierman flipse flipsen flohr fokkema
fokkens fokker folkers folkerts folkertsma fonteijn fontein fopma fortuin fortuyn fraanje francissen franck francken franke franken frankena frankhuizen
frankort frans fransen franssen frederiks freriks freriksen fritz froon fuchs fuite funke furstner gaal gaalen gaans gaarthuis gaasbeek gage galema galen
galesloot galjaard gall garcia gardenier garritsen gasseling gast gastel gaston geelen geelhoed geels geerdink geerligs geerling geerlings geertman geerts
geertsema geertsen geertsma geesink geffen gelder gelderblom geldere gelderen gelderman geldermans geldof gemert gemmeke genderen gent geraedts geraerts
gerbens gerdes gerlach gerlings germs gerrits gerritse gerritsen gerritsma gerssen gerven geurts geurtsen geus geverink gevers ghani ghijsen gielen gieling
gielis giels giesbers giesbertz giesen giessen gijsbers gijsbertsen gijsbrechts gijsen gijzen gilissen gilles gillissen ginkel glas glastra glazenburg glerum
glimmerveen gloudemans goddijn godefrooij goedhard goedhart goedkoop goeij goel goeman goemans goense goes goessens goethals goldberg golsteijn gomes gomez
gommers gonzalez gooijer gool goor goorden goos goosen goosensen goossen goossens gorissen gorp gortemaker gosens gosliga goudriaan goudsmit goudswaard
goudzwaard gouw gouweloos gouwens graaf graaff graafland graafmans graas graat graumans grave gravemaker graven gravendeel gravesteijn greef greefhorst green
greeven greven griep griffioen grift grijp grijpma grimbergen grimm grit grob groen groenberg groenen groenenboom groenendaal groenendijk groenestein
groeneveld groenewegen groenewold groenewoud groenhof groenhuijzen groenland groensmit groenveld groesbeek groffen grol groot groote grootendorst grootenhuis
grootens grootjans grootveld grosman grotenbreg grotenhuijs grotenhuis grotens gubbels gudden gude guder guijt gul gulden guler gunes gunsing gunst gunsteren
gunter gutter haafkens haag haagen haagmans haagsma haak haaker haaksma haan haanappel haandrikman haanen haanstra haar haarbosch haaren haarhuis haarlem
haarman haars haarsma haas haasdijk haase haasjes haasnoot haast haazen habraken hachmer hackenberg haddou hagedoorn hageman hagemans hagen hagenaar hagenaars
hagendoorn hagens hagoort hak haken hakkaart hakkenberg hakkers hakvoort halbersma halbesma halem halewijn hall halma halsema halsteren hamaker hamel hameleers
hamelink hamers hamming hamoen hamstra han handels hanegraaf hanekamp hanemaaijer hanenberg hanse hansen hansma hanssen hanssens harbers harberts hardeman
hardenberg harder haring harink harkema harkes harkink harmes harms harmse harmsen harris hart harten harteveld hartgerink hartgers harthoorn hartkamp hartman
hartmann hartmans hartog hartsuiker hartveld has hasan haseloop hassan hassani hasselt hattem hattum hatzmann haveman haverkamp haverkort havinga hazelaar
hazeleger hazelhoff hazenberg hebels hecht heck heddes hedeman heederik heek heemskerk heemstra heer heerdink heere heerema heeren heeres heeringa heerkens
heerschap heersink heerwaarden heesakkers heesbeen heesch heesen heesterbeek heetebrij heezemans heezen hegeman heger heida heidekamp heidema heideman
heidemann heidstra heij heijboer heijdeman heijden heijdra heijenga heijer heijerman heijink heijkamp heijkoop heijl heijltjes heijman heijmans heijn heijne
heijnen heijnens heijnis heijstek heijster heijting heil heilig hein heineman heinemans heinen heins heinsbroek heintjes heisterkamp hekkelman hekkens hekker
hekkert hekman helden helder helleman hellemans hellendoorn heller hellinga hellings helm helmer helmers helmich helmink helmond helsloot helvoort hemelrijk
hemert hemmen hemmes hempenius hendricks hendrickx hendrik hendriks hendrikse hendriksen hendriksma hendrikx hendrix hengeveld hengst hennekens hennink hensen
henstra hentenaar henzen herber herbers herder heres herfst herijgers heringa herk hermannes hermanns hermans hermens hermes hermse hermsen hermus hernandez
herpen herrewijn hersbach hertog hertogh herwijnen heslinga hesp hesse hessel hesseling hesselink hessels hessing hetteling hettema hettinga heukelom heukels
heuker heukers heusden heusinkveld heuts heuvel heuveling heuvelman heuvelmans heuver heuzen hiddema hiddink hiemstra hilberink hilbers hilberts hilferink
hilgers hilhorst hilkens hillebrand hillebrandt hillen hinfelaar hinloopen hirs hissink hitzert hoang hobbel hobma hoeben hoed hoedemaker hoedemakers hoefnagel
hoefnagels hoefs hoefsloot hoegen hoek hoekema hoekert hoekman hoeks hoeksema hoeksma hoekstra hoekzema hoelen hoen hoenderdos hoendervanger hoens hoes hoeve
hoevelaken hoevenaar hoevenaars hoevers hof hofer hoffman hoffmann hoffmans hofkamp hofland hofman hofmans hofmeester hofmeijer hofs hofsink hofste hofstede
hofstee hofsteenge hofstra hogeboom hogenbirk hogenboom hogendijk hogendoorn hogenhuis hogenkamp hogervorst hogerwerf hogeveen hogeweg hogewoning hoitink hol
holkamp holla hollander hollanders holleman hollemans hollewijn holman holst holstein holt holtappels holterman holthuijsen holthuis holtkamp holtland holtmaat
holtrop holtslag holtus holweg homan homburg hommel hommels hommersom hommes hondebrink hong hoof hooft hoog hoogakker hoogeboom hoogeland hoogen hoogenboom
hoogendijk hoogendoorn hoogenkamp hoogers hoogerwerf hoogeveen hooghiemstra hoogkamer hoogland hoogma hoogmoed hoogsteder hoogsteen hoogstrate hoogstraten
hoogvliet hoogwerf hooi hooijer hooijmaijers hooijman hooimeijer hoorn hoornaar hoornstra hoornweg hoos hoosemans hop hopman hopmans hoppe hoppen
hoppenbrouwers hopster hordijk horn hornman hornstra horrevoets horsman horst horsten horsthuis horstink horstman horstra horvath houben houdijk houkes hout
houten houtenbos houtkamp houtman houtsma houtzager houweling houwen houwer houwers houwing hove hoven hovens hovestad hoving hovius huang huber hubers huberts
hueting huibers huiberts huidekoper huigen huijben huijbers huijberts huijbregts huijer huijg huijgen huijgens huijs huijser huijskens huijskes huijsman
huijsmans huijssoon huijts huijzen huijzer huiskamp huisken huiskens huisman huismans huistra huitema huizen huizenga huizing huizinga hulleman hulsbosch
hulscher hulsebos hulshof hulshoff hulskamp hulsker hulsman hulst hulsteijn hulzebos hulzen hummel hummelen hunink hup hupkes hurk hurkmans hussain hussein hut
huting hutten hutter huurman huygen hylkema ibrahim idema idsinga iedema ijpelaar ijsselstein ijzerman ijzermans imhof ines ingen isik islam ismail iterson
ittersum ivens iwema jaarsma jaarsveld jacobi jacobs jacobse jacobsen jager jagers jagersma jagt jalink jama jamal jambroers jankie jankowski jannink jans
janse jansen jansens jansing jansma janssen janssens janszen jaspars jasper jaspers jeensma jelgersma jelier jellema jellesma jelsma jensen jensma jeuken
jeuring jilesen jimenez joldersma joling jolink jonas jones jong jongbloed jongbloets jonge jongebloed jongedijk jongejan jongejans jongeling jongen
jongenburger jongeneel jongeneelen jongens jongerius jongh jongkees jongkind jongman jongmans jongsma jongste jonk jonkenedijk jonker jonkergouw jonkers
jonkheer jonkman jonkmans joor joordens joosse joossen joosten joostens jordaan jordan jorna jorritsma joustra juffermans jurg jurgens jurjens jurriens
jurrissen jutten kaal kaandorp kaars kaashoek kaatman kadijk kahraman kaijser kaiser kaldenberg kaldenhoven kalf kalfsbeek kalkhoven kalkman kallen kalloe
kalsbeek kalshoven kalter kaman kamerling kamermans kaminski kamma kammeijer kamminga kamp kampen kamper kamperman kampers kamphof kamphorst kamphuijs kamphuis
kampman kamps kampschreur kampstra kamsteeg kamstra kandemir kann kanters kapteijn kaptein kaptijn karaca karakaya karakus karel karels karman karreman karssen
karsten kartal kasper kaspers kassels kastelein kastelijn katan kate kateman katerberg katgert kats kattenberg katwijk kauffman kaufman kaur kaya keereweer
kegel keijser keijsers keijzer keijzers keizer keizers keizerwaard kelder kelderman keldermans kelders kelen kelleher kellenaers keller kemerink kemp kempe
kempen kempenaar kemper kemperman kempers kempkes kenbeek kennis kentie keppel kerckhoffs kerkdijk kerkhof kerkhoff kerkhoffs kerkhove kerkhoven kerkman
kerkmeester kerkstra kerkvliet kerpel kerssemakers kerssen kersten kerstens kes kessel kesseler kessels kester kesteren ketel ketelaar ketelaars ketelaers
keulemans keulen keunen keuning keur keuren keurentjes keuter keuzenkamp kevelaer khalil khan khatri kicken kieboom kieft kiel kielstra kiers kiestra kieviet
kievit kikkert kilic kilicaslan killian kim kinderen king kingma kippersluijs kirchner kirkels kist kitselaar klaasen klaasse klaassen klaassens klamer klappe
klaren klarenbeek klaris klatter klaus klaver klaveren kleef kleefstra kleijberg kleijer kleijn kleijwegt kleiman klein kleine kleinhesselink kleinhout
kleinjan kleinjans kleinsman klem klerk klerks kleuskens klever kley klijn klijnsma klijnstra klijs klingeren klink klinkenberg klinker klinkert klinkhamer
klip kloek kloet klok klomp klompmaker klomps klooster kloosterboer kloosterhuis kloosterman kloosterziel kloots klop kloppenburg klos klosse klous kluft
kluijtmans kluin kluit kluitenberg kluiters kluiver kluivers kluivert klumpers kluvers knaack knaap knaapen knape knapen kneepkens knegt knegtel kneppers
knevel knibbe knigge knijff knijnenburg knip knippels knippenberg knobbe knol knook knoop knoops knopper knoppert knops knorren knot knotter knuiman kobus
kocak kocer koch kochen kock koedijk koehler koehoorn koehorst koek koekkoek koekoek koelewijn koelman koeman koen koenders koene koenen koenis koens
koerselman koerts koeslag koets koetsier koetsveld koevoets kofman kogelman kohler kohnen koijck kok koke kokke kokkelink kokken kol kolen kolff kolk kolkman
kolmer kolste kolster komen kommer kommers konijn konijnenberg konijnenburg koning koningen konings koningstein koningsveld koninkx kooi kooij kooijman
kooijmans kooiker kooiman kooimans kooistra koojker kool koole koolen koolhaas koolhof koolman koolmees koolmoes koolstra koolwijk koomen koopal kooper koopman
koopmans koopmanschap koops koot kooy kop kopmels koppejan koppelaar koppelman koppen koppens koppers koppert koppes korbee koren korenhof korevaar korf
kornelis korpel korpershoek korporaal korsten kort korte kortekaas korteland korteling kortenbach kortenoeven korteweg korthals kortlever kortman kortooms
korver korvinus kos kosse kossen kostense koster kosterman kosters koswal kotte kouijzer koulil kouw kouwen kouwenberg kouwenhoven kovacs kowalski kraa kraai
kraaij kraaijenbrink kraaijeveld kraaijkamp kraaijpoel kraak kraal kraan kraats krabbe krabbenborg krabbendam kraker kram kramer kramers kranenborg kranenburg
krans kras kreeft kreeftmeijer kreijkamp krekel krekels krens krepel kreuger kreukniet kriek kriekaart krielen krijger krijgsheld krijgsman krijnen krijnsen
krijt krikhaar krikke krikken krins kristen kroes kroesbergen kroese kroesen kroeze krol krom kroon kroone kroonen kroonenberg kroot krosse kruger kruijer
kruijf kruijff kruijk kruijs kruijsen kruijssen kruijt kruijthof kruik kruis kruisbergen kruisselbrink kruit kruithof krul kubat kucuk kuijf kuijk kuijken
kuijl kuijlen kuijlenburg kuijper kuijpers kuijs kuijt kuijten kuijvenhoven kuik kuin kuip kuiper kuipers kuit kuiters kulk kumar kunst kuppens kurt kurver
kurvers kurz kus kuster kusters kuypers kwaak kwakernaak kwakkel kwaks kwant kwast kwekkeboom kwint kwinten laan laar laarhoven laarman laban labee lacroix
ladage lafeber lageman lagendijk lagerweij lagerwerf lagrand lam lamain lambalk lambert lamberts lambrecht lambrechts lamers lammers lammertink lammerts
lammertsma lamp lamping lamsma landman landsman landsmeer landstra lang langbroek lange langeberg langedijk langelaan langelaar langeland langen langenberg
langendijk langendoen langenhuijsen langerak langereis langeveld langevoort langeweg langhout langkamp lankhaar lankhorst lankreijer lansbergen lansink lanting
lantinga lap lapre lardinois laros larsen lassche lasschuit lathouwers latour lau laurens laurensse laurenssen lausberg lauwers laven lavrijsen lavrijssen le
leber leclercq ledeboer lee leeferink leeflang leeftink leegwater leek leemans leemhuis leemreis leen leenaars leenders leendertse leenen leenhouts leenknegt
leenstra leerdam leering leest leeuw leeuwe leeuwen leeuwenburgh leeuwestein leeuwis legerstee leijdekkers leijen leijendekkers leijenhorst leijser leijssen
leijten leisink lejeune lek lekkerkerker lelieveld leliveld lem lemaire lemmen lemmens lemmers lems lemson lenders lenferink lennartz lenselink lensen lensing
lensink lent lente lenten lenting lentink lentjes leo lepelaar leppers lestrade letteboer leunissen leurs leusden leusink leussink leuven leuvenink leuverink
levering levink lewis li libregts lichtenbeld lichtenberg lichtendonk lie liebrand liebregts liefting lier lieshout liesveld lieverse ligt ligtenberg ligthart
ligtvoet lijbers lijesen lijster lijten lijzenga lille limburg lin lindeboom lindeman linden lindenbergh lindenburg linders lindhout linker linnartz linnenbank
linschoten linskens linssen lintel linthorst lintsen lips lipsch lith littel liu loef loeffen loenen loenhout loggers lohman lohuis lok lokerse lokhorst
lokkers loman lommers lommerse long loo looij looijen looijenga looijmans loois looise look looman loon loonen loonstra loop loopik loor loos loosbroek looten
lopes lopez loppersum lorentz losekoot lot louman louw louwen louwers louwerse louwes louws loverbos lowijs lubben lubberink lubbers lubberts lucas lucassen
ludwig lugt lugtenburg lugtigheid luijben luijendijk luijk luijken luijkx luijt luijten luijterink luik luiken luiten luitjes lukas lukassen lukkien lulofs
lutgens lutje lutke lutters luttikhold luttikhuis luttmer lutz luuring lybaart ma maaijen maas maaskant maassen maaswinkel maat maatje maatman macdonald
machielsen mackay made mager maghnouji mahabier mahieu mahmoud mahmoudi maier mak maka malawau maliepaard mandemaker mandemakers mander manders manen mangal
mangnus mangroo manintveld mannaerts mans manschot mansveld mantel manten marcelis marchal marchena marcus marees marijnissen marijs maring maris marks markus
markx mars marsman marsmans martens martin martina martinez martinus maseland massop mast masten mastenbroek mastwijk mathijssen matser matthijs matthijsse
matthijssen mattijssen maurer maurits maziers mazurek medema meekes meel meerbeek meerburg meerdink meeren meerendonk meerkerk meerman meers meershoek meerten
meertens meerveld meerwijk mees meester meesters meeuse meeuwis meeuwisse meeuwissen meeuws meeuwsen meevis meier meij meijden meijer meijere meijering
meijerink meijers meijlink meijs meijvis meinders meindersma meinema meints meis meister mekel mekkes mekking melchers meles melis melissen mellema melman mels
melse menger mengerink menke menken menkveld mensing mensinga mensink menting mentink mercelina mercera merkelbach merkens merkies merks merkus merkx merode
mersel mertens meskers mesman messchaert messemaker mestrom metselaar metselaars metz meuffels meuleman meulemans meulen meulenaar meulenbeld meulenbelt
meulenberg meulenbroek meulenbroeks meulendijk meulendijks meulenkamp meulman meurs meuwese meuwissen mevissen meyer meyers micheels michels michielse
michielsen middel middelbeek middelburg middeldorp middelkamp middelkoop middendorp miedema mieras mijer mijland mijnhardt mijnheer mijnsbergen mijs mil
miltenburg minderhoud mink minkema minnaard minnema minnen mirza mittendorff mo moed moedt moen moens moerdijk moerenhout moerkamp moerkens moerkerk moerkerken
moerland moerman moes moesker moesman mohabir mohamed mohammad mohammed mohan moharir mohr mol molemans molen molenaar molenaars molenbeek molenberg molendijk
molengraaf molenkamp molhoek molhuizen molijn molin moll mollema mollen mom momber mommers monde mondeel monsma monteiro mooi mooij mooijekind mooijman mooiman
mook moolenaar moolenbeek moonen moons moor moore moorlag moorman moors moorsel moraal morren mors morselt morsink morssinkhof mos mosch moses mosman mosselman
most mosterd mostert motta mourik mous mouthaan mouw mozes mudde muijs muijsson muijzer muilwijk muis muizer mulder mulders muller munneke munnik munnink
munster munsterman munsters murat muris murk muselaers mussche mussert musters mutlu mutsaars mutsaers muurling muurman muyskens naaijen naaktgeboren nab
nabben naber nagel nagelhout nagels nagtegaal nagtzaam nahuis nair nanninga nap nassau nauta nauw nawijn nederend nederhoed nederlof nederpel nederveen neef
neefjes neefs neele neelen neerincx nefkens neggers neijenhuijs neijenhuis nekkers nel nelemans nelis nelissen nellen nelson nes neut neuteboom neve nevels
neven newman ng ngo nguyen nieboer niehaus niehof niehoff niekerk niekolaas nieland niels nielsen niemantsverdriet niemeijer nienhuis niens niers niessen
nieuwboer nieuwburg nieuwdorp nieuweboer nieuwenburg nieuwendijk nieuwenhof nieuwenhoven nieuwenhuijs nieuwenhuijse nieuwenhuijsen nieuwenhuijzen nieuwenhuis
nieuwenhuizen nieuwenkamp nieuwkamp nieuwkerk nieuwkoop nieuwlaat nieuwland nieuwmeijer nieuwpoort nieuwstraten nieveen nieveld nijboer nijdam nijdeken
nijenhuis nijhof nijhoff nijholt nijhuis nijkamp nijland nijman nijmeijer nijs nijsen nijsink nijssen nijst nijsten nijveld nijveldt nikkels nillesen nillessen
nobel nobelen noij nolden nolen nolet nolles nolte nolten nomden nonnekes nooij nooijen nooijens noom noor noordam noordegraaf noordeloos noordenbos noorderijk
noordermeer noordhoek noordhof noordhoff noordhuis noordijk noordman noordveld noordzij noorland noorlander noort noortman noot nooteboom noten notenboom
nouwen nouwens nouws noy nugteren nuijen nuijens nuijten nuis nunes nusmeijer nusselder nuyten nyman nypels obbink obdam oberman obers ochten ockhuijsen
ockhuizen odijk odinga oei oelen oerlemans oers oever oeveren offeringa offermans offers ogink ok okken okker okkerse okma olde oldekamp olden oldenburg
oldengarm oldenhof oldenkamp oldenziel olders olieslagers olij olijhoek oliver olivera olivier olsder olsen olst olsthoorn olthaar olthof olthoff olthuis
oltmanns oltmans ommen ommeren omta onclin onderdijk onderwater ongena onnink onrust onstenk ooijen ooijevaar ooijman oome oomen oomens oomkens ooms oonincx
oonk oord oorschot oort oorthuis oortwijn oostdam oostdijck oostdijk oostema oosten ooster oosterbaan oosterbeek oosterberg oosterbroek oosterhof oosterhoff
oosterhout oosterhuis oosterink oosterkamp oosterlaken oosterlee oosterling oosterloo oosterman oosterom oosterveen oosterveld oostervink oosterwijk oosthoek
oostindie oostland oostra oostrom oostrum oostveen ooyen opdam opgenoort ophof opmeer oppelaar oppers opstal opstelten orie orriens orsel ortega os osinga
oskam osman osse ossel ossenkoppele osseweijer ostendorf ott otte ottema otten ottenhof ottens otter otterloo ottevanger otto oude oudejans oudeman ouden
oudenaarden oudendijk oudenes oudenhoven ouderkerk oudkerk oudman oudshoorn ouwehand ouwens ouwerkerk ouwerling ovaa overbeek overbeeke overboom overdijk
overgaauw overgoor overkamp overkleeft overmars overmeer overmeire overschie overvliet overwater overweg ozcan ozdemir ozer ozkan ozturk paans paap
paardekooper paas paauw paauwe padberg padding padmos paf palm palma palmen palmer palsma pander pannekoek pape papen paping pardoel paridaans paris park
parlevliet parson pas paske pasma passchier passier pastoor pastoors patel pater paters patist paul pauli paulides paulissen paulsen paulus pauw pauwe pauwels
pauwelsen peek peekel peelen peer peerbolte peerdeman peereboom peeren peerenboom peerlings peet peeters peetoom peijnenburg peijs peke pel pelgrim pelgrom
pelle pellegrom pellen pels pelser pelt penning pennings penninkhof penninx pepels peppelman pepping perdijk pereboom pereira perez perquin perry persoons
perton pesman pessers peters peterse petersen petit petri petrus pettinga peute peverelli pfeiffer pham phan philips philipsen phillips phoelich pieck piek
piekema piena pieper piepers pierik piet pieterman pieters pieterse pietersen pietersma pietjouw pijfers pijls pijnacker pijnappel pijnenborg pijnenburg pijper
pijpers piket pinas pinckaers pinkse pinto pinxt piron pit plaat plaatsman plaggenburg plak plandsoen plantinga plas plasman plasmeijer plasschaert plat plate
platteeuw platvoet pleijsier plender plevier ploeg ploeger ploegmakers ploegman plomp plooij plooijer ploos plug plugers plugge pluijm pluim pluimers poel
poelman poelmann poelmans poels poelsma poelstra poen poiesz pol polak polat polder polderman polet polhuijs polling polman polmans pols ponsen ponsioen
ponstein pont pool poolen poolman poort poorten poorter poorthuis poortman poorts poortvliet poot pop popma poppe poppelaars poppema popping posma post
posthouwer posthuma posthumus postma postmus postuma pot potappel pothof potma pots potter potters potze pouw pouwels pouwelse pouwer povel praag praamstra
praat prakken pranger prast preijers prevo prevoo prick prickaerts priem prijs prijt prince prins prinse prinsen prinssen prinsze prinzen procee pronk proost
proosten proper provoost pruijn pruijs pruim pruis pruissen puijk puijn punt punter put putman putmans puts putten putter quaak quaden quaedvlieg quak quax
quekel quint quist raadgever raadschelders raadsheer raaff raaijmakers raak raap raas raatgever raats radder rademaker rademakers raedts raemaekers rahimi
rahman rahmani raijmakers rajabi rakers ramaekers ramakers raman ramautar ramdas ramdhani ramdin ramdjan rameau ramesar ramkema rammers ramos ramp rampersad
ramselaar randsdorp rang ransijn rap ras rasenberg rasmussen rassin raterink rath rauwerda raven ravenhorst ravensbergen ravenstein ravestein razenberg rebel
reedijk reefman reehorst reehuis reekers reen reerink reesink regeer regts rehorst reichardt reijer reijers reijerse reijersen reijmer reijmers reijn reijnders
reijnen reijngoudt reijnhoudt reijnierse reijntjes reimert reinders reindersma reinds reinerink reinhard reintjes reints reitsema reitsma reitzema rekers
rekveld remeijer remijn remijnse remkes remmelink remmelts remmelzwaal remmers renes rengelink rengers rens rensen rensink rentenaar repko retera reterink
reuling reumer reurink reus reusken reuvekamp reuver reuvers rev rexwinkel rhee rheenen ribberink ribbers ribeiro richter ridder ridderbos ridderhof ridders
riedijk riedstra riekerk riel riem riemens riemersma riemsdijk riemslag rienks riesen riessen rietberg rietbergen rietbroek rietdijk rieter rietkerk rietman
rietmeijer rietra rietveld rietvelt rigter rigters rijbroek rijckaert rijff rijke rijkeboer rijken rijkens rijkers rijkhoff rijks rijksen rijlaarsdam rijn
rijnbeek rijnbende rijnberg rijnberk rijnders rijneveld rijnhart rijnsburger rijnsent rijntjes rijper rijpkema rijpma rijpstra rijs rijsbergen rijsdijk
rijsemus rijsewijk rijssel rijst rijswijk rijt rijzewijk rikken rikkers riksen ringelberg ringeling ringers rinkel rinsma rinzema risseeuw ritmeester ritsema
ritsen ritsma ritter ritzema ritzen ritzerfeld rob robben robbers robberts robbertse robbertsen robbins roberts robertson robijn robinson robroek rodenburg
rodermans rodijk rodrigues rodriguez roebers roebroek roelands roelen roeleveld roelfs roelfsema roelfzema roelofs roelofse roelofsen roelofsma roels roemer
roemers roerdink roesink roest roeterdink roeters roetert roffel roffelsen rog rogge roggen roggeveen rogier rohaan rohde roks rol rolf rolink rolloos rolvink
romeijn romeijnders romein romers romkes rommens rommers rompelman rood roodbeen roodenburg roodhart roodnat roodzant rooij rooijackers rooijakkers rooijen
rooijmans rook rooker rookhuizen rooks roon roord roorda roos rooseboom roosen roosenboom roosenbrand roosendaal roosjen roosken roosma roossien rooth
roothaert roozeboom roozemond roozen roozenboom roozendaal ros rosbergen rosema rosenberg rosenboom rosendahl rosier rosing rosmalen ross rosse rossel rossen
rossum rost rotgans roth rothman rothuizen rotman rotteveel rottier rottinghuis roubos roukema roukens rouw rouwenhorst rouwhorst rouwkema rovers rozeboom
rozema rozeman rozemeijer rozemuller rozenberg rozenboom rozenbrand rozenbroek rozendaal rozendal rozing ruben rubingh ruesink ruijg ruijgrok ruijs ruijsch
ruijsink ruijssenaars ruijtenbeek ruijtenberg ruijter ruijters ruimschotel ruis ruisch ruitenbeek ruitenberg ruitenburg ruiter ruiterkamp ruiters ruiz
ruizendaal rulkens rullens rump rus rusman russchen rust rusticus rutgers rutges rutjens rutjes rutte rutten ruttenberg ruttink ruumpol ruven ruygrok ruyter
rynja sabajo sablerolle sadiki sahin said salden salemink salih salimi salm salomons samsom samson sanchez sand sandberg sandee sanden sanders sandkuijl
santegoeds santen santos sap sarier sariman saris sas sassen satink satter sauer sauren savelkoul savelkouls sax scha schaaf schaafsma schaap schaapman schaar
schaars schaart schaefer schaeffer schaeken schaffers schaik schalk schalken schalkwijk schans schapendonk schaper schat schavemaker scheele scheenstra
scheepens scheepers scheepmaker scheepstra scheer scheerder scheerens scheerman scheers scheffer scheffers scheijen schel schellekens schellen schellens
schellevis schelling schellingerhout scheltema scheltens scheltinga schelvis schenk schenkel schenkels schep schepens scheper schepers scherer scheringa
scherpbier scherpenisse scherpenzeel scherphof scherrenburg scheuer scheurwater schie schiebroek schiedam schiff schiffer schiffers schijf schijff schijndel
schijven schilder schilders schildkamp schillings schilp schilt schimmel schimmelpenninck schinkel schipper schipperheijn schipperijn schippers schlingmann
schmal schmeits schmid schmidt schmitt schmitz schneider schneiders schnitzler schoehuys schoemaker schoemakers schoen schoenaers schoenaker schoenmaeckers
schoenmaker schoenmakers schoffelen schoffelmeer schokker schol schole scholing scholl scholman scholte scholten scholtens scholtes scholts scholtz schoman
schoon schoonderbeek schoonderwaldt schoonderwoerd schoonebeek schoonen schoonens schoonheim schoonhoven schoonman schoorl schoormans schoot schooten schoots
schopman schoppema schorel schot schotanus schoten schothorst schotman schotsman schotten schouten schoutens schouteren schouw schouwenaar schouwenaars
schouwenburg schouwstra schraa schraag schrader schram schrama schramade schrauwen schreuder schreuders schreur schreurs schriek schrier schrijen schrijner
schrijver schrijvers schrijvershof schroder schroeder schroevers schroot schroten schuijt schuil schuilenburg schuiling schuit schuitema schuitemaker
schuiteman schukken schuld schuler schulp schulte schulten schultinga schultz schulz schumacher schurgers schuring schuringa schurink schut schutgens schutrups
schutte schuttel schuttelaar schutten schutter schuur schuurbiers schuurkamp schuurman schuurmans schuurs schwab schwartz schwarz schweitzer seegers seelen
seesing segeren segers seijsener seinen seip selhorst sels selten semeijn sen senden senders senf sengers sens serier serne servaas servais sevenster severens
severijnen sezer shah shahin sharma siebelink sieben siebenga siebers siebring siegers siemerink siemons sierat siereveld siersma sietses sietsma sijben
sijbesma sijbrandij sijm sijmons sijpesteijn sijtsma sikkema sikkens silva silvius simmelink simon simonis simons simonse simonsz simpelaar simsek singh sinke
sinkeldam sinnema sinnige sint sinx sipkema sipkes sipma sips sital siteur sitters sival sjardijn sjoerds sjoerdsma sjollema sjouw slaa slaats slabbekoorn
slabbers slagboom slager slagers slaghuis slagt slagter slangen slee sleeuwenhoek slegers sleijpen sleijster sleutel sliekers slijkerman slijkhuis slijkoord
slijpen slikker slinger slingerland slings slinkman sliphorst sloot slootjes slootmaker sloots slootweg slop slort slot slotboom slotema slotemaker slotman
sluijs sluijsmans sluijter sluijters sluimer sluis sluiter sluiters sluman slump smal smalbrugge smale smalen smaling smallegange smeding smeekens smeele
smeenk smeets smeijers smelt smelting smeltink smetsers smeulders smid smids smidt smiers smijers smink smit smith smits smitshuijzen smitskamp smitz smolders
smolenaars smoors smorenburg smouter smulders snaathorst sneep snel snelder snelders snellen sneller snelting snep snepvangers snijder snijders snijtsheuvel
snikkers snip snippe snippert snoei snoeij snoeijen snoeijs snoek snoeks snoeren snoijl snuif soares soer soesman soest soetekouw soeteman soeters soethout sol
solak solen sombroek somers somhorst sommen sommer sommers somsen sonnemans sonnenberg sonneveld soonius soons sopacua sordam sosef souren sousa souza spaan
spaander spaans spaargaren span spaninks spanjaard spanjer spanjers spapens spee speelman speelmans speerstra speet speets spek spekman spekreijse spelt
spiegel spiegelenberg spier spierenburg spierings spierts spijk spijker spijkerboer spijkerman spijkers spijkstra spil spit spithost spithoven spits spitzen
sprang sprangers spreeuwenberg sprenger sprengers spriensma springer springorum sprong spronk spruijt spruit spruyt srivastava staa staak staal staalenburg
staals staarink stad staddon stadhouders stal stalenhoef stalman stalpers stam stammen stamper stams stamsnijder standaart stapel stapelbroek staphorst starink
stark stassen staver steeg steegh steeghs steehouwer steeman steen steenbakker steenbakkers steenbeek steenbergen steenbrink steendam steenge steenhof
steenhuis steenkamp steenman steenmeijer steenpoorte steensma steenstra steentjes steenvoorden steenwijk steffens stegeman steger steggerda steggink steiger
steijn stein steinbach steinmetz stel stelling stellingwerf stelpstra steltenpool stelwagen stemerdink stemkens sterenborg sterk sterken sterkenburg
sterrenberg sterrenburg stettner steunebrink steunenberg steur stevelink stevens stevense steverink steward stewart stiekema stienstra stijger stikker
stikvoort stins stiphout stock stoel stoelhorst stoelinga stoet stoevelaar stoffel stoffelen stoffels stoffers stofmeel stok stokhof stokker stokkermans
stokkers stokking stokman stokmans stol stolk stolker stolp stolte stoltenberg stoltenborg stolwijk stomp stomphorst stoop stoopman stopel stoppelenburg stork
storm stormezand storms storteboom stortelder stout stouten stoutenburg stoutjesdijk straat straaten straathof straatman straatsma straten strating straver
streefkerk streefland streekstra streng strengers strien strietman strijbis strijbos strijdveen strijk strijker strijland strik strikkers strikwerda strobbe
stroeken stroes stroetinga stroeve stroink strolenberg stroo stroobach strooker stroom stroomberg stroop stroosnijder strous struijk struijs struik struis
stuart stubbe stuifzand stuijt stuijvenberg stuivenberg stuivenvolt stuiver stultiens stumpel stunnenberg stuurman stuut suijker suijkerbuijk suijkerbuik suijs
suk sukel sukkel sulkers summeren sun suppers surink susan suurland suurmeijer suurmond suurs swaan swaanen swaans swager swagerman swagten swart swarte
swarthof swartjes swarts sweers swelsen swennen swerts swier swiers swierstra swijnenburg swillens swinkels swinnen sybesma sybrandy szabo szymanski taams
tabak tabbers tacken taken talens talma talsma tamboer taminiau tammen tammes tan tang tange tangelder tanis tank taskin tasma tavenier taylor tazelaar teekens
teelen teeling teerink teeuw teeuwen teeuwisse teeuwissen tegelaar tegelaers tegels teggelaar teijgeler teixeira tekin telgen telkamp tellegen temme temmerman
temmink tempel tempelaar tempelaars tempelman tenback tenbult tenge tennekes terlouw termeulen terpsma terpstra tesselaar tesser teuben teunis teunisse
teunissen teuns teurlings teuwen tewarie theelen theeuwen theijse theunis theunisse theunissen theunisz theuns theuws thewessen thewissen thiel thielen thijs
thijsse thijssen thissen thoen thole thomas thomassen thompson thonen thoolen thunnissen tibben tiebie tiebosch tiel tieleman tielemans tielen tielens tiemens
tiemersma tiemessen tigchelaar tiggelaar tiggelman tijdeman tijhof tijhuis tijink tijmes tijms tijsen tijssen tijsterman tijthoff tillaart tillart tille
tillema tilleman timmer timmerhuis timmerije timmerman timmermans timmers tinga tinke tinnemans tinnevelt tito titulaer tjaden tjallingii tjalma tjassens
tjeerdsma tjepkema tjerkstra tjoelker toebes toering toet toirkens tol tolboom tolhoek tolkamp tolman tolner tolsma tom toma tomas tomassen tomesen tomey tonen
tongeren tonkens tonkes tonnaer toonen toor toorenburg toorn top toppen tops torenbeek torn torreman torres torringa tosserams toussaint touw touwslager
toxopeus tramper tran trappenburg tras treep treffers treuren treurniet trienekens trimbos trip troelstra trommelen tromp trompert trompetter troost
troostheide trouw truijen trum tubbing tuerlings tuijl tuijn tuijnman tuijp tuijtel tuin tuinder tuinenburg tuinhof tuinman tuinstra tuinte tuk tukker tulp
tummers tunc tuncer turk turkenburg turkmen turkstra tuyn twickler twigt twilhaar twisk tymes tysma tyssen uijen uijl uijlenbroek uijtdewilligen uijterlinde
uijterwaal uijthof uijttewaal uilenberg uitdehaag uitenbroek uitert uiterwaal uiterwijk uithof uithol uittenbogaard uitterhoeve ulrich unal uneken urbanus
ursem usman uylings uysal uzun vaal vaandering vaandrager vaanholt vaarwater vaassen valen valent valentijn valk valkenburg valkenburgh valkenhoef valkering
valkhoff valkman valks vally valstar valster vandenberg vandijk varela varga varkevisser vasen vasse vasseur vastenburg vaz veen veenboer veenema veeneman
veenendaal veenhof veenhuis veenhuizen veening veeninga veenkamp veenker veenman veenstra veenvliet veer veerbeek veerdonk veerkamp veerman veermans veger vegt
vegte vegter vegting veiga veijgen veld velde veldema velden veldhoen veldhof veldhoven veldhuijzen veldhuis veldhuizen veldink veldkamp veldman veldmans
veldmeijer veldstra veldt veldwijk velema veling velings vellekoop vellema velthoen velthof velthoven velthuijs velthuijzen velthuis veltkamp veltman velzen
ven venderbosch venekamp venema venhuis venhuizen venmans venne venneker vennema vennik vennink vennix venrooij venrooy vente ventevogel venus veraart verbaan
verbaas verbakel verbeek verbeeten verberk verberkmoes verberkt verberne verbiest verblauw verbon verbong verboog verboom verboon verborg verbraak verbree
verbrugge verbruggen verbruggh verbunt verburch verburg verburgh verburgt verdaasdonk verdam verdegaal verdellen verdenius verdijk verdoes verdonk verdonschot
verdoold verdoorn verduijn verduin verdult verdurmen vereecken vereijken vergeer vergeldt vergouw vergouwe vergroesen vergunst verhaaf verhaag verhaar verhaard
verhaeg verhaegen verhaegh verhagen verhallen verhart verheesen verheggen verheij verheijden verheijen verheijke verhelst verheugd verheul verheyen verhoef
verhoeff verhoek verhoeks verhoekx verhoeve verhoeven verhofstad verhoog verhoogt verhorst verhulsdonk verhulst verkaaik verkaart verkade verkerk verkleij
verkoelen verkooij verkooijen verkoulen verkroost verkruijssen verkuijl verkuijlen verkuil verkuilen verlaan verlaat verlangen verlegh verleun verlinde
verlinden verloop vermaak vermaas vermaat vermaire vermeer vermeeren vermeij vermeijden vermeule vermeulen vermijs vermin vermolen vermue vermunt vernes
vernhout vernooij vernooy verpalen verploeg verploegh verpoort verpoorten verrijdt verrijt verrips verroen verschoof verschoor verschueren verschuren verschuur
verschuure versendaal versleijen versloot versluijs versluis verspaandonk verspeek verspuij verstappen versteden verstee versteeg versteegde versteegen
versteegh versteegt verstegen versteijlen versteijnen verstijlen verstijnen verstoep verstraaten verstraete verstraeten verstraten verstuijf vertegaal verveer
verveld vervenne vervest vervliet vervloet vervoordeldonk vervoort vervuurt verwaaijen verwaal verwater verweij verweijen verwers verwey verwijmeren verwijs
verwilligen verwimp verwoerd verwoerdt verwoert verwolf verzijden verziji verzijl vester vestering vet veth vetter veugelers veugen veurink veurtjes vialle
viana vianen vicente victor vieira vierbergen viergever vierhout vierveijzer vierwinden viester vijfhuizen vijfvinkel vijge vijgen vijn vijver vijverberg
vijverman vijzelaar villerius vincent vincken vink vinke vinken vinkenborg vinkenvleugel vinkers vinks vis visch visschedijk visscher visschers visser
visserman vissers vissia vissinga vitringa vlaanderen vlaar vlaardingerbroek vlak vlaming vlas vlasblom vlaskamp vlastuin vlasveld vleeming vleeshouwer
vleeshouwers vleugel vleugels vliegenthart vlieger vliek vlies vliet vlietman vlietstra vloet vloon vlooswijk vlutters voerman voermans voesten voet voeten
voets vogel vogelaar vogelenzang vogelezang vogelpoel vogels vogelsang vogelzang vogt voigt volbeda volbers volders volkering volkerink volkers vollaard
vollebregt vollenberg vollenbroek vollering volman volmer volten volwater von vonder vonderen vonk vonken voogd voogt vooijs voois voorberg voorbergen voordouw
voorend voorham voorhoeve voorhorst voorhout voorintholt voorm voormolen voorn voorneveld voorrips voort voorthuijsen voorthuis voorthuizen voortman voorwinden
vorage vorderman vork vorst vorstenbosch vos voskamp voskes voskuijl voskuil voskuilen vosman vosmeijer vossebeld vosselman vossen vossers vosters vredenbregt
vredeveld vredeveldt vree vreeburg vreede vreekamp vreeken vreeker vreeman vrees vreeswijk vreeze vrehen vreken vreugdenhil vrieling vrielink vriend vriends
vriens vries vriesde vriese vriesema vriesen vrieze vriezekolk vriezen vrijdag vrijenhoek vrijhoef vrijhof vrijland vrijling vrijman vrijmoed vrijmoeth vrijsen
vroege vroegindeweij vroegop vroemen vrolijk vroling vroom vroomen vrouwe vruggink vrugt vrugteman vu vugt vugts vuijk vuik vullings vulpen vuuren vuurens waa
waaijer waal waals waalwijk waanders waard waarden waardenburg waarts waas wacht wachter wachtmeester wagemaker wagemakers wageman wagemans wagenaar wagenaars
wagener wagenmakers wagenvoorde wagenvoort wagner wagter wahab wakelkamp wal waldhober walet wallenburg walraven walravens wals walsh walstra walta walter
walters waltmans walvis wammes wan wandel wanders wang wannet wansink wapenaar wapstra ward wardenaar warmenhoven warmerdam warmoeskerken warnaar warners
warnink warringa wassen wassenaar wassenberg wasser wassink waterborg waterham watering waterink waterlander waterman watson wattel waveren webb weber webers
weda weel weelink weening weenink weenk weerd weerden weerdenburg weerdt weeren weerman weernekers weernink weers weersma weerstand weert weerts wegdam weges
weggemans wegh wegkamp wegman wegter wehkamp wehrens weide weidema weij weijdeman weijden weijer weijermans weijers weijland weijman weijmans weijs weijters
weijts weima weimar weinans weinberg weiss weitering weits wekking welbergen welbers welle wellen welling wellink welman welmers wels welten welter welvaart
welvaarts welzen wemmers wendt wennekes wensink wensveen went wenting wentink wentzel werf werff wering werkhoven werkman werner werners wernsen wert werter
wesdorp wesseldijk wesseling wesselink wesselius wesselman wessels wesstein westbroek westdijk westdorp westen westenberg westenbrink westenbroek westendorp
westenend wester westera westerbeek westerbeke westerbroek westerdijk westerduin westergaard westerhof westerhoff westerhout westerhoven westerhuis westerik
westering westerink westerkamp westerlaken westerman westerneng westerveen westerveld westervoort westhof westhoff westland westmaas westra westrek westrik
weststeijn weststrate wetering weterings wetzels wever weverink wevers wezel wezenberg white wiarda wichers wichman widdershoven wiebenga wiechers wiedijk
wiegel wiegerinck wiegers wiegman wiegmans wiekens wiel wielaard wieland wielen wielens wieling wielinga wielstra wieman wientjes wier wierda wierenga wieriks
wierikx wieringa wieringen wiersema wiersinga wiersma wierstra wiersum wierts wiese wigchert wiggers wigman wijbenga wijbrandi wijdeven wijers wijgerde wijk
wijkhuizen wijma wijmans wijmenga wijn wijnalda wijnands wijnbelt wijnberg wijnbergen wijnberger wijnen wijngaard wijngaarden wijnhoven wijnia wijnja wijnker
wijnsema wijnsma wijnstok wijnstra wijntjes wijs wijsbeek wijsman wijsmuller wijst wijtenburg wijtmans wijvekate wilbers wilbrink wilde wildeboer wildeman
wildemans wilden wildenberg wildenburg wilders wildervank wildschut wildt wilgen wilgenburg wilgenhof wilhelm wilken wilkens will wille willekes willems
willemse willemsen willemstein williams willigen willigenburg willighagen willis wilmink wilms wilmsen wils wilschut wilson wiltenburg wilting wiltink wilts
wimmers win wind windau winde winden winder windhorst windhouwer windt wingelaar wingerden winia wink winkel winkelaar winkelhorst winkelhuis winkelman
winkelmolen winkels winklaar winkler winnubst winsemius winsum winter winterink wintermans winters wip wiskerke wisman wisse wissel wisselink wissen wissing
wissink wit witberg witjes witkamp witlox witman witmond witpaard witsenburg witt witte wittebol wittebrood witteman wittenberg witteveen witting wittink
witvliet witvoet witz woelders woensdregt woensel woerdeman woerden woertman woestenburg wognum wolbers wolbert wolbrink wolda wolde wolf wolferink wolfert
wolff wolfs wolfsen wolken wolkers wolleswinkel wolswijk wolterink wolterman wolters wolthers wolthuis wolthuizen wolting wolvenne wolvers wonder wonderen
wondergem wong woortman wopereis workum worm wormgoor worms worp wortel wortelboer wortman wouda woude wouden woudenberg woudsma woudstra wouters wouterse
woutersen wouw wouwenaar wouwenberg wright wu wubbels wubben wubbena wubbolts wubs wuestenberg wuijster wuijts wulffraat wulms wulp wurfbain wuring wurpel wuts
wyngaard wytsma xu yalcin yaman yang yasar yavuz yesil yetkin yigit yildirim yildiz yilmaz young yousefi yousif ypma yska yucel yuksel yusuf zaagman zaaijer
zaalberg zaanen zaat zadelhoff zagers zaghdoud zalm zaman zandbelt zandberg zandbergen zande zanden zander zanders zandhuis zandijk zandman zandstra zandt
zandvliet zandvoort zandwijk zant zanten zantingh zeegelaar zeegers zeeland zeelen zeelenberg zeeman zeemans zeeuw zeeuwen zeevaart zegeren zegers zeggelaar
zegveld zeijl zeilmaker zeilstra zeinstra zeist zekveld zelissen zenderen zendman zengerink zentveld zeppenfeldt zevenbergen zevenboom zevenhuizen zeverijn
zieleman zielman zieltjens zijdenbos zijderlaan zijderveld zijl zijlma zijlmans zijlstra zijp zijta zijtveld zilver zilverberg zimmerman zimmermann zinkstok
zinnige zoelen zoer zoet zoetbrood zoete zoetelief zoeteman zoetemelk zoetendaal zoeteweij zoethout zoetmulder zomer zomerdijk zomers zondag zonderland
zondervan zonnenberg zonneveld zonneveldt zoon zoons zoontjes zuidam zuidberg zuiddam zuidema zuideman zuiderduin zuidersma zuiderveld zuidgeest zuidhoek
zuidhof zuidland zuidmeer zuidweg zuidwijk zuijdendorp zuijderduijn zuijderwijk zuijdwijk zuijlekom zuijlen zuur zuurbier zuurmond zuurveen zwaag zwaagstra
zwaal zwaan zwaanenburg zwaans zwagemaker zwager zwagerman zwagers zwakenberg zwambag zwamborn zwanenburg zwaneveld zwanikken zwart zwartbol zwarteveen
zwarthoed zwarthof zwartjes zwarts zwartveld zweedijk zweegers zweens zweep zweers zweet zweistra zwerus zwerver zwetsloot zweverink zwiep zwierenberg zwiers
zwietering zwijnenberg zwijnenburg zwikker zwinkels zwitser
`;
