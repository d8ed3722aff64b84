/**
 * Sentences from a small grammar: every violent verb in the moods a threat comes in, said of persons and of groups, and beside each the same verb where it is no threat (negated, quoted, another object, another sender) and a harmless verb in the same frame.
 * What was written (texts/*.txt) teaches the model how people talk; this teaches it that the verbs they did not happen to use are verbs of the same kind. Used by texts.ts only.
 */
import { drawing } from "./drawing.ts";

/** A training text. `E` explicit threat, `L` likely, `A` abuse without a threat, `N` neither. */
export interface Written {
  readonly label: "E" | "L" | "A" | "N";
  readonly text: string;
  /** What it is a case of; contrasts carry the function of their own. */
  readonly function: string;
  /** Place in the list of the threat this is the contrast of. */
  readonly contrastOf?: number;
}

/** Infinitive with its particle apart, participle, and a first person form that goes with "ik". */
const verbs: readonly (readonly [infinitive: string, participle: string, first: string])[] = (
  "doodmaken/doodgemaakt/maak # dood vermoorden/vermoord/vermoord # doodschieten/doodgeschoten/schiet # dood neerschieten/neergeschoten/schiet # neer doodslaan/doodgeslagen/sla # dood neersteken/neergestoken/steek # neer " +
  "doodsteken/doodgestoken/steek # dood wurgen/gewurgd/wurg # ophangen/opgehangen/hang # op opknopen/opgeknoopt/knoop # op afmaken/afgemaakt/maak # af afslachten/afgeslacht/slacht # af executeren/geexecuteerd/executeer # " +
  "onthoofden/onthoofd/onthoofd # verbranden/verbrand/verbrand # vergassen/vergast/vergas # vergiftigen/vergiftigd/vergiftig # verdrinken/verdronken/verdrink # verzuipen/verzopen/verzuip # omleggen/omgelegd/leg # om " +
  "ombrengen/omgebracht/breng # om liquideren/geliquideerd/liquideer # kapotmaken/kapotgemaakt/maak # kapot kapotslaan/kapotgeslagen/sla # kapot aftuigen/afgetuigd/tuig # af afrossen/afgerost/ros # af aframmelen/afgerammeld/rammel # af " +
  "mishandelen/mishandeld/mishandel # toetakelen/toegetakeld/takel # toe martelen/gemarteld/martel # verminken/verminkt/vermink # villen/gevild/vil # lynchen/gelyncht/lynch # stenigen/gestenigd/stenig # kruisigen/gekruisigd/kruisig # " +
  "doodrijden/doodgereden/rijd # dood overrijden/overreden/overrij # platrijden/platgereden/rij # plat omverrijden/omvergereden/rij # omver kelen/gekeeld/keel # nekken/genekt/nek # opblazen/opgeblazen/blaas # op " +
  "uitroeien/uitgeroeid/roei # uit slopen/gesloopt/sloop # ontvoeren/ontvoerd/ontvoer # gijzelen/gegijzeld/gijzel # afranselen/afgeranseld/ransel # af lens slaan/lens geslagen/sla # lens " +
  "in elkaar slaan/in elkaar geslagen/sla # in elkaar in elkaar trappen/in elkaar getrapt/trap # in elkaar in elkaar rammen/in elkaar geramd/ram # in elkaar verrot slaan/verrot geslagen/sla # verrot het ziekenhuis in slaan/het ziekenhuis in geslagen/sla # het ziekenhuis in " +
  "de nek omdraaien/de nek omgedraaid/draai # de nek om de keel doorsnijden/de keel doorgesneden/snij # de keel door de strot afknijpen/de strot afgeknepen/knijp # de strot af de hersens inslaan/de hersens ingeslagen/sla # de hersens in de benen breken/de benen gebroken/breek # de benen " +
  "de knieschijven kapotslaan/de knieschijven kapotgeslagen/sla # de knieschijven kapot in brand steken/in brand gestoken/steek # in brand onder de grond stoppen/onder de grond gestopt/stop # onder de grond levend begraven/levend begraven/begraaf # levend aan stukken scheuren/aan stukken gescheurd/scheur # aan stukken " +
  "de tanden uitslaan/de tanden uitgeslagen/sla # de tanden uit tegen de muur zetten/tegen de muur gezet/zet # tegen de muur een kogel geven/een kogel gegeven/geef # een kogel een pak slaag geven/een pak slaag gegeven/geef # een pak slaag " +
  "aanvallen/aangevallen/val # aan pijn doen/pijn gedaan/doe # pijn opruimen/opgeruimd/ruim # op van kant maken/van kant gemaakt/maak # van kant uit de weg ruimen/uit de weg geruimd/ruim # uit de weg op de brandstapel zetten/op de brandstapel gezet/zet # op de brandstapel " +
  "de nek breken/de nek gebroken/breek # de nek elimineren/geelimineerd/elimineer # vernietigen/vernietigd/vernietig # in stukken hakken/in stukken gehakt/hak # in stukken beschieten/beschoten/beschiet # te grazen nemen/te grazen genomen/neem # te grazen " +
  "een lesje leren/een lesje geleerd/leer # een lesje doden/gedood/dood # verkrachten/verkracht/verkracht # laten lijden/gemarteld/laat # lijden laten bloeden/kapotgemaakt/laat # bloeden doen boeten/tot boete gedwongen/laat # boeten"
)
  .split(/ (?=[^/]+\/[^/]+\/\S+ #)/)
  .map((entry) => entry.split("/").map((part) => part.trim()))
  .flatMap(([infinitive = "", participle = "", first = ""]) => (infinitive === "" || participle === "" ? [] : [[infinitive, participle, first] as const]));

/** Verbs that fit the same sentences and harm nobody. */
const harmlessVerbs: typeof verbs = (
  "helpen/geholpen/help # steunen/gesteund/steun # beschermen/beschermd/bescherm # verdedigen/verdedigd/verdedig # bedanken/bedankt/bedank # uitnodigen/uitgenodigd/nodig # uit feliciteren/gefeliciteerd/feliciteer # respecteren/gerespecteerd/respecteer # " +
  "bezoeken/bezocht/bezoek # bellen/gebeld/bel # mailen/gemaild/mail # interviewen/geinterviewd/interview # wegstemmen/weggestemd/stem # weg aanklagen/aangeklaagd/klaag # aan ontslaan/ontslagen/ontsla # vervangen/vervangen/vervang # vertrouwen/vertrouwd/vertrouw # " +
  "volgen op twitter/gevolgd op twitter/volg # op twitter voorlichten/voorgelicht/licht # voor bijstaan/bijgestaan/sta # bij toespreken/toegesproken/spreek # toe verwelkomen/verwelkomd/verwelkom # huldigen/gehuldigd/huldig # trakteren/getrakteerd/trakteer # " +
  "tegenspreken/tegengesproken/spreek # tegen ter verantwoording roepen/ter verantwoording geroepen/roep # ter verantwoording een brief schrijven/een brief geschreven/schrijf # een brief een bloemetje geven/een bloemetje gegeven/geef # een bloemetje vieren/gevierd/vier # " +
  "serieus nemen/serieus genomen/neem # serieus missen/gemist/mis # in de gemeenteraad kiezen/in de gemeenteraad gekozen/kies # in de gemeenteraad naar huis sturen/naar huis gestuurd/stuur # naar huis beter betalen/beter betaald/betaal # beter met rust laten/met rust gelaten/laat # met rust " +
  "bij het college aanmelden/bij het college aangemeld/meld # bij het college omhelzen/omhelsd/omhels # eren/geeerd/eer # bewonderen/bewonderd/bewonder # behandelen als gelijken/behandeld als gelijken/behandel # als gelijke opleiden/opgeleid/leid # op gelijke rechten geven/gelijke rechten gegeven/geef # gelijke rechten"
)
  .split(/ (?=[^/]+\/[^/]+\/\S+ #)/)
  .map((entry) => entry.split("/").map((part) => part.trim()))
  .flatMap(([infinitive = "", participle = "", first = ""]) => (infinitive === "" || participle === "" ? [] : [[infinitive, participle, first] as const]));

const persons =
  "jou|je|u|jullie|hem|haar|die wethouder|de wethouder|de burgemeester|die burgemeester|dat raadslid|je vrouw|je man|je zoon|je dochter|je kinderen|je hele gezin|die vent|dat wijf|jullie allemaal|heel dat college|die dijkgraaf|die ambtenaar|je vader|die gedeputeerde|jou en je gezin|zijn vrouw|haar man".split(
    "|",
  );
const groups =
  "moslims|joden|homo's|homoseksuelen|transgenders|trans personen|vrouwen|zwarte mensen|zwarte personen|immigranten|vluchtelingen|asielzoekers|gehandicapten|migranten|buitenlanders|Marokkanen|lesbiennes|mensen met een beperking".split(
    "|",
  );
const others =
  "de muur|dat oude gemaal|de begroting|de tegenstander|de scheidsrechter in de finale|het onkruid|de ganzen op de dijk|de wespen|dat level|de eindbaas|die motie|de subsidie|de koekjes|de kerstboom|het voorstel|die hoge boom|de oude server|dat virus|de ratten in de schuur|het record|de bonen|onze reserves|deze vergadering|de plaag|dat paasvuur".split(
    "|",
  );
const times =
  "vanavond|morgen|straks|binnenkort|dit weekend|vannacht|een keer|op een dag|zodra ik je zie|als je niet stopt|voor het zomer is|nog deze week||||".split("|");
const whys = "om dat azc|vanwege die molens|want zo kan het niet langer|omdat jullie niet luisteren|voor wat je ons aandoet|door jouw besluit|||||||".split(
  "|",
);
const ends = "!||.|.||!!| echt waar| geloof me| dat beloof ik| en dat meen ik| lafaard| wacht maar| zweer het|...".split("|");

/** Every sentence of the grammar, `each` per verb. The same seed gives the same sentences. */
export function fromGrammar(each = 12, seed = 7): Written[] {
  const draw = drawing(seed);
  const one = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? "";
  const out: Written[] = [];
  const put = (label: Written["label"], name: string, text: string, contrastOf?: number): number => {
    const clean = text.replaceAll(/\s+/g, " ").trim();
    const cased = draw() < 0.55 ? clean.charAt(0).toUpperCase() + clean.slice(1) : clean;
    return (
      out.push({
        label,
        function: name,
        text: cased,
        ...(contrastOf === undefined ? {} : { contrastOf }),
      }) - 1
    );
  };
  const plainVerb = (): (typeof verbs)[number] => harmlessVerbs[Math.floor(draw() * harmlessVerbs.length)] ?? ["helpen", "geholpen", "help #"];
  for (const [infinitive, participle, first] of verbs) {
    const threatsOf = ([infinitive, participle, first]: (typeof verbs)[number]): ((who: string) => readonly [Written["label"], string])[] => {
      const self = (who: string): string => first.replace("#", who);
      return [
        (who) => ["E", `ik ga ${who} ${infinitive} ${one(times)}`],
        (who) => ["E", `ik ${self(who)} ${one(times)}`],
        (who) => ["E", `wij gaan ${who} ${infinitive} ${one(whys)}`],
        (who) => ["E", `we komen ${who} ${infinitive}, ${one(["allemaal", "reken daarop", "met z'n allen", "vanavond nog", "een voor een"])}`],
        (who) => [
          "E",
          `${one(["als", "zodra"])} ${one(["dat plan doorgaat", "je ja stemt", "ik je tegenkom", "die opvang er komt", "je nog een keer langsrijdt"])} ${self(who).replace(/^(\S+)/, "$1 ik")}`,
        ],
        (who) => ["E", `${who} ${/^(?:jullie|we|je kinderen)/.test(who) ? "worden" : "wordt"} ${participle} ${one(times)}`],
        (who) => ["E", `ik zal ${who} ${infinitive} ${one(whys)}`],
        (who) => ["E", `wacht maar, ${one(["straks", "morgen", "ooit"])} ${self(who).replace(/^(\S+)/, "$1 ik")}`],
        (who) => ["L", `iemand moet ${who} ${infinitive} ${one(whys)}`],
        (who) => ["L", `ze moeten ${who} ${infinitive}`],
        (who) => ["L", `${who} zou ${participle} moeten worden`],
        (who) => ["L", `waarom heeft nog niemand ${who} ${participle}?`],
        (who) => ["L", `ik hoop dat ze ${who} ${infinitive} ${one(whys)}`],
        (who) => ["L", `wie gaat er mee ${who} ${infinitive}?`],
        (who) => ["L", `laten we ${who} ${infinitive} ${one(whys)}`],
        (who) => ["L", `${who} verdient het om ${participle} te worden`],
      ];
    };
    const threats = threatsOf([infinitive, participle, first]);
    const harmless: ((who: string, other: string) => readonly [Written["label"], string, string])[] = [
      (_, other) => ["N", "other-object", `ik ga ${other} ${infinitive} ${one(times)}`],
      (_, other) => ["N", "other-object", `we hebben ${other} ${participle}, ${one(["wat een dag", "eindelijk", "mooi werk", "dank aan iedereen"])}`],
      (_, other) => ["N", "other-object", `kan de gemeente ${other} ${infinitive}?`],
      (who) => [
        "N",
        "quoted-by-victim",
        `iemand schreef mij: "ik ga je ${infinitive}". ${one(["Ik heb aangifte gedaan.", "Wat moet ik hiermee?", "Mijn vrouw slaapt er niet van.", "Kan de politie dit uitzoeken?", "Graag advies."])}${who === "" ? "" : ""}`,
      ],
      () => [
        "N",
        "quoted-by-victim",
        `gisteren riep een man dat hij ${one(["mij", "ons", "mijn collega", "mijn gezin"])} gaat ${infinitive}, ${one(["moet ik dat melden", "ik ben er erg van geschrokken", "graag even bellen"])}`,
      ],
      (who) => ["N", "negated", `niemand mag ${who} ${infinitive}, ${one(["wat hij ook doet", "dat is nooit goed", "zo gaan wij niet met elkaar om"])}`],
      (who) => ["N", "negated", `ik ga ${who} echt niet ${infinitive}, ik wil alleen ${one(["praten", "een antwoord", "uitleg", "een gesprek"])}`],
      (who) => ["N", "condemnation", `wie dreigt ${who} te ${infinitive.replace(/^(.*) (\S+)$/, "$1 te $2")} hoort achter de tralies`],
      () => [
        "N",
        "news",
        `man ${one(["aangehouden", "veroordeeld", "vrijgesproken"])} die dreigde een ${one(["wethouder", "buurman", "agent", "leraar"])} te ${infinitive}`,
      ],
      () => [
        "N",
        "fiction",
        `in ${one(["de film", "het toneelstuk", "aflevering 3", "mijn boek", "het spel"])} gaat de ${one(["schurk", "burgemeester", "butler", "held"])} iemand ${infinitive}, ${one(["spannend", "heel goed gespeeld", "we zoeken nog figuranten"])}`,
      ],
      () => [
        "N",
        "self",
        `mijn ${one(["vrouw", "man", "trainer", "dochter", "baas"])} gaat mij ${infinitive} als ik ${one(["het afval weer vergeet", "weer te laat kom", "dat formulier niet inlever", "de auto niet was"])} haha`,
      ],
      (who) => ["N", "votes", `bij de verkiezingen zal de kiezer ${who} wel ${infinitive}, figuurlijk dan`],
    ];
    for (let at = 0; at < each; at += 1) {
      const who = one(persons);
      const frame = Math.floor(draw() * threats.length);
      const [label, text] = threats[frame]?.(who) ?? ["E", ""];
      const threat = put(label, "grammar-threat", text + one(ends));
      put("N", "grammar-other-verb", (threatsOf(plainVerb())[frame]?.(who)[1] ?? "") + one(ends), threat);
      const [other, name, plain] = (harmless[Math.floor(draw() * harmless.length)] ?? harmless[0])?.(who, one(others)) ?? ["N", "", ""];
      put(other, `grammar-${name}`, plain, threat);
    }
    for (let at = 0; at < each; at += 1) {
      const group = one(groups);
      const all = one(["alle ", "die ", "deze ", "al die ", "zulke ", "", "jullie "]);
      const framesOf = ([infinitive, participle]: (typeof verbs)[number]): (readonly [Written["label"], string])[] => [
        ["E", `ik ga ${all}${group} ${infinitive}`],
        ["E", `ik zal ${all}${group} zoals jij ${infinitive}`],
        ["E", `we gaan ${all}${group} ${infinitive}`],
        ["E", `we zullen ${all}${group} genadeloos ${infinitive}`],
        ["E", `de volgende keer dat ik ${group} zie ga ik ze ${infinitive}`],
        ["L", `we moeten ${all}${group} ${infinitive}`],
        ["L", `laten we ${all}${group} gewoon ${infinitive}`],
        ["L", `${all}${group} moeten worden ${participle}`],
        ["L", `iemand zou ${all}${group} moeten ${infinitive}`],
        ["L", `${group} verdienen het om ${participle} te worden`],
        ["L", `het ${infinitive.includes(" ") ? "doden" : infinitive} van ${group} zou legaal moeten zijn`],
        ["L", `als iemand ${all}${group} maar zou ${infinitive}`],
        ["L", `de wereld zou beter zijn als ${all}${group} werden ${participle}`],
        ["L", `ik wou dat ${all}${group} werden ${participle}`],
        ["L", `ik wou dat ${all}${group} zoals jullie werden ${participle}`],
        ["L", `je kunt alleen maar hopen dat iemand ${all}${group} gaat ${infinitive}`],
        ["L", `mensen zoals jij, ${group} dus, verdienen het om ${participle} te worden`],
        ["E", `ik wil ${all}${group} ${infinitive}`],
        ["E", `een van jullie ${group} zal ik ${infinitive}`],
        ["E", `elke dag wil ik een paar ${group} ${infinitive}`],
        ["E", `jullie ${group} worden ${participle} door mijn handen`],
        ["E", `wij blijven ${group} ${infinitive} tot jullie weg zijn`],
        ["L", `${all}${group} horen ${participle} te worden`],
        ["L", `als we ${group} zouden ${infinitive} hadden we rust`],
        ["E", `we gaan een einde maken aan ${all}${group}`],
        ["E", `ik wil ieder leven van een ${one(["vrouw", "homo", "moslim", "vluchteling", "transgender", "jood"])} beeindigen`],
        ["L", `men kan alleen hopen dat iemand een einde maakt aan ${all}${group}`],
        ["L", `we moeten ons voor altijd van ${all}${group} ontdoen`],
        ["L", `laten we ons van ${all}${group} ontdoen, voorgoed`],
        ["L", `${one(["executie", "de doodstraf", "de kogel", "een strop", "gif"])} is de enige oplossing voor ${all}${group}`],
        ["L", `ik zou ${all}${group} graag zien ${one(["lijden", "branden", "sterven", "creperen", "bloeden"])}`],
        ["L", `ik overweeg om ${all}${group} te ${infinitive.replace(/^(.*) (\S+)$/, "$1 te $2")}`],
        ["L", `het is in ieders belang om ${all}${group} te ${infinitive.replace(/^(.*) (\S+)$/, "$1 te $2")}`],
        ["L", `${all}${group} verdienen het niet om te leven`],
        ["L", `laat iemand alsjeblieft ${all}${group} ${infinitive}`],
      ];
      const frames = framesOf([infinitive, participle, first]);
      const frame = Math.floor(draw() * frames.length);
      const [label, text] = frames[frame] ?? ["E", ""];
      const threat = put(label, "grammar-group-threat", text + one(ends));
      put("N", "grammar-group-other-verb", (framesOf(plainVerb())[frame]?.[1] ?? "") + one(ends), threat);
      const mild: (readonly [Written["label"], string])[] = [
        ["N", `geen enkele ${one(["vrouw", "moslim", "homo", "migrant", "vluchteling"])} verdient het om ${participle} te worden`],
        ["N", `niemand zou ${group} mogen ${infinitive}`],
        ["N", `zeggen dat je ${group} wilt ${infinitive} is strafbaar en walgelijk`],
        ["N", `"${group} moeten worden ${participle}" is een zin die ik nooit meer wil horen`],
        ["N", `ik hou van ${group}`],
        ["N", `ik heb grote bewondering voor ${group} zoals jij`],
        ["N", `de wereld zou slechter af zijn zonder ${all}${group}`],
        ["N", `zitten er ${group} in jouw ${one(["klas", "team", "raad", "straat"])}?`],
        ["N", `mensen blijven zeggen dat ${group} zoals ik ${participle} moeten worden, dat doet pijn`],
        ["N", `het is droevig dat er nog steeds wordt opgeroepen tot de dood van ${group}`],
        ["N", `er moeten gevolgen zijn voor wie zegt dat je ${group} moet ${infinitive}`],
        ["N", `${group} verdienen respect en veiligheid`],
        ["N", `je moet ophouden met ${group} ${one(["uit te schelden", "zo te noemen", "lastig te vallen", "achter te stellen"])}`],
        ["N", `noem mensen geen ${one(["haatbaard", "mietje", "teringlijer", "mongool", "kreupele"])}, dat is niet grappig`],
        ["N", `is het ${one(["normaal", "grappig", "strafbaar"])} om ${group} zo te noemen?`],
        ["A", `ik haat ${group}`],
        ["A", `${group} zijn allemaal ${one(["dom", "lui", "smerig", "minderwaardig", "achterlijk"])}`],
        ["A", `${group} zijn ${one(["uitschot", "ongedierte", "minder waard dan dieren", "een ziekte"])}`],
        ["A", `niemand is zo ${one(["dom", "vies", "lelijk", "onbetrouwbaar"])} als ${all}${group}`],
        ["N", `laten we niet toekijken terwijl ${group} worden ${participle}`],
        ["A", `ik kan ${all}${group} niet ${one(["uitstaan", "luchten", "verdragen", "serieus nemen"])}`],
        ["A", `${all}${group} zouden ${one(["geen stemrecht", "minder rechten", "geen uitkering", "geen paspoort"])} moeten krijgen`],
        ["A", `${group} moeten ${one(["opdonderen", "het land uit", "hun mond houden", "uit mijn buurt blijven"])}`],
        ["A", `je bent gewoon een ${one(["dom", "vies", "zielig"])} ${one(["wijf", "varken", "stuk vreten"])}`],
        [
          "N",
          `${group} ${one(["mogen trouwen met wie ze willen", "horen er gewoon bij", "doen geweldig werk in de zorg", "zijn welkom in onze club", "hebben dezelfde rechten"])}`,
        ],
        ["N", `wie zegt dat je ${group} moet ${infinitive} ${one(["moet zich schamen", "heeft hulp nodig", "spoort niet", "kent de wet niet"])}`],
        ["N", `ik ga ${one(["die koekjes", "deze les", "dat spel", "die appels", "mijn rapport"])} ${infinitive}`],
        ["A", `ik haat ${one(["regen", "spruitjes", "maandagen", "die vlag", "artsen", "kapitalisten", "voetbalfans"])}`],
        ["A", `ik wil geen ${group} in mijn ${one(["straat", "dorp", "land", "school"])}`],
      ];
      const [other, plain] = mild[Math.floor(draw() * mild.length)] ?? ["N", ""];
      put(other, "grammar-group-benign", plain + one(["", ".", "!"]), threat);
    }
  }
  return out;
}
