/** Two plain documents: the advice explained to the person it is about, and the statement of adoption with how to check it. Both made from the dossier, from the same source as the advice itself. */
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import type { Block, PaperData } from "@rugdekking/paper";
import type { Static } from "typebox";
import type { DossierHandle, PaperToSet } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { requestOf } from "#services/scanning/client/round.ts";
import type { Measure } from "#services/scanning/contract/index.ts";
import { totalsOf } from "#services/scanning/proposals/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { adviceToPrint } from "./advice.ts";
import { dayOf, deskOf, headOf, keyIdOf } from "./paper.ts";
import { checkSteps, costs, counted, functionNames } from "./words.ts";

type Blocks = PaperData["uitleg"]["blocks"];
type OneBlock = Static<typeof Block>;

const heading = (text: string): OneBlock => ({ kind: "heading", level: 1, text });
const paragraph = (text: string): OneBlock => ({ kind: "paragraph", text });
const long = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" });
const longDay = (day: string): string => long.format(new Date(`${day}T12:00:00Z`));

/** Measures of one payer as a table, or a sentence when there are none. */
function measuresOf(measures: readonly Measure[], none: string): OneBlock {
  if (measures.length === 0) return paragraph(none);
  return {
    kind: "table",
    caption: "Bedragen zijn een indicatie, met btw",
    columns: ["Wat", "Hoe", "Kosten", "Uiterlijk"],
    rows: measures.map(({ what, provided, costLow, costHigh, byWhen }) => [
      what,
      provided === "on-loan" ? "In bruikleen zolang u het ambt heeft" : "Blijft van u",
      costs({ low: costLow, high: costHigh }),
      byWhen === null ? "Geen datum" : longDay(byWhen),
    ]),
  };
}

/** What now, in the order in which it happens. */
function nextSteps(adopted: boolean): string[] {
  const { submitted, adopted: provide, providing } = scan.terms;
  const rest = [
    `Uw werkgever begint binnen ${provide.length.workingDays} werkdagen met regelen, en is binnen ${providing.length.workingDays} werkdagen klaar.`,
    "De monteur of leverancier maakt een afspraak met u. U beslist wie er in huis komt.",
    "Is iets geplaatst? Dan bevestigt u op de pagina Maatregelen dat het er is en dat het werkt.",
    "Wilt u een maatregel niet? Dan zegt u dat op dezelfde pagina, met een reden.",
    "Gaat u verhuizen of stopt u met uw ambt? Meld dat in uw dossier. Wat in bruikleen is, gaat dan terug.",
  ];
  return adopted ? rest : [`De beveiligingsautoriteit bekijkt het advies, binnen ${submitted.length.workingDays} werkdagen nadat het is ingeleverd.`, ...rest];
}

/** The advice explained in plain words. @throws {@link Problem} requirement-missing, role-forbidden. */
export async function explanationPaper(handle: DossierHandle): Promise<PaperToSet<"uitleg">> {
  const { advice, adoption } = await adviceToPrint(handle);
  const request = await requestOf(handle);
  const { measures } = advice.body;
  const totals = totalsOf(measures);
  const signer = adoption === null ? null : (adoption.entry.author ?? adoption.body.signedBy);
  const blocks: Blocks = [
    paragraph(
      adoption === null || signer === null
        ? "Dit is een uitleg bij een advies dat nog niet is vastgesteld. Er kan nog iets veranderen."
        : `${signer.name}, ${signer.office}, heeft uw beveiligingsadvies vastgesteld op ${longDay(dayOf(adoption.entry))}. In deze brief staat wat dat voor u betekent.`,
    ),
    heading("Wat uw werkgever regelt"),
    paragraph(
      totals.employer.count === 0
        ? "Uw werkgever hoeft niets te regelen."
        : `Uw werkgever regelt en betaalt ${counted(totals.employer.count, "maatregel", "maatregelen")}. Uw werkgever ziet wat er komt, wat het kost en wanneer. Niet waarom.`,
    ),
    measuresOf(
      measures.filter(({ who }) => who === "employer"),
      "Er zijn geen maatregelen voor de werkgever.",
    ),
    heading("Wat u zelf regelt"),
    paragraph("Wat bij het Politiekeurmerk Veilig Wonen hoort en wat een gewoonte van uzelf is, is voor eigen rekening."),
    measuresOf(
      measures.filter(({ who }) => who === "own"),
      "U hoeft zelf niets te regelen.",
    ),
    heading("Wat er nu gebeurt"),
    { kind: "list", ordered: true, items: nextSteps(adoption !== null) },
    heading("Wie dit kan lezen"),
    paragraph(
      "Het advies lezen alleen u, de adviseur met zijn team en de beveiligingsautoriteit. Uw werkgever krijgt alleen de lijst met maatregelen. Wie uw dossier kan lezen, ziet u altijd bovenaan de pagina.",
    ),
    {
      kind: "note",
      title: "Is er gevaar?",
      text: "Bel 112. Overlegt u liever eerst: het Ondersteuningsteam Weerbaar Bestuur is dag en nacht bereikbaar op 070-373 83 14.",
    },
  ];
  const to = request === null ? [] : [request.name, functionNames[request.function], request.organisationName].filter((line) => line.trim() !== "");
  return {
    template: "uitleg",
    data: {
      document: await headOf(handle, "Uw beveiligingsadvies uitgelegd", {
        version: advice.body.adviceVersion,
        date: dayOf(adoption?.entry ?? advice.entry),
        marking: "Vertrouwelijk",
      }),
      from: [],
      to,
      blocks,
    },
    assets: {},
    fileName: `uitleg-bij-advies-versie-${advice.body.adviceVersion}.pdf`,
    leftOut: [],
  };
}

