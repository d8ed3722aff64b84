/**
 * Given names borne in the Netherlands, so that a first name can be told from an ordinary word; read by lexicon.ts only.
 * Own compilation (see the data statement in the README): lower case, diacritics removed, one name per blank.
 */
export const GIVEN_NAMES = `
aad aaf aafje aafke aagje aal aalbert aaldert aaltje aaltjen aaron aart abbas abby abdel abdelaziz abdelghani abdelhak abdelhakim abdelhamid abdelilah
abdelkader abdelkarim abdellah abdellatif abdelmajid abdelmalek abdelouahed abdelrahim abderrahim abderrahman abdessamad abdi abdirahman abdul abdulkadir
abdullah abdullahi abe abel abeltje abida abigail abraham abram achmed achraf ada adam adele adelheid adeline adil adina aditya adje adnan adolf adri adriaan
adriaantje adrian adriana adriane adrianus adrie adrien adrienne aegidius aeltje afke afra agaath agatha agnes agneta agnieszka ahlam ahmad ahmed ahmet aicha
aida aiden ailsa aimee aimy ais aisa aisha aisling aize ajda akke akkelien akram alaa alain alan alba albert alberta albertine albertje alberto albertus albina
aldert aldo alec aleid aleida aleidis alejandra alejandro aleks aleksander aleksandra alessandra alessandro alessia alessio alex alexa alexander alexandra
alexandre alexia alexis alfons alfonso alfred alfreda alger ali alia alice alicia alida alie alieke alien alies alijda alina aline alisa alisha alison alissa
alistair aliyah alja aljo allard alma almer alois aloysius alphons alphonsus alwin aly alyssa amal amalia amanda amar amarens amber ambrosius amel amelia
amelie amely amin amina aminata amine amir amira amita amy ana anais anan anand anass anastasia andre andrea andreas andree andrei andrej andres andrew andries
andy ange angel angela angelica angelina angelique angelo ania anika anique anis anisa anisha anissa anita anja anjali anje anjo anka anke ankie ann anna
annabel annabelle annabeth annalisa annamaria annamarie anne annebeth annechien annefleur annegien anneke anneleen anneli annelie annelien annelies anneliese
annelise annelotte annelou annemarie annemarijke annemart annemiek annemieke annemijn annerie annerieke annesofie annet annetje annetta annette annick annie
annieke annika annouk annu anny anoek anouar anouck anouk anouschka ans anselm ansje anso anthon anthonia anthonie anthonij anthonius anthony antje antoine
antoinette anton antonet antonetta antonia antonie antonij antonio antonius antony antoon anuschka anwar any anya apollonia appie april arabella aram arda
arend arendina arendje arent ari aria ariaan ariana ariane arie ariel arien ariette arij arin aris arjan arjen arjo arjun arjuna arlette armand armanda armando
armin arna arnaud arnd arne arno arnold arnolda arnoldina arnoldus arnout arron arsen art arthur arthuro artur arturo arwen arya aryan arzu asa asha ashley
ashna ashraf asia asiya asli asma asmae assia astrid ata ate athena atie atilla attie aubrey aud aude audrey august augusta auke aukje aurelia aurelie aurora
austin ava avery avi axel aya ayan ayana aycan aydan ayden aydin ayla ayman aymane aynur ayoub ays ayse aysegul aysel aysenur aysun ayten ayub aziz aziza azra
baartje baas badr bahar bahia baki balazs balthasar bao baran barbara barbe bardia barend barry bart bartel barteld bartele bartho barthold bartholomeus
bartjan bartje barto bas basak basiel basil basile basma bassam bastiaan bastian bastien batoul batuhan bauke baukje bavo bayram bea beatrice beatrijs beatrix
beau becky bedriye beer beitske bekir bela belinda bella belle ben benedict benedicta benedictus bengt benita benjamin bennie benno benny benoit bente bep
beppie berat berber berdien berend berendina berendje berfin bergitta berkay berlinda bernadet bernadette bernard bernarda bernardina bernardo bernardus bernd
berndina bernhard bernice bernie berno berry bert berta bertha bertie bertien bertil bertina bertine bertjan berto bertram bertrand bertus beryl bessel beth
bethany betje bets betsie betske betsy bettie bettina betty betul beverly beyza bianca bibi bibiana bibiche bien bieneke bies bilal bilge bill billie billy
birgit birgitta birgitte birsen birthe bjarn bjarne bjorn blanca bo boaz bob bobbie bobby bodi bodien bodine boele bogdan boi bonifatius bonita bonnie bor
boris borre boudewijn bouke boukje bowen bowie boy boyd brad bradley bram branco brand brando brandon branka breanna brechje brecht bregje bregtje brenda
brendan brent brett brian brianna bridget brigit brigitta brigitte brit britney britt britta brittany broer brooklyn bruce brunhilde bruno bryan bryce bud
burak burcu burhan buse busra byron caitlin caitlyn calvin camiel camila camilla camille camilo cansu capucine cara carel caren carien carijn carin carina
carine caris carissa carl carla carleen carlijn carlijne carlo carlos carly carmela carmen carol carola carole carolien carolina caroline carolus carolyn
carrie carry carsten caryn cas casandra casey casimir caspar casper cassandra cassie castor catalina catelijne catharina catharinus cathelijn cathelijne
cathelijntje catherina catherine cathy catja cato catrien catrinus ceciel cecil cecile cecilia cees ceesjan celal celeste celia celina celine cem cemal cemile
cengiz cenk cennet ceyda ceylan cezary chaima chaimae chandra chanel chanell chantal chantalle charelle charissa charita charity charl charlaine charlene
charles charley charlie charlot charlotte charlton charlynn chayen chayenne chelsea chelsey chelsy cherida cherise cherissa cheryl cheyenne chiara chico chiel
chloe chris chrisje chrissie christ christa christel christele christiaan christian christiane christianne christie christien christin christina christine
christoffel christoph christophe christopher christy chrystel churandy cihan cilia cilla cindy cinta cinthia claartje claas claes claire clara clarence
clarissa clark clasien claude claudette claudia claudine claudio claus clazien clazina clemens clement clementine cleo clifford clint clinton cloe clyde cobi
cobie cobus coby coen coenraad coenradus coert cok colette colin colinda collin connie connor conny conrad constance constant constantijn constantin
constantinus constanze cor cora coralie corbin cordula coreline corien corina corinda corine corinna corinne corlien corne corneel corneille cornel cornela
cornelia cornelie cornelis cornelius corneltje cornelus corrado corrie corrien corry corstiaan cosima cosmin cosmo craig crispijn cristian cristiano cristina
cunera curtis cyntha cynthia cyprian cyriel cyril cyrus daan daantje dafne dagmar dahlia daisy dakota dale daley dali dalia dalila dalton damiaan damian damien
damon dana dani danial danick danie daniel daniela daniele daniella danielle danijel danil danilo danique danissa danitsja dann danny dante danuta danya daphne
daria dario darius darja darko darlene darnell darren darryl daryl dave daved davey david davida davina davinder davinia davit davy dawid dawn dayenne dayna
daytona dean deanna debbie debby debora deborah declan dee deepak defne delano delia delilah delphine demi demian demy denice denis denise deniz dennie dennis
denny denzel derek derk derkje derrick derya des desi desire desiree desmond destiney destiny devi devin devon devran dewi dewy diana diane dianne dianthe dick
dico didi didier diede diederick diederik diego dieke diemer dien dieneke dienie dieter dietmar dieuwer dieuwertje dieuwke digna dijana dilan dilara dilek
dilip dilys dimitri dimitris dimphena dimphna dina dinah dinand dineke dingeman dingena dini dinie dinja dino dion dione dionne dionysia dionysius dirck dirk
dirkjan dirkje disha ditte ditty djamel djamila djamilla djanilo djara djoeke djoerd djordi djordy djuna djurre dogan dolf dolly dolores domenico dominic
dominica dominicus dominik dominika dominique don donald donata donatella donna donny donovan donya dora doreen doren dorian dorien doriene dorina doris dorit
dorothe dorothea dorothee dorothy dorris dorus douaa douae douglas doutzen douwe douwtje dragan dragana dree driek driekus dries driss duane duco duncan dung
dunya durk durkje duru dustin dwayne dwight dyan dylan dymphy ebbe ebel ebeltje ebenezer ebru ebubekir ece ecrin eda eddie eddo eddy ede eden edgar edgard
edial edina edine edip edison edita edith edmond edmund edo edouard edsel edson edu eduard eduardo edward edwin edwina eef eefje eefke eekje eelco eelke eelkje
eeltje eep eerke efe efraim eftelya egberdina egbert egberta egbertje egbertus eggo egmond egon ehsan eibert eibertje eiko eileen eise eisso ekaterina ekrem
elaine elanur elbert elbertha elbrich eldert eldin eldridge elea eleanor elena eleni eleonora eleonore eli elia elian eliana eliane elianne elias elida elie
eliene elif elijah elin elina eline eliot elisa elisabet elisabeth elisabetha elise elisha elison eliza elizabet elizabeth elizabetha elize elja elkie elko
ella elle elleke ellemiek ellemieke ellen ellert elles ellie ellies ellin ellinor elliot elliott ellis elly elma elmar elmer elmira elmo elna elodie elon elora
els elsa elsbet elsbeth else elselien elselijn elselina elsemieke elsie elsina elsje elske elst elton elvan elvin elvira elvire elvis elwin elyas elyes elza
elze elzo emanuel emanuelle emel emeline emely emerentia emiel emilia emiliano emilie emilio emilius emilliano emily emin emine emir emirhan emma emmanuel
emmanuelle emmely emmie emmy emory emre enes engbert engel engelbert engelbertus engelina engeltje enise enno enrico enrique enzo eppie eppo eray ercan erdal
erdem erdogan eren ergin erhan eric erica erich erick erie erik erika erkan erland erma ernest ernestine ernesto ernie ernst ernstjan erol eros errol ersin
erwin erwina esat esen eslam esma esmanur esme esmee esmeralda esperanza esra essa essie estella estelle ester esther estrella ethan etienne etty euclid eugen
eugene eugenia eugenie eunice eusebio eva eve eveli evelien evelijn evelin evelina eveline evelyn evelyne evelynn ever everardus everdien everdina everhardus
evert evertje everts evi evie evita evy ewa ewald ewan ewoud ewout ezgi ezra fabian fabiana fabiano fabien fabienne fabio fabrice fabrizio fadil fadime fadma
fadoua fahd fahim fahima faisal faissal faith faiza falco famke fanney fanny farah fardau farhad farhan farid farida farnaz farouk farshad faruk fas fatemeh
fathia fatih fatiha fatima fatimazahra fatime fatma fatmanur fatos fatou faye faysal feby fedde federico fedor feie feike feiko felice felicia felicien
felicitas felicity feline felipa felipe felix femia femke femmechien femmie femmigje femmy fenna fenne fenneke fennie fenny fens feran ferdi ferdinand
ferdinandus ferdy ferenc ferhat feriel ferit fernand fernanda fernandes fernando ferran ferre ferry fettah feyza fianne fidan fidel fie fieke fien fiene
fieneke fije fikret filemon filip filipe filippo filippus filiz fimme fina fine finley finn fiona fiorella firat firdaous firdaus flavia flavio fleur fleurtje
flin flinn flip flo floor floortje flor flora florence florens florentijn florentina florentine florentinus florian floriane florida florien florijn florin
florine floris florus flurina flynn focke fod fokje fokke fokko folke folkert folkje fonger fons fonz forrest foske fouad fouzia franc franca francesca
francesco francien francina francine francis francisca francisco franciscus franciszek franck franco francois francoise francy frank franka frankie franklin
franko frans fransien fransiena fransiska fransje franske franz fraukje fred freda freddie freddy frederica frederick fredericus frederik frederika frederike
frederikus frederique fredrik fredy freek freekje freerk freerkje frerik freya frid frida frido frieda friedel friedrich frieke frits fritz frodo frouke
froukje froukjen fulya funda furkan fye fytsje gabe gabi gabriel gabriela gabriele gabriella gabrielle gabry gael gaetano gaitano galip gamze ganesh gareth
gary gaston gauke gaurav gavin gea geanne geartsje geerard geert geertjan geertje geertruda geertrui geertruida gees geesje geeske geke geline gelske gemma
gena gene genevieve geoffrey georg george georges georgette georgia georgina georgios gerald geraldine gerard gerarda gerardina gerardo gerardus gerben gerbert
gerbrand gerbrich gerco gerd gerda gerdien gerdina gerdine gerdje gerhard gerharda gerhardina gerhardus geri gerianne gerieke geriet gerina gerja gerjan gerke
gerko gerlach gerlinda gerlinde gerlof germa germain germaine german gernot gero gerolf gerrianne gerrie gerriet gerrijt gerrit gerrita gerritdina gerritjan
gerritje gerry gert gerta gertie gertina gertine gertjan gertrud gertruda gertrude gertrudis gertruida gerty gerwin gesina gesine geurt geurtje gezina ghada
ghislaine ghita ghizlane gianluca gianni gideon giel gieljan giels gien giena gijs gijsbert gijsberta gijsbertha gijsbertje gijsbertus gijsje gilbert gilberto
gilles gillian gina ginette ginny gino giorgio giovanna giovanni giovanno gisela giselle gita gitta gitte giulia giuliana giuliano giulio giuseppe giuseppina
gizem gladys glen glenda glenn glennis gloria goce godefridus godelief godelieve godert godfrey godfried gonda gonny gonul gonzalo goof goos goosen gordon gore
gosia gosse goswin goverdina govert govertje grace gracia graciella graham grant grard grazyna greet greetje greg gregoire gregor gregorius gregory greta
gretel gretha gretje griet grieta grietha grietien grietje grigor grytsje guido guillaume guillermo gulay gulcan guldane gulhan guliz gulizar gulnur gulsah
gulsen gulseren gulsum guney gunter gurkan gusta gustaaf gustav gustave gustavo gustavus guus guusje guy gwen gwenda gwendolien gwendoline gwendolyn gwenn
gwenny gwyneth haas habib habiba habibe hacene hacer hachim hadassa hadewig hadewij hadewych hadi hadia hadil hadjar haidar haifa hailey haitam haitske hajar
hajo hakan hakim hakima halil halima halime halina halit hamid hamida hamit hamse hamza hana hanaa hanae hanan hande hanife hanna hannah hanne hanneke
hannelore hannerie hannes hannie hannis hanno hanny hans hansje hansjoerg hanskarel hanske harald harbert harco harderwijk hardy hari harijs haris harish harje
harke harko harlan harm harma harman harmanna harmannus harmen harmien harmina harmke harmtje haroen harold haroon haroun harrald harrie harriet harriette
harris harrison harro harry hart hartger hartmut haruka harun harvey hasan hasna hasnaa hassan hassana hassania hasse hatice hatim hatixhe hatsie hava havva
hayat hayley hayrettin hazal hazel hebe hector hedda hedde heddy hedwig hedy heico heidi heije heijltje heike heiko heiltje hein heine heiner heino heinrich
heinz hekima helder heleen helen helena helene helga helge heliante helianthe hella helle hellen helma helmer helmert helmi helmut hema henco hendrica
hendricus hendrie hendriek hendriekje hendrien hendrik hendrika hendrike hendrikjan hendrikje hendrikus hendrina henk henke henkjan henna hennie henny henri
henrica henricus henrie henrieke henriet henriette henrik henrika henrike henrikus henriquez henry henryk herald herbert herco herlinde herma herman hermanna
hermannes hermannus hermanus hermen hermien hermina hermine hermke hermus hero herre herry herta hertha herwin heske hessel hester hesther hetty heval heyltje
hicham hidde hidir hieke hielke hielkje hielko hieronymus hikmat hikmet hilal hilaria hilary hilbert hilbrand hilda hilde hildebrand hildegard hildegonda
hildegonde hille hillebrand hillechien hillegonda hilleke hilletje hillie hillien hilly hilmar hilmi hiltje hiltsje hind hinde hinderika hinderikus hindrik
hindrikje hinke hinne hisham hiske hizir hjalmar hoda holger holly hotze houda houssain houssam houssein houyam hubert huberta hubertina hubertine hubertus
hubrecht hugo huguette huib huiberdina huibert huibertje huibrecht huig huigje humberto humeyra hunter husamettin huseyin husna husnu hussein hyke hylke hylkje
iacob ian ianthe ibo ibrahim ibtisam ibtissam ico ida idelette idris ids idse idske iefke ieke iem iepie ieteke ietje ignace ignas ignatius ignaz igor ihssan
ihssane ijda ijsbrand ikbal ike ikram ikrame ilana ilaria ilay ilayda ilco ildiko ilham ilhame ilhan ilias iliass ilka ilke ilker ilknur illya ilona ilonka
ilse ilsemarie ilva ilya ilyas ilyass imad iman imane imara imca imke imran imre ina inan inci indi indira indra indy indya ine ineke ines inez ing inga ingar
inge ingeborg ingelise inger ingmar ingo ingrid inie inja inka inke innes inno ino inske inti ioana iona ireen irem iren irena irene irenka irfan iris irma
irmgard irmin irsan irvin irvine irwin isa isaac isaak isabeau isabel isabell isabella isabelle isaura isaya isha ishak isis iska iskander isla islam ismael
ismahan ismail ismay ismet isolde israa issa issam itske ivan ivana ivanka ivar ivette ivo ivonne ivy iwan iwona iza izaak izabela izak izebel izzy jaap
jaapjan jaccoline jace jachin jacinta jacintha jack jackie jacky jaco jacob jacoba jacobien jacobina jacobine jacobje jacobus jacolien jacolijn jacoline
jacomien jacomijn jacomina jacomine jacorien jacquelien jacquelina jacqueline jacquelyn jacques jad jada jade jaden jadon jadwiga jael jafar jagger jaheim
jahid jahmai jahn jaiden jaike jaimie jaimy jair jake jakko jakob jakoba jakobje jakobus jalal jale jaleesa jamaica jamal jamel james jamey jamie jamila
jamilla jamiro jamison jan jana janan jane janelle janet janette janice janick janiek janieke janien janika janina janine janique janis janita janjaap janka
janke janko janna jannah janne jannechien janneke jannemarie jannes jannet jannetje jannette jannick jannie janniek jannigje jannika jannis janno jannus janny
janosch jans jansje jantien jantina jantine jantje jantsje jantzen january janus janwillem japie japke japser jaqueline jara jard jari jarick jarik jarl
jarmila jarmo jarne jarno jaro jaromir jaron jaroslav jaroslaw jarred jarrik jarryd jasir jasmijn jasmin jasmina jasmine jason jasper jaspreet jathniel javier
jawad jaxon jay jaya jayda jayden jaylan jaylano jaylee jayleigh jaylen jaylene jayley jaylin jaylinn jaymie jayna jaynee jayro jayson jayvano jaz jazmin
jazmine jazz jean jeanet jeanette jeanine jeanke jeanne jeannet jeannette jeannie jeannine jef jeff jeffrey jefta jehannes jehuda jelena jelger jelien jelijn
jeljer jelka jelke jelle jelleke jellie jelmar jelmer jelske jelte jeltje jelto jeltsje jem jemima jen jenke jenna jenneke jennie jennifer jenny jens jente
jentina jentje jeppe jerald jeremia jeremiah jeremias jeremy jerfaas jerina jermaine jerney jeroen jerom jerome jeronimo jerre jerrel jerry jerzy jesaja jesper
jesse jessey jessica jessie jessika jessy jesus jet jetje jetse jetske jetta jette jettie jetty jevon jewel jhonny jiahao jikke jikkemien jildau jilke jill
jillian jillis jillz jim jimi jimmy jimte jindra jinke jinte jip jippe jiri jisca jiska jiske jitka jitse jitske jitte jitze jo joachem joachim joakim joan
joana joann joanna joanne joannes joao joaquin job jobien jobina jobke jobst jocelyn jochem jochen jochie jochum jody joe joel joelle joep joeri joerie joes
joey johan johana johanan johanna johannah johanne johanneke johannes johannis johannus john johnathan johnnie johnny johnson joia jojanneke joke jolan jolana
jolanda jolande jolanka jolanta jolanthe joleen jolein jolene jolette jolie jolien joliene jolijn jolijne jolijt jolinda joline jolissa jolita joliza jolke
jolle jolmer jolyn jon jona jonah jonas jonatan jonathan joni jonie jonna jonne jonneke jonnie jonny jonte joo joos joosje joost jop jopie jopje joppe joram
jordan jordana jordano jorden jordi jordie jordin jordy jordyn jorg jorge jorgen jorgos jorick jorieke jorien jorijn jorik jorin jorina jorinda jorinde jorine
joris jorissa jorit jorita jorma jorn jorna jorne jorrick jorrien jorrit jorryt jos jose josefa josefien josefina josefine joseph josepha josephien josephina
josephine josephus josette josey josh joshua josiah josiane josianne josias josie josien josina josine josip josjan josje joska josquin josse jost josta jotham
jothan jouke joukje jouri jovan jovana jovanna joy joya joyce joycelyn jozef jozefa jozefien jozefina jozias jozua juan juana juancarlos juanita juda judah
jude judie judith judy jue juergen jules julia julian juliana juliane julianus julie julien juliet julieta juliette julio julius july jumana june jur jurgen
juri jurian jurjan jurjen jurjentje jurn jurre jurriaan jurrian jurriana jurrie jurrien jurrit jury just justin justine justinus justus jutka jutta juul
juultje juup jytsje jytte kaan kadir kadriye kai kaia kaisa kaj kaja kajetan kalien kalina kalle kamal kamel kamiel kamil kamila kamile kamilla kamran kanan
kandice kane karam karan kareem karel karen karianne karien karijn karim karima karin karina karine karissa karl karla karlijn karlijne karlo karma karola
karolien karolijn karolina karoline karst karsten kas kaspar kasper kassandra kassim kat katalin katarina katarzyna kate katelijn katelijne katelyn katerina
katharina katharine katherine kathinka kathleen kathrin kathy katia katie katinka katja katlijn kato katrien katrijn katrin katrina katy kauthar kawtar kay
kaya kaye kayla kaylee kayleigh kayley kaz kazim kazimierz kea keano kee kees keesjan keeskee keetje keimpe keisha keith keitrien kelly kelsey kelvin kemal
kenan kenna kenneth kenny kenza keono kerem keren kerim kerlijn kerst kerstin kerwin ketie keto kevan keven kevin kevser keysha kezia khadija khadijah khadra
khaled khalid khalida khalil khanh khaoula kian kiana kick kicky kiefer kiek kieran kiki kilian killian kim kimani kimberlee kimberley kimberly kimo kina kinga
kinnie kira kiran kirsten kirstin kirsty kishan kit kitty kivanc kiyan kiyoshi kjeld kjell klaartje klaas klaasjan klaasje klaaske klaes klara klarenda klasien
klasina klaske klaudia klaus klazien klazina klemens koba kobe kobie kobus koen koene koenraad koert kok kokkie koko kolja konrad konstantin koos koosje kor
korine korinne korneel kornelia kornelis korrie kors korstiaan kostas krelis kreszentia krijn krijna kris krishna krisje krista kristel kristen kristi
kristiaan kristian kristiane kristien kristin kristina kristine kristof kristoffer kristy krystel krystian krystyna krzysztof kubilay kunal kunigonde kurt kyan
kyana kyano kyara kyarah kyle kylian kylie kyra kyrill laetitia lafina laila laith laithan lale lambert lamberta lambertha lambertine lambertus lambrecht lamia
lammechien lammert lammie lammigje lamyae lan lana lance lando landon lara lariska larissa lars larsje lasse latifa latifah latoya laura laure laureen
laureline lauren laurence laurens laurent laurentia laurentine laurentius laurette laurie laurien laurina laurine lauris laurus lavanya lavina lavinia layla
layth lea leah leander leandra leandro leanne leanneke leen leenderdina leendert leendertje leenie leeroy leevi lefert leia leida leif leike leila leilani lein
leine leja leke lelia lena lene leni lenie lenn lenna lennard lennart lenneke lennert lennie lenno lennox lenny lenore lente lenthe leo leon leona leonard
leonarda leonardo leonardus leonidas leonie leonoor leonora leontien leontina leontine leopold leopoldine leroy lesley leslie lester leticia letizia letje
letta lettie letty levent levi levia levin levina lex lexi lexie leyla lia liam lian liana lianne libbe libby licia lida lidewei lidewij lidewijde lidia lidie
lidwien lidwina lidy lie liedeke liedewij liek lieke lien lienart lieneke lienke liesa liesanne liesbet liesbeth liese lieselot lieselotte liesje lieske lieuwe
lieuwkje lieve lieveke lieven lievijn liewe liezel lif lijda lijntje lijsbert lijsbertus lijsbeth lijske likele lila lilia lilian liliane lilith lilla lilli
lillian lilly lily lina linda linde lindelotte lindert lindi lindie lindsay lindsey lindy line linette ling linh linke linn linnea linnet lino linsey linus
lionel lis lisa lisabeth lisan lisane lisanna lisanne lisbeth lise liselore liselot liselotte lisemijn lisenka lisenne lisette liske lissa lisseth lissette
lissy lita lite liva live livia livio lizan lizanne lize lizet lizeth lizette lizz lizzie lizzy loan lobke loek loeki loes loesje loet logan lois lola lolke
lolkje lon lonne lonneke lonny loraine loran lore loredana loreen loren lorena lorenz lorenzo lorette lori loriana lorin lorine loris lorraine lothar lotje
lott lotta lotte lotti lottie lotus lou louay loubna louella louie louis louisa louise louiza louk louka louke lour loura lourdes lourens lourina loutje lowie
lowina loyd lubbert lubbertje lubbertus lubbie luc luca lucas lucca luce lucia lucian luciana luciano lucie lucien lucienne lucienneke lucija lucille lucinda
lucius lucky lucy ludger ludie ludmila ludo ludolf ludovic ludovicus ludwig luis luisa luit luite luitje luitjen luiz luka lukas lukasz luke lulu luna lute
lutea lutgard lutgardis luth luther lutine lutske luttje luuc luuk luus luutje luutzen luwe luzia luzian lya lyanne lybrich lyckle lyda lydia lyke lykle lylian
lyn lynda lynette lynn lynne lynsey lyon lysanne lysbeth maaik maaike maaikel maan maart maarten maartje maas maatje maayke mabel mabelle maciej macy maddy
madee madelein madeleine madelief madelinde madelon madelyn madieke madison madita madonna mads mae mael maeve magali magda magdaleen magdalena magdalina
maggie magnolia magnus magriet magrietha mahdi mahesh mahir mahmoud mahmut mahsa mai maia maik maike mailin maira maja majel majella majid majida maklon malak
maleah malek malik malika malin malina malissa malou malte malu malvin mamadou mana manal mandi mandy manel manfred manika manja manno manoek manoj manolo
manon manou manouk manouschka manuel manuela manuella manus mara maram maran marc marcel marcela marcelin marcelino marcelis marcella marcelle marcello
marcellus marcelo march marchien marchiena marchje marcia marcial marciano marcin marcio marco marcus mardou mare mareike mareille marein marek marelle maren
maret margaret margareta margaretha margarethe margarida margarita margaux marge margit margje margo margot margreet margret margretha margriet margrietha
margrit maria mariam mariama marian mariana mariane marianna marianne mariano marica marice marie marieke mariel mariella marielle marielouise mariem marien
mariene marienka mariet marieta mariette marije marijke marijn marijne marijtje marik marika marike mariken marilene marilka marilou marilyn marin marina
marinda marine marinel marinella marinka marinke marino marinus mario mariola marion marios maris marisa mariska marissa marit marita maritza marius mariusz
marja marjan marjanne marjella marjet marjeta marjo marjolein marjoleine marjolijn marjon marjorie mark marka markos markus marla marlee marleen marleene
marlein marlen marlena marlene marleny marli marlie marlieke marlien marlies marlijn marlijne marlin marline marlis marlisa marlise marlo marloes marlon marlot
marlotte marlou marlous marly marlyn marnie marnik marnix marouan marouane marrie marrigje marrit marritje mars marsha marsja mart marta marte martha marthe
marthijs marthinus marthyn marti martien martijn martijntje martin martina martine martinette martino martinus martje marty maruschka marvin marwa marwan
marwane mary maryam maryan maryana maryem marylene maryline marylou maryse maryvonne marzena mascha masha masja massimo massin matei matej mateo mateusz mathea
mathee matheo mathew mathias mathieu mathijn mathijs mathilda mathilde mathis mathys matilda matt matteo matthea mattheus matthew matthias matthies matthieu
matthijs matti mattia mattie mattijs matty matz maud maudy maureen maurice mauricio maurits mauritz mauro maurus mauve mavis max maxi maxim maxime maximiliaan
maximilian maximo maximus maxine may maya mayke mayla maylin maylinn mayo mayra mechelien mechteld mechtelina mechtild medina meentje meerten megan meghan
mehdi mehmet mehmetcan mei meije meijndert meike meile meilin meinard meinarda meinderd meinderdina meindert meindertje meine meino meint meinte meintje mel
melani melania melanie melchior melda melek melike melina melinda meline melis melisa melissa melisse mellanie melle melody meltem melvin melvyn mena menachem
mendel mendy menke menno menso mentje menzo meral merale mercedes mercy meret meri meriam meriem merijn merijntje meriton merle merlijn merlin merlinde merou
mert mertcan mery meryem mesut metin metje metske metta mette meurik mey meyke meyra mia miao micha michael michaela michail michal michalina michel
michelangelo michele micheline michella michelle michiel michon mick mickel mickey micky midas mido miek mieke miel mien mieneke mienie miente miep mies mietje
mignon miguel mihai mijke mijndert mijntje mika mikael mikail mikayla mike mikel mikki mikky miko mil mila milad milan milana milane milanka milco milda
mildred milena miles milica milko milo milou milouska milton milva mimi mimoun mimount mina minas mindert mindy mine minet minette ming mink minke minna minne
minnie mira mirac miracle miranda mirco mireille mirek mirela mirella mirelle mirelva miriam miriem mirijam mirjam mirjana mirko miro miron miroslav mirre
mirte mirthe mischa misha misja mitch mitchel mitchell mitra mitsi mitsy mitzi mo moana moes mohamad mohamed mohammad mohammed mohamud mohand moira moisha
mokhtar molly momo mona monica monice moniek monika monique monne monnie montana mony morad morgan moritz morris moses mostafa mouad moulay mouna mounir
mounira moura mourad mourik mousa moussa mozes muammer muhamed muhammad muhammed muhammet muhsin muhsine mukadder mukaddes mukhtar munir murat muriel murk mus
musa musab mustafa mustapha muzaffer mya myla mylan mylene myles mylou myra myrah myranda myrdin myriam myrna myron myrre myrte myrth myrthe myrtille mysha
mytske nabil nabila nada nadav nadege nader nadia nadieh nadin nadina nadine nadir nadira nadja nadjib nadya naeem nael naemi nahla naima najat najib najiha
najim najma najoua nala nalan nan nana nancy nanda nando naneke nanet nanette nanke nanna nanne nannie nanno nanny nanouk naomi naomy naoual naouar naoufal
napoleon nardie nardy nariman narimane nartje nasim nasima nasir nasira nasr nasra nasreddine nasrin nassim nassima nastasja natalia natalie nataliya nataly
natasa natascha natasha natasja nathalia nathalie nathalja nathan nathanael nathaniel naut navid navin naz nazan nazar nazia nazife nazim nazire nazli nazmiye
nea neal necati necip necla nedim neeke neel neele neeltje neeta nehemia nehir neil neila nela nelda nele nelia nelie nelis nelius nell nella nelle nelleke
nellie nelly nelson nena neo neomi nergis nermin nermina nerys neslihan nesrin nesrine nestor neta netanja nettie netty neva neval nevin nevio newton ney neyla
ngoc nguyen nia niall nic nick nicki nickie nicky nicla niclas nico nicol nicola nicolaas nicolas nicole nicoleta nicoletta nicolette nicolien nicolina
nicoline nida nidal nie nieck niek nieke niels niene nienke nies niesje niesko nietje nigel nihad nihal nihat nijntje nijs nijsje nik niki nikita nikki nikkie
niklas niko nikol nikola nikolaas nikolai nikolaj nikolaos nikolas nikole nilay nilgun nils nilufer nilza nima nimrod nina nine ninette ninja ninke nino nira
nirmala nisa nisanur nisha nisrin nisrine nita nitasha niusha nivard nivea niwin niyazi noa noah noam nobel noe noel noela noelle noemi noemie nofri noha nohad
nol nola nolan nolda nolle nomi nona noni nonna noor noortje nora norah noralie noralynn norbert norbertus noreen norina norma norman nouchka noud nouha
nouhaila nouk noukie noura noureddin noureddine nouri nouzha nova novalie noya nuno nur nuran nuray nurcan nurdan nurgul nuri nuria nuriye nursel nurten nusret
nyah nyckle nyncke nynke obbe oberon ocker octavia octavius oda odette odile odilia odin odo oebele oebo oege oeke oene ofelia oguz oguzhan okan okke okko
oksana oktay olaf olav ole oleg olene olga olger oliver olivia olivier olivio oliwia olof olphert oltje olwin omaima omar omayma omer omid omnia omri onat
ondrej onne onno onur oona ophelia oppie orhan orlando orry ortwin osama oscar oscarina oskar osman osse oswald oswin otis otje otte ottelien ottilie otto
ouafa ouafae oualid ouassim oudina oumaima oumayma ousama oussama ouwe ove owen oya oyku ozan ozden ozge ozgur ozkan ozlem oznur paaschen pablo paco paddy
paige pam pamela pancras paola paolo pardis paris parker pascal pascale pascalle paschalis pasqual pasquale pat patience patric patrice patricia patricio
patrick patries patrik patrizia patryk patty paul paula paulette paulien paulina pauline paulo paulus pauw pavel pawel paz pearl peder pedro peer peerke peet
peggy pelle penelope penina pepe pepijn pepita peppe perijn perla pernilla pernille perrine perry petar pete peter petera peterjan petje petr petra petrie
petrik petrina petro petrone petronel petronella petroula petrus petula petulia peyton phebe phelan pheline phil phileine philemon philip philipp philippa
philippe philippus philomena phoebe phoenix pia pichegru pien pier piere pierina piero pierre piet pieta pieter pieterdina pieterjan pieterke pieternel
pieternella pieterneltje pietertje pietje pietro pietronella pim pinar pinas piotr pip pippa pippi piroska pit pita plechelmus pleun pleuni pleuntje plonia pol
polle polly pom popke popko poppy prabha prakash pranav pravesh pravin precious preston primo prisca priscilla priscille priya prosper przemyslaw puck puk qais
quentin quincy quinn quint quinta quinte quinten quintijn quintin quintus quirien quirijn quirin quirine quirinus raafat rabia rabiye rachel rachelle rachid
rachida rachied radboud radek radha radijn radja radko radoslaw radouan raf rafael rafaela rafaella rafal rafi rafik rafke ragini ragna ragnar raha rahel rahim
rahima rahma rahul raimond raimonda raimundo rainer rainier raisa raissa raj raja rajae rajan rajesh rajiv rajni rakesh ralf ralph ram ramazan rami ramin
ramiro ramiz ramon ramona ramses ramsey ramy ran randa randall randy rania ranim raniya ranj raphael raphaela raquel rasha rashad rashid rasit raul raven ravi
ravian raya rayan rayane raymon raymond raymonde rayna rayyan razan rebecca rebecka rebekka recep reda redouan redouane reece reem reemt reena refik reggie
reggy regien regilio regina regine regis regula rehana reijer reijertje reijnder reijnier reijntje rein reina reinaart reinald reinalda reinard reinder
reinderd reinderdina reindert reindertje reine reinekee reiner reinetta reinette reinhard reinhart reinhilde reinhold reinhoud reinier reiniertje reinilde
reinildis reinjan reinoud reinout reinskje reint reintje reitse reitze reiza rejanne remco remi remie remko remon remona remus remy remzi rena renaat renald
renaldo renana renate renato renaud rendel rene renee renetta renger renier renilde renna renny reno renout rens rensje renske renz renza renzo resa resi resie
resit resul reuben reuven reva rex rey reyer reyhan reyn reza rhea rhena rhiannon rhys ria rian riana rianka rianne riano ric rica ricarda ricardo riccardo
richard richarda richella richelle richie richmond rick rickert rickey ricky rico ridouan ridvan riek rieke riekie riekje rieks riekus riemer riemke rien riena
riendert rieneke rieni rienk rienke rienko rieno riens rienus riet rieta rietje rifat rifka rigo rigter rigtje rijkje rijklof rijna rijnder rijnhard rijnier
rik rika rikie rikkert rikki rikkie rikky rikste rikus riley rimke rina rinaldo rindert rineke rinesh rinette ringo rini rinia rinie rink rinke rinko rinse
rinske rint rintje rinus rinze rio rion ris risa rische rishi rita ritchie ritsert ritske ritva ritzo riva rivka rixt riyad riza rizlan ro roan roanna rob
robbe robbert robberta robberthus robbie robbin robby robel robert roberta robertina robertine roberto robertus robin robina robine robrecht robyn rocco
rochelle rochus rocky rod roderick roderik rodger rodin rodney rodolfo rodrigo roel roeland roeleke roelf roelfien roelfje roelfke roelie roelien roelina
roelinda roeline roelof roelofje roelofke roelofs roeltje roely roemer roenja roeshan roger rogier rohan rohini rohit roj rojda rojhat rokus roland rolanda
rolande rolando rolf rolien rolinda rolinde rolinka romain romaine romaisa romaissa roman romana romano romario romayssa rome romee romeo rometta romijn romina
romke rommert rommy romolo romy ron rona ronald ronaldo ronan ronda rone roni ronin ronja ronnie ronny ronson roos roosje roosmarie roosmarijn rory ros rosa
rosalie rosalien rosalin rosalina rosalind rosalinda rosalinde rosaline rosalynn rosan rosana rosangela rosanna rosanne rosario rosaura rosco rose roseanne
roselie roselien roselinde roseline rosella roselle rosemarie rosemarijn rosemarijne rosemary rosetta rosette rosey rosie rosien rosina rosita rosmarie
rosmarijn ross rossana rowan rowdy rowen rowena rowin rowina roxan roxana roxane roxanna roxanne roxy roy roya royce rubel ruben rubens rubina ruby rudi rudie
rudina rudmer rudo rudolf rudolph rudolphus rudy rueben rufus rui ruijgrok ruiz rukia rukiye rumeysa runa rune rupert russel rutger ruth ruthger ruthie rutmer
ruud ruurd ruurdje ruurdtje ruveyda ruzica ryan ryanne rylan rylana ryszard rytsje saad saakje saar saartje saba sabah saban sabas sabien sabijn sabina sabine
sabir sabri sabrina sabriye sacha sadaf sade sadie sadik sadio saed saeed safa safae safak saffira saffron safia safiya safouan safouane saga sagal sahar sahin
sahra saibhi said saida saif saime saira sait sajad sajida sakari sakina salah salahaddin salaheddine saleh salih saliha salim salima salimah salina sally
salma salman salome salomeh salomon salvador salvatore sam samaira saman samanta samantha samara samba sameh samentha sami samia samih samina samir samira
samiya sammie sammy samson samuel samuela samya san sana sanaa sanae sancho sandeep sander sanderijn sanderijne sandor sandra sandro sandy sanel sanem sanita
saniye sanja sanjay sanna sannah sanne sanneke sannie santiago santino santosh santusha saphira sara sarafina sarah sarai sarantha saraya sari sarik sarina
sarita sarmad sarra sarriana sascha sasha sashina sasja saskia saskya satish saul savanna savannah savas savinja savio sawsan scarlet scarlett schelte schelto
scherida scott sean seb sebahat sebas sebastiaan sebastian sebastiano sebastien seda sedat seddik seerp sef sefa seger segeren segun seher sehnaz sela
selahattin selcuk selda selena selene selim selin selina seline selma selmar selmin selmina selva selvi sem semanur semih semiha semira semra sena senad senada
senan sendy senem senna senne senol sep sepp seppe septimus serafina serap seraphin serdar serena serge sergei sergej sergio serhat serife serkan serpil serra
serrah serva servaas servais servatius servie sesilia setareh seth seval sevda sevde sevgi sevil sevilay sevim sevin sevinc seyda seydou seyed seyit seyma
seymen shadi shadya shae shagheyagh shahed shahid shahin shahram shaila shaima shaimae shaira shakira shakur shalini shana shandra shanell shani shania shaniah
shanice shanien shanita shanna shannah shannen shannon shantal shantelle shanti shanya shao shaquille sharda shari sharif sharina sharissa sharita sharma
sharmila sharon sharona shashi shauna shawn shay shaya shayenne shayla shaylee shayne sheela sheila shelby shelley shelly shelsey sheng sherafina sherda sheri
sherida sheriff sherilyn sherina sherita sherman sherry sherwin sheryl shevan sheyla shiloh shirin shirine shirley shiva shivam shivani shon shona shoukje
shreya shukri shyam siavash sibbele sibe sibel sibilla sibren sicco sid sidar sidney sidonia siebe siebrand siebren siebrigje siefke sieger siegerdina
siegfried sieka siem siemen siementje siemon siep sieta sietie sietje sieto sietse sietske sietze sieuwerd sievert siewert sigmund sigrid sijbe sijbrand
sijbrandus sijbrechtje sijgje sijke sijmen sijmon sijrah sijtje sijtze siko silas silja silje silke silvan silvana silvano silvester silvia silvie silvien
silvija silvio silvo sima simay simcha simen simeon simke simo simon simona simone simonia simonne simoon sina sinan sinasi sinead sinem sinthia siobhan siona
sipke sipkje siraj siri sirin sis sisca siska sita sitske sitze sivan sive siward sixten sjaak sjaan sjaantje sjabbo sjacco sjang sjanie sjannie sjef sjefke
sjeng sjerp sjoeke sjoera sjoerd sjoerdje sjoerdtje sjors sjoske sjouke sjoukje sjoukjen sjouwke sjuk sjuul skip sky skye skyla skyler sloan sneha sobhi
socrates soenita sofia sofiane sofie sofieke sofietje sofija sofyan sofyane sohaib sohail soheil sol solange soledad soleil soleiman soli solveig somaya sona
sonay sone songul sonia sonja sonke sonny sonya soorya sophia sophie sophieke sophija soraya soren soroush souad soufian soufiane soufyan souhail souhaila
soukaina soukayna soumaya soumia soundouss spencer spike sradha staas staatje stacey stacy stan stana stang stanislav stanislaw stanley stans star stavros
steef steefje steen stef stefan stefana stefani stefania stefanie stefano stefanus steffan steffen steffi steffie stefka stelian stella stelle sten stephan
stephana stephania stephanie stephano stephanus stephany stephen sterre steve steven stevie stewart stieke stien stieneke stientje stig stijn stijntje stina
stine stoffel stoffelina storm stuart suad suat sue suela suheyla sukru sulaiman suleika sulejman suleyman sultan sultana sumaya sumeya sumeyra sumeyye summer
suna sunanda sunay sunil sunita suraya suresh surya sus susan susana susanna susannah susanne suse suske suus suusje suzan suzana suzanna suzanne suze suzette
suzie suzy sven svenja sverre svetlana swannie swanny swantje swati sweder swen swenn swenne swiep swier sya sybe sybilla sybille sybolt sybrand sybrandus
sybrecht sybren sybrich sydney sygrid syl sylvain sylvan sylvana sylvester sylvia sylviane sylvie sylvio sylvius symen symon synne sytse sytske sytze szymon
taapke taco taha taheera tahir tahira tahlia taiga taina talha talia taliesin talitha tallulah tamar tamara tamas tamika tamina tamira tammo tammy tan tancia
tania tanika tanique tanja tanneke tanya tanyel tara taranie tarek tarik tariq tarkan taro tarquinius taryn tasha tasnim tatiana tatjana tatum tayfun taylan
taylor tayyip tea ted teddy tedje teetske teeuwis teije teja tekla telma tema temel tena tenzin teo teodor tera terence teresa tereza terje terra terrance
terrence terry tess tessa tesse tessel tessie tessy teun teuna teunie teunis teunisje teuniske teuntje teus thabo thalia thalitha thania thara thea theda theo
theodoor theodora theodore theodorus theofiel theresa therese theresia thessa thiago thibault thibaut thicky thiemo thierry thies thijmen thijn thijs thijsje
thijske thilo thirsa thirza thissa thom thomas thomasina thomassie thor thorben thore thorsten thorwald thura thurza thyra thys tiago tialda tiamo tiana tiara
tibbe tiberius tibet tibor tico tidde tide tido tiede tieme tiemen tiemke tiemo tieneke tienette tiens tierney tiesto tiete tietje tifanny tiffany tij tijana
tijl tijme tijmen tijn tijs tijske tijtje tikva tilda tilde tilly tim tima timea timen timmy timo timon timor timothee timotheus timothy timur tina tinco tine
tineke tinka tinke tinneke tino tinus tirsa tirso tirza tirzah tische titia titus tivon tiziana tjaakje tjaard tjaarda tjaart tjabbe tjado tjaling tjallie
tjalling tjarco tjarda tjark tjasker tjebbe tjeerd tjeertje tjerk tjerkje tjesse tjibbe tjiets tjip tjipke tjisse tjits tjitse tjitske tjitte tjitze tjoe
tjoene tjomme tobia tobias tobie toby todd tofik tolga tom toma tomas tomasz tomislav tomke tommaso tommie tommy tomris ton tonia tonie tonio tonis tonja tonke
tonko tonneke tonnie tonnis tonny tony tonya toon toos toosje toprak tor torben torsten tosca tosha toska totte toufik tove tracey tracy travis trees treesje
treintje trevor tricia triene trienke trientje trijn trijna trijnie trijnte trijntje trina trine trinette trinh trinie trinity tristan troy truda trude trudie
trudy trui truida truitje truke truus truusje trygve tseard tsegai tsetske tsjerk tsjikke tuana tuba tudor tugba tugce tulay tulin tunahan tuncay turan turgut
turkan twan twanneke tyara tycho tygo tyler tymen tymo tyn tynke tyra tyrell tyrone tyson tytsje tzadok ubaldo ubbo ude udo ugo ugur uiltje ulas ulbe ulco ulf
ulfert uli ulla ulrich ulrik ulrika ulrike ulus uma umar umit umran umut umutcan una unal unico urbanus uri uriel ursela ursula urszula usha ute utku uwe
uzeyir uzma vahid vajen val valente valentijn valentin valentina valentine valentino valentinus valeria valerie valerio valerius valeska valia valk vanda
vanessa vania vanja vano varenka varsha vasco vashti vasil vasilis vassil vasyl vedat veerle vega veli venera venetia venla venna vera veranda vere verena
veroni veronica veronie veronika veronique vesna vesper vester vianne vic vicenta vicente vichai vick vicki vicky victor victoria victoriano victorien
victorine vida vidal vido vidya vienna vienne viggo vigo vijay vik vika vikash viki vikki vikram viktor viktoria vilja villem villy vin vina vince vincent
vincente vincentia vincentius vincenzo vinnie vinny viola violaine violet violeta violetta viorica virgil virginia virginie vishal vishnu vita vital vitali
vitalis vito vittorio vitus viv vivian viviana viviane vivianne vivien vivienne vlad vladimir vlatka voke volkan volker volkert volkmar vos vrouwke vrouwkje
vuslat waddah wade wadie wael wafa wafaa waheed waheeda wahid wahida wail walaa walburg walburga waldemar waldo walid walied wallie wally walt walter walterus
walther waltherus waltje wam wana wanda wandana wander wanja wannes ward warda warnder warner warren warringa wassila wassim watse watte watze wayne wea webe
wedad wegert weia weike weine weitske welmoed welmoet wence wenche wencke wende wendel wendela wendelien wendeline wendelmoed wendelmoet wendie wendy wenke
wenneke wenny wenonah wensley werner wes wesam wesley wessel wesselien wesseltje weverling wezel wia wiard wichard wicher wicherd wichert wichertje widad wiebe
wiebke wiebrand wiebren wieger wieke wieland wiemer wien wiena wieneke wienke wiep wies wiesje wieske wiet wietse wietske wietze wigbold wigcher wigger wiggert
wigle wijb wijbe wijbrand wijbrandus wijbren wijkje wijna wijnand wijnanda wijnandus wijnie wijnold wijntje wik wiktor wilbert wilberto wilbertus wilbrand
wilbur wilco wilda wildo wilf wilfred wilfried wilhelm wilhelmien wilhelmina wilhelmine wilhelmus wilke wilko willa willard wille willebrand willebrordus
willem willemarie willemiek willemieke willemien willemijn willemijntje willemina willemine willemke willemkje willempje willemtje willi william williams
willianne willie willow willy wilma wilmar wilmer wilmie wilmke wilmut wilna wilriek wilrieke wilson wim wimke wimmie win winand winanda winfred winfried winie
winifred winnie winny winona winston wipke wipkje wiske wisman wisse witek witold witske wivina wladimir wobbe wobbechien wobbie wobine wobke wojciech wolbert
wolbrand wolf wolfert wolfgang wolfram wolmet wolter wolterdina wolthera woltherus woody wout wouter woutera wouterina woutertje wouterus woutje wriemer wubbe
wubbechien wubbechina wubbegien wubbina wubbo wubs wyanda wyanne wyb wybe wybo wybrand wybren wybrich wyke wylan wyneke wypke wytse wytske wytze xander xandra
xandrijn xanna xanthe xaveria xaverius xavi xavier xaviera xemm xena xenia xenna xeno xia xiao ximena xin xiomara xiu xuan xylia yaar yacine yacob yael yagmur
yahir yahya yaira yakup yalcin yali yamil yamilla yamina yan yana yanaika yanailys yang yani yanic yanick yaniek yanina yanis yaniv yanna yannah yanne yannic
yannick yannie yannik yannis yannou yanou yao yara yarah yarden yared yaren yari yarik yarno yaro yaron yaryna yasar yasemin yasin yasine yasir yasmeen yasmijn
yasmin yasmina yasmine yassin yassine yassir yassmina yavuz yazan yelda yelena yeliz yelle yelte yeltsin yelva yente yentl yeremy yerke yeshi yesim yesse
yessie yetty yge yhenew yi yiannis yigit yildirim yildiz yilmaz yin ying yke yme ymke ymkje yoan yoana yoanna yoav yoel yoeri yohan yohana yolan yolanda
yolande yolanthe yolien yolin yolisa yonas yonca yoni yonna yoran yordan yordi yorian yorick yorim yoris yorn yosef yosha yoshi yosra yosri yossi youcef younes
youness youp youri yousef yousra yousri youssef youssouf youssra yoyo ype ypke yrsa ysabel ysabella ysanne ysbrand ysolde ytje ytsen ytsje ytske yu yuan yucel
yudith yuki yuksel yuliya yuna yunus yuri yurre yusra yusuf yvar yves yvet yvette yvi yvie yvo yvon yvonne yvonneke ywe zaara zabeth zach zacharias zachary
zafer zahir zahira zahra zaid zaida zaide zaila zain zaina zainab zaineb zakari zakaria zakariya zakiya zana zander zandra zaneta zani zara zarah zarina zayd
zayed zayla zayn zayneb zaza zbigniew zed zef zeger zehra zekeriya zekiye zelda zeliha zeljko zena zenna zeno zephanja zerdest zerrin zev zeynab zeyneb zeynep
zia ziad zian ziauddin zico ziggy zihni zilan zilla zina zineb zinedine zino zion zip zippora zisca zita ziva ziya ziyad ziyan zizi zjef zjos zlata zlatko zoe
zoera zoey zofia zohal zohra zohre zola zoltan zoraida zoran zoraya zorica zosia zouhair zoya zsa zsofia zubeyde zuhal zuhre zulal zulema zuleyha zumra zuri
zusanna zuzana zuzanna zwaan zwaantina zwaantje zwaentje zwanet zwanetta zwanida zwanie zwannie zweder zwier
`;
