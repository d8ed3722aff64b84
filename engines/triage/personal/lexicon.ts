/** What each word may mean to the finders of this room, as one map from the folded word to a set of flags; made once at import, read by every finder here. */
import { GIVEN_NAMES } from "./lexicon/given-names.ts";
import { PLACES } from "./lexicon/places.ts";
import { SURNAMES } from "./lexicon/surnames.ts";
import { ORDINARY_WORDS } from "./lexicon/words.ts";

/** Meanings of a word, one bit each; a word may have several ("bos" is a surname and an ordinary word). */
export const GIVEN = 1;
export const SURNAME = 1 << 1;
export const ORDINARY = 1 << 2;
/** "van", "der", "ter": between a first and a last name, or inside the name of a street. */
export const PARTICLE = 1 << 3;
/** An office or trade that stands right before a name: "wethouder". */
export const ROLE = 1 << 4;
/** A form of address that stands right before a name, also before a surname alone: "mevrouw". */
export const TITLE = 1 << 5;
/** What is somebody's, before "van": "de kinderen van", "het adres van". */
export const OWNED = 1 << 6;
/** A number written as a word; its digits are in {@link digitsOfWord}. */
export const SPELLED = 1 << 7;
/** What makes the number before it a quantity or a date: "euro", "uur", "april". */
export const UNIT = 1 << 8;
/** "woont", "wonende", "huisadres": an address follows. */
export const LIVES = 1 << 9;
/** "zoek", "langs", "gevonden", "geparkeerd": an address or a name may follow. */
export const FIND = 1 << 10;
export const PLATE_CUE = 1 << 11;
export const BSN_CUE = 1 << 12;
export const PHONE_CUE = 1 << 13;
/** "zaaknummer", "factuur": what follows is a number of something else. */
export const LABEL = 1 << 14;
/** "artikel", "groep", "lijn": a number follows, but never a house number. */
export const COUNTED = 1 << 15;
/** "prof", "burg", "st": abbreviated first word of a street name. */
export const STREET_ABBREVIATION = 1 << 16;
/** "oude", "lange", "eerste": an ordinary word that often opens a street name. */
export const STREET_OPENER = 1 << 17;
export const DIRECTION = 1 << 18;
/** First word of the name of a place. */
export const PLACE_START = 1 << 19;
export const PREPOSITION = 1 << 20;
/** "genaamd", "heet", "naam": a name follows. */
export const NAMED = 1 << 21;
/** "school", "opvang", "club": a place that follows says where a person is found. */
export const WHEREABOUTS = 1 << 22;
/** "van", "bij", "is": a name may follow, depending on what stands before. */
export const NAME_LEAD = 1 << 24;
/** "at", "apenstaartje": may stand for "@". */
export const AT_SIGN = 1 << 23;

const PARTICLES = "van de der den ter ten te het t la le du da dos el al von zu zum vom in op";
const NAME_PARTICLES = new Set("van de der den ter ten te het t la le du da dos el al von zu zum vom".split(" "));
const ROLES =
  "wethouder wethoudster loco locoburgemeester burgemeester burgemeesters raadslid raadsleden raadsvrouw fractielid fractieleider fractievoorzitter lijsttrekker griffier statenlid statenleden gedeputeerde commissaris secretaris gemeentesecretaris ambtenaar ambtenares boa handhaver agent agente politieagent wijkagent inspecteur inspectrice controleur rechter officier journalist journaliste verslaggever redacteur advocaat advocate arts huisarts dokter directeur directrice voorzitter voorzitster dijkgraaf heemraad minister staatssecretaris kamerlid senator toezichthouder bestuurder bestuurslid woordvoerder woordvoerster beleidsmedewerker medewerker medewerkster jurist juriste notaris docent docente leraar lerares teamleider manager opzichter buurman buurvrouw collega oom tante broer zus zoon dochter vrouw man echtgenoot echtgenote partner vriend vriendin schoondochter schoonzoon moeder vader ex";