/**
 * The statement of adoption: who, for which desk, when, over which advice, and how anyone checks it offline. It says nothing about the home or the measures.
 * @throws {@link Problem} requirement-missing when nothing was adopted, role-forbidden.
 */
export async function adoptionPaper(handle: DossierHandle): Promise<PaperToSet<"uitleg">> {
  const { advice, adoption } = await adviceToPrint(handle);
  const decides = adoption?.entry.header.decides;
  if (adoption === null || decides === undefined) throw new Problem("requirement-missing", "This advice was not adopted", "Adopt the advice first.");
  const { entry, body } = adoption;
  const signer = entry.author ?? body.signedBy;
  const digest = hexOf(decides.digest);
  const desk = await deskOf(handle, entry);
  const on = dayOf(entry);
  const groups = digest.match(/.{8}/g) ?? [];
  return {
    template: "uitleg",
    data: {
      document: await headOf(handle, "Verklaring van vaststelling", { version: advice.body.adviceVersion, date: on, marking: "" }),
      from: desk === "" ? [] : [desk],
      to: [],
      blocks: [
        paragraph(`${signer.name}, ${signer.office}, heeft op ${longDay(on)} een beveiligingsadvies vastgesteld met een digitale handtekening.`),
        heading("Wat er is vastgesteld"),
        {
          kind: "facts",
          items: [
            { label: "Vastgesteld door", text: `${signer.name}, ${signer.office}` },
            { label: "Namens", text: desk === "" ? "niet bekend" : desk },
            { label: "Datum", text: longDay(on) },
            { label: "Advies", text: `versie ${advice.body.adviceVersion}, bericht ${advice.entry.seq} van dossier ${handle.id}` },
            { label: "Besluit", text: `bericht ${entry.seq} van hetzelfde dossier` },
            { label: "Vingerafdruk van het advies (SHA-256)", text: groups.join(" ") },
            { label: "Sleutel waarmee getekend is", text: keyIdOf(entry) },
          ],
        },
        ...(body.statement.trim() === "" ? [] : [{ kind: "quote", text: body.statement, source: signer.name } as const]),
        heading("Zelf nagaan of dit klopt"),
        paragraph("Dit papier is een afdruk en bewijst niets. De handtekening staat in het dossier. U kunt haar nagaan zonder internet en zonder ons:"),
        { kind: "list", ordered: true, items: checkSteps(digest) },
        heading("Wat dat bewijst, en wat niet"),
        {
          kind: "list",
          ordered: false,
          items: [
            "Het bewijst dat deze persoon, die op dat moment in de ondertekende lijst van de beveiligingsautoriteit stond, precies dit advies heeft vastgesteld.",
            "Het bewijst dat het advies sindsdien niet is veranderd, en dat de persoon die besliste er niet zelf aan schreef.",
            "Het zegt niet of het advies goed is, en niet of de maatregelen er al zijn.",
          ],
        },
      ],
    },
    assets: {},
    fileName: `verklaring-van-vaststelling-versie-${advice.body.adviceVersion}.pdf`,
    leftOut: [],
  };
}
