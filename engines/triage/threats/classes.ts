/** Classes of meaning: which words name a weapon, a relative, a part of a house, a vote, a court, a game. The threat model reads words through them, so that a word it saw once stands beside those it saw often. Own compilation; used by features.ts. */

/**
 * One class per line: its name, then its words as normalised by words.ts. `abc*` stands for every word that begins so, `*abc` for every word that ends so (compounds: broodmes, achterdeur).
 * A word may be in several classes. Order gives a class its number: add at the end.
 */
const lexicon = `
me: ik k mij mn mijn me ikzelf mien myn ikke ikkuh my i im ill
we: wij we ons onze wai wullie wy us our
you: jij je jou jouw joe jouwe oew gij ge doe do dy dyn u uw uwe you your ur ya jo jullie gullie juh jezelf uzelf
they: hij hem hy zij ze haar hun hen zijn zn ie hum heur him his her they them he she
this: die deze dat dit dien dees that this those
someone: iemand iemands wie eentje mensen lui kerels mannen jongens gasten bende ploeg groep boys mense anyone somebody someone people maten matties maat vrienden kameraden neven broers
nobody: niemand geen niks niets nergens nooit nooitmeer none never nobody
office: wethouder* burgemeester* raadslid* raadsleden gedeputeerde* statenlid* dijkgraaf* heemraad* griffier* commissaris locoburgemeester loco burgie burgervader burgemoeder wethaud* wethald* wethauwer burgemister* burgemeister burgmeester boargemaster fractie* fractievoorzitter bestuurder* ambtenaar* ambtenaren ambtsdrager* inspecteur* handhaver* boa boas councillor mayor alderman politicus politica raad college gemeenteraad waterschap secretaris minister kamerlid hoofd directeur chef controleur jurist toezichthouder
ofsomething: gemeente gemeentehuis stadhuis provincie provinciehuis raadhuis raadzaal balie loket ministerie
kill: dood doden doodt doodmaken doodschiet* doodslaan doodsla doodgaan doodmaak vermoord* moord* kapotmaken afmaken afgemaakt maak afslacht* slacht* geslacht ombrengen omleggen omgelegd koudmaken liquid* executeer* geexecut* uitroei* uitgeroeid vernietig* elimineer* kill killing killed murder die dead doad deadzje ofmeitsje dwarrel nekken genekt kelen lynch* gelyncht guillotin* onthoofd* vergassen vergast vergiftig* vergif* nekschot* doodvallen zeep kruisig* gekruisigd radbraken geradbraakt doodslaat doodschiet
dying: sterf* sterven sterft stierf gestorven dood doodgaat doodging crepeer* kreper* verrek* verrot* stik stikken stikt verzuip* verdrink* overlijd* sneuvel* bezwijk* creperen ontslapen gecrepeerd verzopen
beat: sla slaan slaat geslagen sloeg klap* mep* meppen gemept stomp* ram ramt rammen gerammeld beuk* trap trappen trapt getrapt schop* timmer* toetakel* toegetakeld aftuig* afgetuigd afros* afgerost aframmel* mishandel* knal* knok* vecht* vuisten lel* muilpeer* oplawaai* dreun* hengst* lens lensen klop kloppen slam smash punch beat hit slap rossen molesteer* tik tikken uppercut kopstoot knietje meppe schoppe sloan houw hakken hak gehakt boks*
break: breek* breken gebroken brak brek kapot kapotslaan kapotgeslagen vernield* verniel* sloop* slopen gesloopt verbrijzel* verbouw* molest* plet platwals* platrij* platgereden verpulver* ingooi* ingegooid inslaan ingeslagen krak kraken kraak stuk stukslaan
cut: steek* steken gestoken stak prik prikken snij* gesneden sneed kerf* hak hakken villen gevild scalpeer* amputeer* afsnij* afgesneden keel openhalen openrij* opensnij* stab stabbed slice doorboor* rijg* spies* knip* zaag* zagen doorgeknipt doorknip* afgehakt afhak*
shoot: schiet* schieten geschoten schoot neerschiet* neergeschoten beschiet* kogel* knallen vuur* leegschiet* lekschiet* shoot shot bullet* afvuren salvo richt mik mikken gemikt trekker
burn: brand* branden verbrand* platbrand* afbrand* afgebrand fik* fikken fikkie vlam* stook* stoken gestookt aansteek* aangestoken smeul* as roet rook ontvlam* affik* platfik* torch burn* lichterlaaie
explode: ontplof* ontploff* explo* opblaas* opgeblazen blaas bom bommen bommetje detoneer* boem knalt
hang: hang hangen hangt gehangen hing ophang* opgehangen opknoop* opgeknoopt knoop bungel* strop galg* lantaarnpaal touw tou strick schavot brandstapel guillotine
choke: wurg* gewurgd verwurg* smoor* verstik* verdrink* kelen strot keel keelgat nekken nek
drive-over: aanrij* aangereden overrij* overreden omver omverrij* ramm* plat platgereden schep scheppen geschept motorkap bumper sokken
hurt: pijn bloed* bloeden letsel gewond verwond* verminkt invalide kreupel rolstoel gips hechting* ziekenhuis* ehbo eerstehulp litteken* kermen gillen schreeuwen huilen jank* smeken smeekt kruipen martel* folter* kwel* pijnig* lijden zeer gewonden gewonde
seize: pak pakken pakt gepakt grijp* gegrepen haal halen ophalen gehaald sleep* sleuren sleur trek trekken sleepten vang vangen ontvoer* gijzel* kidnap* opsluit* vastbind* vastgebonden kofferbak meenemen
teach: leren lesje les afleer* manieren mores temmen gehoorzaam beleefd voelen ondervind* ervaar* afreken* afrekenen rekening boeten boet betaal* vergeld* wraak* wreken gewroken terugpak* terugbetaal* straf* verdien* verdiend krijg krijgt kriegen spijt betalen
come: kom komen komt kwam langs langskomen langskom bezoek bezoeken visite opzoeken aanbel* aanbellen aanklop* voordeur onderweg rijd rij rijden komme eraan koom kumt
wait: wacht* wachten wachtten opwachten opwacht stond sta staan staat zit zitten klaar geduld
watch: zag zie zien kijk* keek gekeken gezien volg volgen volgt gevolgd bespied* gluur* gluren begluur* gaten observ* filmen gefilmd gefilm foto fotos camera* verrekijker schaduw* loer* spot opgevallen
know: weet weten wist wete ken kennen kent gevonden vonden uitgezocht opgezocht nagezocht adres adressen woont woon wonen woonadres huisnummer nummer postcode waar route routes kenteken weit wit know knows knowing
warn: pas pasop oppassen waarschuw* gewaarschuwd waarschuwing* uitkijken voorzichtig opletten let onthoud onthou bedenk nadenken denken bezin verstandig dreig* dreiging bedreig* bedreiging* intimideer* intimidatie*
promise: beloof* belofte beloven zweer zweren gezworen garandeer* garantie erewoord geloof reken wedden zul zullen zal gaat ga gaan zeker binnenkort
pity: jammer zonde spijtig sneu doodzonde ongeluk* ongelukje* pech toeval toevallig zomaar gebeur* gebeurd gebeuren overkom* overkomt verdwijn* verdwenen mis misgaan uitglij* struikel* val vallen valt gevallen
weapon: wapen* pistool* geweer geweren mes messen *mes *messen bijl* bijlen hamer* moker* honkbalknuppel* knuppel* knots koevoet* schroevendraaier* machete* dolk* zwaard* kapmes sikkel zeis hooivork* riek spade schep* schop kettingzaag* zaag tang nijptang hark* steen stenen baksteen* stoeptegel* kei keien fles flessen ketting* boksbeugel* taser* pijp buis stok stokken zweep riem katapult kruisboog* luchtbuks* buks* jachtgeweer* dubbelloop* karabijn glock uzi kalash* blaffer* pipa wapenstok revolver patroon patronen munitie gun knife axe hammer brick bat sjoen spijker* spijkerpistool breekijzer* honkbal vlijmscherp klauwhamer bahco vleeshaak houthakker*
explosive: bom* granaat* handgranaat* nitraat* cobra* vuurwerk* vuurwerkbom* explosief explosieven semtex molotov* brandbom* benzine* jerrycan* spiritus petroleum diesel aansteker* lucifer* fakkel* aanmaak* gasfles* napalm terpentine kerosine brandstof
poison: gif* vergif* vergiftig* rattengif zuur zoutzuur kogelbrief poeder antrax gehaktbal* vergiftigd bleek
body: hoofd kop koppen gezicht smoel bek muil neus tand* tanden kaak oog ogen oor oren nek keel strot hals schouder* arm armen earms hand handen vinger* vingers borst hart buik maag darm* lever rug ribben rib nier* been benen bien knie knieen knieschijf* knieschijven enkel* voet voeten teen tenen schedel* hersen* hersens bot botten ruggengraat huid vel bloed lijf poten pote klauw* ballen kloten harses tronie face head neck teeth bones skull knees
deadthing: lijk* kist doodskist* kisten graf* graven begraaf* begraven begrafenis* uitvaart* rouw* krans* grafkrans* urn as crematie* crematorium zerk* grafsteen lijkwagen lijkzak lijkwa kerkhof* mortuarium overlijdensbericht* dodenlijst* testament* nabestaanden weduwe* weduwnaar wees wezen condoleance* sarcofaag zarken tombe knekel* kadaver* skelet* coffin grave funeral kerkhoven planken bodybag lijkkist*
family: kind kinderen *kind kids kiddo dochter* zoon zoontje zonen dochtertje man vrouw echtgenoot echtgenote vriendin vriend partner gezin familie moeder vader ma pa ouders opa oma zus zusje broer broertje tweeling* baby* peuter* kleuter* kleinkind* kleinzoon kleindochter jongste oudste joch jochie koter* koters meisje meid* zoons nichtje neefje bern heit mem soan dochter gezinnetje vrouwtje mannetje schatje wief wife daughter son family children mum kinderwagen
pet: hond honden hondje *hond poes kat katten katje kater puppy* paard* pony* konijn* cavia* parkiet papegaai huisdier* viervoeter labrador herder teckel kitten hynder dog cat kippen geit* schapen ezel
school: school schoolplein* *school basisschool* kleuterschool creche opvang kinderopvang bso gastouder juf meester klas muziekschool zwemles* voetbaltraining* ballet* hockey* club* clubje* sportclub* scouting* bus schoolbus overblijf schooltje schooltijd lagere
home: huis huizen thuis woning woningen *huis deur deuren *deur voordeur* achterdeur* raam ramen *raam ruit ruiten *ruit dak daken *dak brievenbus* tuin tuinen *tuin hek hekken *hek poort schuur* schuurtje garage oprit* stoep* drempel gevel* slaapkamer* keuken* kelder zolder* balkon* veranda* serre villa* bungalow flat appartement woonkamer* gordijn* bel deurbel* slot sloten sleutel* heg heggen trap gang bed kussen hus doar house home door window roof garden straat* *straat laan *laan *weg hoek* buurt wijk rieten kap
vehicle: auto autos *auto wagen* dienstauto* dienstwagen fiets* *fiets scooter brommer motor busje* bestelbus* bus vrachtwagen* trekker* tractor* heftruck* remmen rem remleiding* remkabel* band banden lek wiel* wielmoer* wielbouten tank accu motorkap kenteken* parkeerplaats* carport caravan boot boten shovel* graafmachine car brakes tyres remschijf stuur achterbank
routine: elke iedere altijd steeds dagelijks wekelijks vast vaste tijd tijden ochtend ochtends middag avond avonds ronde rondje hardlopen hardloop* joggen wandel* boodschappen supermarkt* jumbo aldi lidl appie bakker* kapper* sportschool* markt station trein tram pendel route routine uitlaat* uitlaten loopje donderdags dinsdags woensdags half kwart precies stipt
soon: vanavond vannacht morgen morgenavond vandaag straks nu zometeen binnenkort weekend zaterdag zondag maandag dinsdag woensdag donderdag vrijdag vroeg later ooit eens keer dag dagen nacht nachten uur minuten week weken maand winter zomer kerst oudjaar oudejaarsnacht jun moarn jounne snacht tonight tomorrow soon today jouwbeurt beurt
dark: donker* duister* nacht nachts nachtelijk stil stilte alleen eenzaam verlaten steeg* steegje tunnel* bos bosjes bospad parkeergarage* fietspad* sloot kanaal haven afgelegen dark alone schemer mist
cond: als wanneer zodra indien tenzij mits zolang anders wie blijf doorgaan durf durft waag waagt probeer probeert nogeens if unless keep dan voordat vooraleer at ast asto anderszins
mob: massaal samen allemaal iedereen verzamel* verzamelen optrekken opstand* menigte volk burgers bewoners* dorp hooivorken fakkels mobiliseer* oproep delen retweet doorsturen doorgeven deel spread haak aan meedoen mee meegaan geroepen trommel* vrijwilligers knokploeg bivak* bivakmuts* hooligans hool
incite: iemand moet moeten zou zouden mag mogen verdient verdienen hoort horen laten kom tijd eindelijk wie ballen lef durft eens dan actie mannetjes
wish: hoop hopelijk hopen wens wensen wenste mocht liever graag liefst verlang bid bidden duim gun gunnen wish hope
illness: kanker* kkr tyfus* tering* pest cholera pokken aids corona ebola hartaanval* hartinfarct* beroerte* tumor* ziekte* hersenbloeding* infarct tiefus klere klote ziek cancer verlamming dementie longontsteking griep gangreen
polite: geachte beste hoogachtend vriendelijke groet groeten eerbiedig* edelachtbare dames heren mevrouw meneer heer verblijf hartelijk* welgemeend* dank bedankt alstublieft svp aub beleefd wellicht gaarne verzoek* dear regards sincerely please weledele excuses excuus
thanks: dank* bedankt dankjewel dankuwel merci top super fijn fijne mooi mooie prachtig* geweldig* leuk gezellig* trots complimenten compliment petje respect knap hulde waardering chapeau lekker blij heerlijk proost gefeliciteerd felicit* welkom geniet* genoten lief lieve geluk gelukkig great thanks awesome lovely proud
comfort: sterkte steun* gesteund medeleven meeleven beterschap troost* sterk houvast moed solidair* veilig veiligheid bescherm* beschermd beveilig* bewaking zorgen bezorgd bang* angst* schrik geschrokken trauma* duwtje steuntje luisterend
condemn: schande* schandalig walgelijk* verschrikkelijk* afschuwelijk* laf lafaard* laffe onacceptabel ontoelaatbaar verwerpelijk* afkeur* veroordeel* grens respectloos triest* misselijkmakend idioot schaam* ongehoord onmenselijk
quote: zei zeg zegt gezegd riep roept geroepen schreef schrijft geschreven stond kreeg ontving ontvangen gekregen appte mailde gemaild stuurde gestuurd las gelezen hoorde gehoord citaat citeer quote briefje brief kaartje bericht berichten appje inbox voicemail aangifte* melding* gemeld melden doorgestuurd forward screenshot* bewijs anoniem* wijkagent dreigbrief* dreigmail* dreigbericht* said wrote told
news: politie verdachte* rechtbank* om justitie aangehouden opgepakt arrestatie* veroordeeld celstraf taakstraf cel jarige jaar volgens meldt melden nieuws krant artikel journaal bericht recherche* onderzoek officier slachtoffer* getuige* persbericht woordvoerder incident* steekpartij schietpartij uitspraak eis zitting vonnis herdenking archief reconstructie documentaire podcast gisteren verslag uitzending
politics: stem stemmen stemt gestemd wegstem* weggestemd stemhokje* stembus* stembiljet* verkiezing* maart zetel* partij* coalitie* oppositie* motie* amendement* debat* begroting* bezuinig* subsidie* plan plannen voorstel* besluit* besluiten beleid* raadsvergadering* referendum* petitie* campagne* lijst lijsttrekker* kiezer* kiezers partijbureau afgetreden aftreden opstappen ontslag wantrouwen* tribune spreektijd inspreken interpellatie hamerstuk commissie* nota notitie* agendapunt herindeling* vote election council* wegsturen percentage peiling volksraadpleging handtekening* handtekeningenlijst stempas* stemlokaal* stembureau* stemlijst*
legal: rechter* advocaat advocaten dagvaard* dagvaarding* bezwaar* bezwaarschrift beroep kantonrechter* woo wob klacht* klachten ombudsman* nationale procedure* juridisch* zienswijze* geding proces procederen schadeclaim* claim* deurwaarder* notaris* ingebrekestelling* dwangsom* sommatie* aansprakelijk* schadevergoeding handhavingsverzoek* wet wetboek artikel integriteitscommissie* lawyer court sue rekenkamer voorlopige voorziening
press: krant* omroep* journalist* pers media tv televisie radio nieuwsuur hartvannederland kassa radar redactie* column* interview* publiceren publicatie openbaar facebookgroep
game: game games gamen gaming level levels fortnite minecraft warzone cod server* speler* spel spelletje* bordspel* schaak* schaakmat pionnen potje ronde lobby respawn headshot* boss eindbaas noob ranked controller playstation xbox switch skyrim gta roblox simcity weerwolven monopoly kolonisten escaperoom* laserga* paintball* lasertag* dnd dungeon* kaarten klaverjas* dammen mario zelda lan toernooi* wii arcade tetris guild quest quests zombiespel* stratego counterstrike risk catan puzzel* dobbel*
sport: wedstrijd* doelpunt* voetbal* scheids* team* trainer* keeper* bal competitie* toernooi* finale* club derby* training* elftal* spits penalty* strafschop* doelman tennis* hockey* korfbal* basketbal* volleybal* marathon* judo* boksen bokser kickboks* schaatsen wielren* sprint* zwem* rugby darts dart* ploeg tegenstander* stand punten klassement veld sporthal* gym biljart* schietvereniging schietclub kampioen* medaille* bekers beker verloren verlies gewonnen winst uitwedstrijd thuiswedstrijd oefenduel kleedkamer loopgroep* tennisbaan* hardloopgroep* honkbalclub* schutterij* rondje middenveld sportveld*
fiction: film* films serie series toneel* theater* voorstelling* acteur* scene scenes boek boeken roman* hoofdstuk aflevering* musical* podium* decor* rol rekwisiet* schrijver* thriller* detective* moordspel krimi netflix bioscoop filmhuis filmavond script scenario personage* bloedcapsule repetitie* cabaret* opera* lied liedje* liedtekst songtekst gedicht* rap* sprookje* stripboek poppenkast hamlet shakespeare macbeth halloween* griezel* spookhuis* quiz* filmquiz* kwis* revue* carnaval* optocht* wagenbouw hoofdpersoon* hoofdpersonage* romanfiguur* auteur* verhaal verhalen leesclub*
food: kook* koken recept* pan soep vlees bakken gebakken oven saus taart* taarten koffie gehakt* uien ui kip kipfilet worst* rookworst bbq barbecue* gehaktbal* snijplank spies* deeg brood* bakker* kaas* pasta patat frituur* snackbar* restaurant* diner* lunch* eten hap hapje* kok keukenmes vuurtje marinade stamppot hutspot erwtensoep oliebol* pannenkoek* vlaai* koek* cake* wafel* ijs ijsje wijn bier* glas keukenhulp slager* visboer* tapas gegrild kruiden knoflook wokken blender mixer eieren eitje room slagroom chocola* limonade poffertjes vuurkorf marshmallow* rookoven* paling* paprika* vijzel* groente* aardappel* wortel* erwten barbecuen kraam kraampje rooster ovenschotel*
hunting: wolf wolven gans ganzen ree reen hert* damhert* jager* jacht jagen faunabeheer* faunabeheerder muskusrat* muis muizen rat ratten ongedierte wesp* wespennest* duif duiven zwijn* everzwijn* vos vossen mol mollen slak* slakken mier* mieren kakkerlak* bestrijd* verdelg* bestrijdingsmiddel* onkruid eikenprocessie* processierups* plaag ongediertebestrijd* afschot* wildstand vangkooi klem fuik lokaas kraai* kauw* meeuw* rups* exoot* japanse duizendknoop karper* vis vissen hengel*
farm: boer boeren vee koe koeien varken* stal stallen mest* stikstof* melkvee* veehouder* kalf kalveren slachthuis akker* gewas* oogst* maai* maaien hooi kuil trekker landbouw* loonwerker* weide* boerderij* kippenhok*
building: gebouw* sloop* sloper* slopersbedrijf bouw* nieuwbouw renov* renovatie* verbouwing aannemer* steiger* kozijn* dakpan* dakdekker* muur* muren gevel* fundering* heipaal* brug* viaduct* gymzaal* zwembad* kerk* toren* schoorsteen* pand* loods* asbest* kantoor* buurthuis* wijkcentrum* speeltuin* speeltoestel* fietsenhok kiosk lantaarn* bankje* prullenbak* container* boom bomen kap kappen gekapt snoei* tak takken stronk* hoogspanning turbine* windmolen* molen* riool* riolering* stoeptegels drempel* verkeersdrempel* rotonde* asfalt* klinker* vangrail paaltje* bord bordje verkeersbord*
it: server* laptop* computer* update* bug bugs app apps site website* bestand* bestanden systeem* systemen netwerk* wachtwoord* account* proces processen taak taken query script database* backup printer* wifi router* inlog* crash* vastgelopen herstart* ict helpdesk* migratie* software* excel sharepoint teams zaaksysteem* outlook mailbox firewall beamer scherm toetsenbord stekker inloggen opladen reset resetten
work: vergader* vergadering* deadline* planning* rapport* collega* stukken raadsstukken agenda* notulen presentatie* overleg* project* dossier* verslag* werkgroep* werk werken kantoor administratie* formulier* aanvraag* vergunning* afspraak* spreekuur* inloop* inloopavond* bijeenkomst* enquete* begroting* nota werkbezoek* stage* sollicit* vrijwilliger* rooster* meterstand* meteropnemer* monteur* loodgieter* schilder* klus klussen klusje klusjes installateur* schilderen verven verf
care: ziek zieke ziekenhuis* dokter* huisarts* arts* operatie* uitbehandeld zorg* thuiszorg* hospice* palliatief* mantelzorg* verpleeg* verzorg* wmo indicatie* scootmobiel* rollator* psycholoog ggz therapie* medicijn* behandeling* bevalling zwanger* verdriet* gemis opgenomen overleden overlijden wachtlijst*
service: begraafplaats* uitvaart* aula condoleance* kerkhof* graf grafrechten asverstrooi* herdenk* monument* bloemen kerk dominee pastoor rouwdienst urnenmuur grafdelver* grafmonument*
emergency: brandweer* code waarschuwing* veiligheidsregio* evacuat* gladheid* droogte* natuurbrand* storing* stroomstoring gaslek* hoogwater* storm* nlalert alarm* sirene* rampen* oefening* rookmelder* blusser* brandoefening* bhv ontruim* noodnummer ambulance* hulpdienst* aed weerbericht onweer lekkage* versleten profiel apk brandmelder* brandveilig* nooduitgang*
party: feest* straatfeest* bbq buurtbarbecue verjaardag* jarig jubileum* bruiloft* trouw* huwelijk* receptie* opening* openings* lint lintje* koninklijke onderscheiding* kermis* markt* braderie* festival* koningsdag* sinterklaas* sint pieten kerstmarkt* advent* kerstboom* vuurwerkshow* optreden* koor* fanfare* harmonie* intocht* avondvierdaagse* buurtfeest* speurtocht* pubquiz* vrijmarkt springkussen* cadeau* kado* bloemetje* verrass* surprise* taart* traktatie pakjesavond* uitverkoop* vakantie* burendag* bingo* kamp kampen kerst kerstvakantie uitje uitjes logeren logeerpartij*
request: graag kunt kun kan wilt wil mag verzoek* vraag vragen vraagje aanvraag* aanvragen informatie* wanneer hoe waar weten meedenken voorstel* tip idee oplossing* reparatie* repareer* gemaakt maken melden meldpunt* doorgeven verlichting* lantaarnpaal* afval* container* stoep* overlast* snelheid* drempel* bushalte* speelplek* losliggende kapotte
insult: idioot* sukkel* prutser* eikel* klootzak* hoer* kut* lul* trut* mongool* debiel* achterlijk* randdebiel* oen uilskuiken* kletskous* leugenaar* landverrader* verrader* zakkenvuller* graaier* profiteur* nsb* fascist* nazi* tuig schorem* uitschot* viezerik* vieze* smeerlap* rat kreng* heks* varken* zwijn* hond flikker* slet* bitch* loser* clown* nitwit* incompetent* waardeloos waardeloze mafkees* gek gekkie malloot* dwaas* stom stomme dom domme hufter* boef* crimineel* corrupt* dief dieven maffia* parasiet* aso asociaal etter* kwal* zeikerd* slapjanus* lafbek* draaikont* slijmbal* hypocriet* huichelaar* liegbeest* teringlijer* kankerlijer* tyfuslijer* kankerwijf wijf kutwijf
group: moslim* joden jood joodse homo* lesbisch* lesbienne* transgender* trans transen vrouwen zwarte zwarten negers immigrant* migrant* vluchteling* asielzoeker* buitenlander* marokkan* turken gehandicapt* invaliden allochtoon* islamiet* homoseksue* lhbt* queer* vreemdeling* polen roma zigeuner* azc statushouder* gastarbeider* afrikanen aziaten
should: moet moeten hoort horen verdien* zou zouden mag mogen hoeft should must gotta dient
notneg: niet geen nooit nimmer zonder noch net neit not dont never nee neen niks
laugh: haha hahaha hihi lol lmao grapje grap grapjas geintje knipoog wink xd hehe kidding joke
street: bro bruh broer ewa wollah wollo wolla tfoe kech drerrie smatje fitti fittie skeer osso waggie torrie chappen rippen rip klappen pokkoe bossen popo scotoe* hood hoods blok blokka gang gangs drill steekt matties mattie wajo habibi gappie gabber* sgoan para noob chill waggi noizen djoeken clappen clapp* geclapt verbouwen
historic: geschiedenis* gebroeders witt willem oranje caesar brutus ceausescu mussolini robespierre lodewijk revolutie* guillotine schavot galgenveld* middeleeuw* vroeger destijds fortuyn pim theo gogh pilatus nero bastille haagse moord oorlog nuremberg neurenberg bijltjesdag tribunaal* volksgericht* volkstribunaal*
count: tel tellen teller aftel* klok tiktak tik tak dagen nog resterend* laatste eerste beurt volgende lijst lijstje streep strepen afgestreept kaartje* dagje uren finaal countdown ticking zandloper
symbol: dode dooie kraai* kogel* kogelbrief* patroon* rouwkaart* kruis* strop varkenskop* vis briefje* pakketje* doos enveloppe* envelop* grafkaars* pop speld* poppetje* zwarte roos rozen hoef schedel*
secure: beveilig* bodyguard* bewaker* lijfwacht* politie* camera* slot sloten alarm* detectiepoort* beveiliger* kogelwerend* vest
gift: breng brengen gebracht gaf geef geven gegeven cadeau bloemen doosje zak aanbieden uitnodig* uitgenodigd trakteer* overhandig* aangeboden lenen ruilen
negself: mezelf mijzelf ikzelf mezelve
`;