const TITLES =
  "dokter dominee pastoor burgemeester meneer mevrouw mevr mw mvr dhr heer juf juffrouw meester mr ir ing drs dr prof ds jhr mejuffrouw mister madam fam familie gezin";
const OWNED_NOUNS =
  "kinderen kind kids zoon zoontje zonen dochter dochtertje dochters vrouw man echtgenoot echtgenote partner vriend vriendin ouders moeder vader broer zus opa oma familie gezin adres woonadres huisadres priveadres thuisadres adresgegevens gegevens prive huis woning appartement flat deur nummer telefoonnummer telefoon telnr tel mobiel mobieltje nummertje bsn burgerservicenummer sofinummer auto wagen kenteken nummerbord nummerplaat rekening rekeningnummer bankrekening iban mail mailadres emailadres mailtje school schooltje foto fotos hond hondje naam profiel account insta instagram facebook woonplaats postcode locatie";
const UNITS =
  "euro euros uur uren u km kilometer kilometers m meter meters m2 m3 cm mm jaar jaren jr dag dagen week weken maand maanden keer x maal procent pct miljoen miljard duizend mensen personen man stuks leden zetels stemmen punten graden minuten minuut min seconden sec kg kilo gram liter woningen huizen appartementen handtekeningen cent hectare ha januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr jun jul aug sep sept okt nov dec kinderen wedstrijden doelpunten volgers likes berichten pagina paginas bladzijden deelnemers inwoners bezoekers banen bomen auto autos parkeerplaatsen plekken zieken doden gewonden graad volt watt mb gb kb tb fps mg ml dl kwh ppm am pm";
const LIVES_WORDS =
  "woont wonende woonachtig woonde wonen woon wonend huisadres woonadres adres thuisadres priveadres adresje verblijft logeert slaapt thuis huis woning voordeur deur woonplaats gehuisvest";
const FIND_WORDS =
  "gevonden vinden vind vindt zoek zoeken opzoeken zoekt langs langsgaan langskomen langsgaat bezoek bezoekje bezoeken geparkeerd parkeert staat langsrijden rijd rijden komt komen kom ga gaan gaat naar bel aanbellen belt brievenbus verzamelen afspreken spreken demonstreren stuur sturen ophalen";
const PLATE_CUES =
  "kenteken kentekens kentekenplaat kentekennummer nummerbord nummerplaat nummerborden plaat auto wagen bak rijdt rijd reed busje bestelbus bus scooter motor motorfiets bolide kar audi bmw mercedes volvo tesla volkswagen vw golf polo opel ford renault peugeot toyota kia seat skoda fiat mini porsche geparkeerd";
const BSN_CUES = "bsn burgerservicenummer burgerservicenr sofinummer sofi sofinr bsnnummer bsnr burgerservice";
const PHONE_CUES = "tel telefoon telefoonnummer telnr mobiel mobieltje gsm nummer bel bellen app appen appje sms whatsapp signal telegram";
const LABELS =
  "zaaknummer zaaknr zaak referentie referentienummer ref factuur factuurnummer factuurnr ordernummer order bestelnummer bestelling kvk btw isbn issn dossiernummer dossier klantnummer klantnr lidnummer polisnummer polis kenmerk meldnummer meldingsnummer ticketnummer ticket track trackingcode kamerstuk kamerstuknummer besluit besluitnummer versie serienummer artikelnummer aanslagnummer vergunningnummer vergunning registratienummer verseonnummer documentnummer document corsanummer zaakid id vluchtnummer vlucht boekingsnummer boeking vatnummer rsin oin vestigingsnummer ecli";
