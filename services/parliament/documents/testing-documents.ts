/** A demonstration letter and note for the tests and pictures of this room. Everything in them is invented. */
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import type { Block, Inline } from "#services/parliament/contract/rich-text.ts";
import type { AnswerLetter, DecisionNoteDraft } from "./model.ts";

/** Words in no style. */
export const words = (text: string): Inline => ({ kind: "words", text });
/** One paragraph. */
export const paragraph = (...content: readonly (Inline | string)[]): Block => ({
  kind: "paragraph",
  content: content.map((one) => (typeof one === "string" ? words(one) : one)),
});

/** An invented figure with a margin. */
export const aggression: CitedFigure = {
  figure: "monitor-2026-1/any_aggression/alle",
  address: "/monitor/uitkomsten/monitor-2026-1#any_aggression-alle",
  statement: "van de 100 ambtsdragers kregen te maken met agressie (verzonnen)",
  value: 45,
  unit: "percent",
  low: 42,
  high: 48,
  level: 0.95,
  n: 2_380,
  denominator: "decentrale politieke ambtsdragers die meededen",
  period: "maart 2025 tot en met februari 2026",
  source: "Monitor Integriteit en Veiligheid 2026 (demonstratie)",
  publishedOn: "2026-10-01",
  digest: "a".repeat(64),
};
/** An invented count of everything there was. */
export const reports: CitedFigure = {
  figure: "landelijk-2026-k3/reports/alle",
  address: "/cijfers/landelijk-2026-k3#reports-alle",
  statement: "meldingen van bedreiging (verzonnen)",
  value: 1_240,
  unit: "count",
  low: null,
  high: null,
  level: null,
  n: null,
  denominator: "meldingen bij aangesloten gemeenten",
  period: "derde kwartaal van 2026",
  source: "Landelijk beeld (demonstratie)",
  publishedOn: "2026-10-15",
  digest: "b".repeat(64),
};

/** Four questions in three groups, with figures, a footnote, a cross reference, parts and lists. */
export const demonstrationLetter: AnswerLetter = {
  to: ["Aan de Voorzitter van de Tweede Kamer", "der Staten-Generaal", "Postbus 0", "0000 AA  VOORBEELDDAM"],
  date: "2026-11-25",
  reference: "2026-0000999998",
  case: "2026Z99902",
  subject: "een raadslid dat stopte na een dreigbrief",
  members: [
    { name: "Oosterwold", faction: "Groep Oosterwold" },
    { name: "Van der Zee-Öztürk", faction: "Fractie Voorbeeld" },
  ],
  lead: { office: "Minister van Binnenlandse Zaken en Koninkrijksrelaties", name: "A.B. Voorbeeld" },
  alsoOnBehalfOf: ["Minister van Justitie en Veiligheid"],
  message: [paragraph("Bij deze brief gaat ook de beslisnota.")],
  groups: [
    {
      questions: [
        {
          number: 1,
          text: "Kent u het bericht «Raadslid stopt na dreigbrief»?",
          parts: [],
          notes: [{ at: 50, text: "Dagblad Voorbeeld, 9 mei 2026, «Raadslid stopt na dreigbrief» (verzonnen)." }],
        },
      ],
      answer: [paragraph("Ja.")],
    },
    {
      questions: [
        {
          number: 2,
          text: "Hoeveel ambtsdragers kregen in het laatste jaar te maken met agressie? Hoeveel meldingen waren er?",
          parts: [
            { label: null, text: "Hoeveel ambtsdragers kregen in het laatste jaar te maken met agressie?" },
            { label: null, text: "Hoeveel meldingen waren er?" },
          ],
          notes: [],
        },
        {
          number: 3,
          text: "Kunt u uitsplitsen:\n\na. naar functie;\n\nb. naar vorm?",
          parts: [
            { label: null, text: "Kunt u uitsplitsen:" },
            { label: "a", text: "naar functie;" },
            { label: "b", text: "naar vorm?" },
          ],
          notes: [],
        },
      ],
      answer: [
        paragraph("Van de 100 ambtsdragers kregen er ", { kind: "figure", text: "45 van de 100", figure: aggression }, " te maken met een vorm van agressie."),
        paragraph(
          "In het derde kwartaal van 2026 waren er ",
          { kind: "figure", text: "1.240", figure: reports },
          " meldingen. Dat een melding is gedaan, zegt nog niet dat er ",
          { kind: "words", text: "strafbaar", emphasis: true },
          " is gehandeld.",
          { kind: "note", text: "Het onderscheid staat in de uitleg bij de cijfers." },
        ),
        {
          kind: "list",
          ordered: false,
          items: [
            [{ kind: "words", text: "Functie:", strong: true }, words(" burgemeesters melden het vaakst.")],
            [{ kind: "words", text: "Vorm:", strong: true }, words(" de meeste meldingen gaan over berichten online.")],
          ],
        },
      ],
    },
    {
      questions: [{ number: 4, text: "Deelt u de mening dat dit onaanvaardbaar is? Zo ja, wat doet u daaraan?", parts: [], notes: [] }],
      answer: [
        paragraph("Ja. Zie ook ", { kind: "answer", number: 2 }, ". Ik doe drie dingen:"),
        {
          kind: "list",
          ordered: true,
          items: [
            [words("het ondersteuningsteam blijft dag en nacht bereikbaar;")],
            [words("de veiligheidsscan blijft open voor alle bestuurders;")],
            [words("ik spreek in het voorjaar met de verenigingen.")],
          ],
        },
        paragraph("Meer staat op ", { kind: "words", text: "de pagina over hulp", link: "https://voorbeeld.example/hulp?van=brief&taal=nl" }, "."),
      ],
    },
  ],
  concept: false,
  demonstration: true,
};