const names: string[] = [];
const exact = new Map<string, number[]>();
const starts = new Map<string, number[]>();
const ends = new Map<string, number[]>();
const put = (map: Map<string, number[]>, key: string, tag: number): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [tag]);
  else if (!list.includes(tag)) list.push(tag);
};
for (const line of lexicon.trim().split("\n")) {
  const colon = line.indexOf(":");
  const tag = names.push(line.slice(0, colon));
  for (const word of line
    .slice(colon + 1)
    .trim()
    .split(/\s+/)) {
    if (word.endsWith("*")) put(starts, word.slice(0, -1), tag);
    else if (word.startsWith("*")) put(ends, word.slice(1), tag);
    else put(exact, word, tag);
  }
}

/** The numbers of the classes a normalised word is in, from 1; empty for most words. */
export function classesOf(word: string): readonly number[] {
  const found = new Set<number>(exact.get(word));
  for (let size = 2; size <= word.length; size += 1) for (const tag of starts.get(word.slice(0, size)) ?? []) found.add(tag);
  for (let at = 1; at <= word.length - 3; at += 1) for (const tag of ends.get(word.slice(at)) ?? []) found.add(tag);
  if (word === "0") found.add(names.length + 1);
  if (word.startsWith("~") || word.length === 1) found.add(names.length + 2);
  return [...found];
}

/** Classes have numbers below this. */
export const classNumbers: number = names.length + 3;

/** The name of a class, for reasons and reports. */
export const classNameOf = (tag: number): string | undefined => names[tag - 1];