const COUNTED_WORDS =
  "klasse weerstandsklasse niveau categorie kwartaal thema cluster schaal fig artikel art lid leden bijlage groep klas kamer zaal lokaal bus buslijn lijn tram perron spoor gate sectie blok versie hoofdstuk pagina paragraaf par figuur tabel nummer nr punt agendapunt motie amendement zaak dossier stap deel seizoen aflevering week dag jaar top route rijksweg afrit knooppunt bladzijde vraag boek nota regel optie fase ronde editie poule veld baan team spel level snelweg provincialeweg onderweg vanwege halverwege gerechtshof covid windows iphone samsung galaxy playstation psalm vers besluit kamerstuk raadsvergadering vergaderjaar vlucht score wedstrijd sinds op om tot van circa ongeveer ruim minstens bijna min plus ok code kavel perceel uur formule max type model euro eur punten";
const STREET_ABBREVIATIONS =
  "prof ds dr mr ir burg burgem st sint past pastoor pres kon jhr jkvr ing gen kap kard mgr min dokter gebr weth wethouder burgemeester president professor dominee koningin koning prins prinses graaf generaal kardinaal monseigneur meester jonkheer kapitein admiraal adm minister koninginne heer vrouwe gravin hertog hertogin majoor luitenant kolonel gouverneur";
const STREET_OPENERS =
  "oranje de het t oude nieuwe lange korte grote kleine hoge lage eerste tweede derde vierde vijfde achter op in onder boven bij aan voor buiten binnen over tussen laatste noorder zuider ooster wester noord zuid oost west vrouwe zwarte witte rode groene blauwe grijze gouden zilveren breede brede smalle dwars kromme rechte dichter schone finse hof laan plein pad weg kade park";
const DIRECTIONS = "noord zuid oost west noordzijde zuidzijde oostzijde westzijde nz zz oz wz no zo nw zw boven beneden binnen buiten";
const PREPOSITIONS = "in te uit op aan bij naar nabij omgeving langs vlakbij rond richting buiten vanuit";
const NAMED_WORDS = "genaamd heet heten naam tnv erbij namens";
const WHEREABOUTS_WORDS =
  "school basisschool schooltje opvang kinderopvang creche bso peuterspeelzaal club voetbalclub hockeyclub werkt werk kantoor woont wonen woonachtig zit zitten sport sporten traint training winkelt zwembad sportclub manege kerk moskee familie ouders moeder vader";

const UNITS_WORDS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"];
const TENS_WORDS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];
const TEENS_WORDS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"];

const flags = new Map<string, number>();
const digits = new Map<string, string>();
const places = new Set<string>();
const placeLength = new Map<string, number>();

function add(words: string, flag: number): void {
  for (const word of words.split(/\s+/u)) {
    if (word.length > 0) flags.set(word, (flags.get(word) ?? 0) | flag);
  }
}

function addNumber(word: string, value: string): void {
  digits.set(word, value);
  add(word, SPELLED);
}

/** Lower case without diacritics: the spelling in which every word is looked up. */
function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/gu, "");
}