/** Every part of a note, with officials, lines of contact and withheld words. */
export const demonstrationNote: DecisionNoteDraft = {
  to: "Minister van BZK",
  from: "Directie Democratie en Bestuur",
  purpose: "TER ONDERTEKENING",
  title: "Beslisnota bij Kamervragen van het lid Oosterwold (Groep Oosterwold) over een raadslid dat stopte na een dreigbrief",
  case: "2026Z99902",
  date: "2026-11-18",
  details: [{ label: "Onze referentie", value: "2026-0000999999" }],
  contact: [{ label: "Contactpersoon", value: "S. van den Berg-Öztürk, 06-00000000" }],
  officials: [
    { role: "author", name: "S. van den Berg-Öztürk", mail: "s.vandenberg@voorbeeld.example", phone: "06-00000000", initialled: null },
    { role: "initials", name: "P.J. Bakker", mail: null, phone: null, initialled: "2026-11-19" },
  ],
  sections: [
    {
      section: "occasion",
      heading: "Aanleiding",
      text: [
        paragraph(
          "Op 12 november jl. zijn Kamervragen gesteld door het lid Oosterwold (Groep Oosterwold) aan de ministers van Justitie en Veiligheid en van Binnenlandse Zaken en Koninkrijksrelaties over het bericht «Raadslid stopt na dreigbrief» (kenmerk 2026Z99902).",
        ),
      ],
      points: [],
      withheld: null,
    },
    {
      section: "advised-decision",
      heading: "Geadviseerd besluit",
      text: [
        {
          kind: "list",
          ordered: false,
          items: [
            [words("Akkoord te gaan met de Kamerbrief en deze te ondertekenen.")],
            [words("De termijn voor de beantwoording loopt af op 3 december a.s.")],
          ],
        },
      ],
      points: [],
      withheld: null,
    },
    {
      section: "core",
      heading: "Kern",
      text: [],
      points: [
        {
          questions: [2, 4],
          text: [paragraph("U noemt hoeveel ambtsdragers te maken kregen met agressie: ", { kind: "figure", text: "45 van de 100", figure: aggression }, ".")],
          withheld: null,
        },
        { questions: [3], text: [paragraph("U zegt dat dit onaanvaardbaar is en noemt drie maatregelen (vraag 3).")], withheld: null },
        {
          questions: [1],
          text: [paragraph("Het bericht noemt een adres dat niet bekend mag worden.")],
          withheld: { ground: "artikel 5.1, tweede lid, onder h, Woo (beveiliging van personen)" },
        },
      ],
      withheld: null,
    },
    {
      section: "explanation",
      heading: "Toelichting",
      text: [
        {
          kind: "list",
          ordered: false,
          items: [
            [{ kind: "words", text: "Ondersteuningsteam:", strong: true }, words(" het team is 24 uur per dag bereikbaar.")],
            [{ kind: "words", text: "Monitor:", strong: true }, words(" iedere twee jaar laat BZK meten hoe vaak agressie voorkomt.")],
          ],
        },
      ],
      points: [],
      withheld: null,
    },
    {
      section: "stakeholders",
      heading: "Krachtenveld",
      text: [paragraph("De vereniging van raadsleden vraagt al langer om cijfers.")],
      points: [],
      withheld: null,
    },
    { section: "communication", heading: "Communicatie", text: [paragraph("Er komt een nieuwsbericht.")], points: [], withheld: null },
    { section: "political-context", heading: "Politieke context", text: [paragraph("Er is een motie aangekondigd.")], points: [], withheld: null },
    {
      section: "financial-and-legal",
      heading: "Financiële en juridische overwegingen",
      text: [paragraph("De maatregelen passen binnen de begroting.")],
      points: [],
      withheld: null,
    },
    {
      section: "withheld",
      heading: "Informatie die niet openbaar wordt gemaakt",
      text: [paragraph("Wat over de beveiliging van deze persoon bekend is.")],
      points: [],
      withheld: { ground: "artikel 5.1, tweede lid, onder h, Woo (beveiliging van personen)" },
    },
  ],
  concept: true,
  demonstration: true,
};