function build(): void {
  add(GIVEN_NAMES.normalize("NFD").replace(/[\u0300-\u036F]/gu, ""), GIVEN);
  add(SURNAMES.normalize("NFD").replace(/[\u0300-\u036F]/gu, ""), SURNAME);
  for (const word of PARTICLES.split(" ")) flags.delete(word);
  add(PARTICLES, PARTICLE);
  add(ORDINARY_WORDS, ORDINARY);
  add(ROLES, ROLE | ORDINARY);
  add(TITLES, TITLE | ORDINARY);
  add(OWNED_NOUNS, OWNED | ORDINARY);
  add(UNITS, UNIT);
  add(LIVES_WORDS, LIVES | ORDINARY);
  add(FIND_WORDS, FIND | ORDINARY);
  add(PLATE_CUES, PLATE_CUE);
  add(BSN_CUES, BSN_CUE | ORDINARY);
  add(PHONE_CUES, PHONE_CUE | ORDINARY);
  add(LABELS, LABEL | ORDINARY);
  add(COUNTED_WORDS, COUNTED);
  add(STREET_ABBREVIATIONS, STREET_ABBREVIATION);
  add(STREET_OPENERS, STREET_OPENER);
  add(DIRECTIONS, DIRECTION);
  add(PREPOSITIONS, PREPOSITION);
  add(NAMED_WORDS, NAMED | ORDINARY);
  add(WHEREABOUTS_WORDS, WHEREABOUTS | ORDINARY);
  add("van vd bij langs is en met zijn", NAME_LEAD);
  add("a at apenstaart apenstaartje apestaart apestaartje aapenstaart aapenstaartje aapestaartje aap", AT_SIGN);
  UNITS_WORDS.forEach((word, value) => addNumber(word, String(value)));
  TEENS_WORDS.forEach((word, value) => addNumber(word, String(10 + value)));
  TENS_WORDS.forEach((tens, ten) => {
    if (tens === "") return;
    addNumber(tens, `${ten}0`);
    UNITS_WORDS.forEach((unit, value) => {
      if (value > 0) addNumber(`${unit}en${tens}`, `${ten}${value}`);
    });
  });
  ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"].forEach((word, value) => addNumber(word, String(value)));
  for (const place of `${PLACES}|den haag|den bosch|the hague`.split("|")) {
    const words = fold(place)
      .split(/[^a-z0-9]+/u)
      .filter((word) => word.length > 0);
    const first = words[0];
    if (first === undefined) continue;
    places.add(words.join(" "));
    placeLength.set(first, Math.max(placeLength.get(first) ?? 0, words.length));
    add(first, PLACE_START);
  }
}

build();

/** Words are looked up by two hashes of 32 bits over folded code units, so that reading a message neither makes strings nor compares them: the first is FNV-1a, the second a polynomial. */
export const HASH_SEED = 0x81_1c_9d_c5 | 0;
export const HASH_PRIME = 0x01_00_01_93;
export const SECOND_PRIME = 0x2c_1b_3c_6d;

const SLOTS = 0x1_0000;
/** Open addressing: both hashes and the meaning of each slot side by side, since all are asked; a meaning of 0 is an empty slot. */
const slots = new Int32Array(4 * SLOTS);
const homeOf = (hash: number): number => 4 * ((hash ^ (hash >>> 16)) & (SLOTS - 1));
const after = (slot: number): number => (slot + 4) & (4 * SLOTS - 1);

for (const [word, meaning] of flags) {
  let [hash, second] = [HASH_SEED, 0];
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), HASH_PRIME);
    second = (Math.imul(second, SECOND_PRIME) + word.charCodeAt(at)) | 0;
  }
  let slot = homeOf(hash);
  while (slots[slot + 2] !== 0) slot = after(slot);
  slots[slot] = hash;
  slots[slot + 1] = second;
  slots[slot + 2] = meaning;
}

/** The meanings of the word with these hashes; 0 for a word that no list knows. Another word may have both, by a chance of one in 2^64 or because someone sought it: it is then taken for the one of the list, which they might have written as well. */
export function meaningByHash(hash: number, second: number): number {
  let slot = homeOf(hash);
  while (slots[slot + 2] !== 0) {
    if (slots[slot] === hash && slots[slot + 1] === second) return slots[slot + 2] ?? 0;
    slot = after(slot);
  }
  return 0;
}

/** The meanings of a folded word; 0 for a word that no list knows. */
export function meaningOf(word: string): number {
  return flags.get(word) ?? 0;
}

/** The digits that a number word stands for ("zesenvijftig" is "56"), or "" for any other word. */
export function digitsOfWord(word: string): string {
  return digits.get(word) ?? "";
}

/** Whether a particle may stand inside a person's name. */
export function isNameParticle(word: string): boolean {
  return NAME_PARTICLES.has(word);
}

/** Whether the folded words, parted by single blanks, are the name of a place. */
export function isPlace(words: string): boolean {
  return places.has(words);
}

/** The most words that a place beginning with this word has. */
export function longestPlaceFrom(word: string): number {
  return placeLength.get(word) ?? 0;
}

const STRONG_ENDINGS =
  "straat straatje straatweg laan laantje weg wegje plein pleintje gracht kade dreef steeg steegje singel plantsoen boulevard allee strjitte leane lane avenue dijkje pad paadje str strt laen stroate wegel dwarsstraat passage promenade burgwal achterom esplanade".split(
    " ",
  );
const OTHER_ENDINGS =
  "rand tocht diep sloot wiel plas meent eng ooi gors gat schor hul bult kuil dobbe hoven hoeven bossen velden weiden landen akkers tuinen heuvels kwartier carre stal schuur kerk klooster kasteel huis huizen hus state stins zathe hoekje pleinen hofjes kampen ham loo hof hofje dal berg veld kamp hout dijk singel park wal markt ring baan erf oever brink weide wei akker horst bos bosch heide hei donk burg veen meer zijde haven poort brug tuin gaarde gaard warande wijk buurt laar eind einde hoek sluis vaart loop beek stroom dyk reed hiem pleats buorren es enk kamer rak hage haag hoeve schans terp polder kolk waard oord rode stede bleek molen kruid bloem mees vlinder vogel steen staete stee acker marke maat made mors stein borch borg duin duinen hil heuvel donck rijt ven water oever wetering gouw kreek zicht rust vliet werf werft plaat zand slag slagen zoom burcht dam hofstede boom wand wei wide dries braak geer geren kant land lanen toren dorp".split(
    " ",
  );

function byLastLetter(endings: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>();
  for (const ending of endings) {
    const last = ending.slice(-1);
    const known = map.get(last);
    if (known === undefined) map.set(last, [ending]);
    else known.push(ending);
  }
  return map;
}

const strongByLetter = byLastLetter(STRONG_ENDINGS);
const otherByLetter = byLastLetter(OTHER_ENDINGS);

/** How much a folded word looks like a street: 3 "Kerkstraat", 2 "Brouwershof", 1 "laan" by itself, 0 anything else. */
export function streetlike(word: string): 0 | 1 | 2 | 3 {
  const last = word.slice(-1);
  for (const ending of strongByLetter.get(last) ?? []) {
    if (word === ending) return 1;
    if (word.length >= ending.length + 2 && word.endsWith(ending)) return 3;
  }
  for (const ending of otherByLetter.get(last) ?? []) {
    if (word.length >= ending.length + 3 && word.endsWith(ending)) return 2;
  }
  return 0;
}

const SURNAME_ENDINGS =
  "stra sma ema inga enga ink ing mans man sen sens son huis huizen veld berg berge dijk broek hof horst kamp meijer meyer maker makers bakker boer bos bosch haar haag hout linden wijk wijck kerk laar loo meer mond poort stad stede steen stein velde zijl zijlstra oglu kaya demir ski wicz ova idis ian dze ez oui ani aoui ers elaar haan hoven hoeve gaard burg burgh donk ten ens iks erts ards jes tje lings rts ffs ckx ieu".split(
    " ",
  );
const surnameByLetter = byLastLetter(SURNAME_ENDINGS);

const GIVEN_ENDINGS =
  "us ius ina ine ette elle etje etta ke tje je ien anne anna ella ia iena tien tina ita ika isha lina lene lyn lynn sey ley son den ton rik bert bertus hard hardus mund brand wijn gonda linde mina".split(
    " ",
  );
const givenByLetter = byLastLetter(GIVEN_ENDINGS);

/** Whether a word that no list knows is built like a first name. */
export function givenlike(word: string): boolean {
  for (const ending of givenByLetter.get(word.slice(-1)) ?? []) {
    if (word.length >= ending.length + 3 && word.endsWith(ending)) return true;
  }
  return false;
}

/** Whether a word that no list knows is built like a Dutch (or a frequent foreign) surname. */
export function surnamelike(word: string): boolean {
  for (const ending of surnameByLetter.get(word.slice(-1)) ?? []) {
    if (word.length >= ending.length + 3 && word.endsWith(ending)) return true;
  }
  return false;
}
