/** What the tests and the bench of this engine share: demonstration papers (ordinary and worst case), pictures made from nothing, the engine's files. Everything in it is invented. */
import { readFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";
import { loadPaperFiles, type PaperAssets, type PaperData, type PaperFiles } from "./index.ts";

/** Reads the engine's own files from disk. */
export const filesFromDisk = async (): Promise<PaperFiles> => await loadPaperFiles(async (url) => new Uint8Array(await readFile(url)));

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.byteLength);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.byteLength);
  out.set(new TextEncoder().encode(type), 4);
  out.set(body, 8);
  view.setUint32(8 + body.byteLength, crc32(out.subarray(4, 8 + body.byteLength)));
  return out;
}

/** A PNG that looks a little like a house at dusk; other seeds give other pictures, the same seed the same bytes. */
export function demonstrationPhoto(seed: number, width = 480, height = 360): Uint8Array {
  const rows = new Uint8Array(height * (1 + width * 3));
  let noise = seed * 2_654_435_761 + 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const grain = (noise >>> 28) - 8;
      const inHouse = x > width * 0.25 && x < width * 0.75 && y > height * 0.35 + Math.abs(x - width / 2) * 0.25 && y < height * 0.85;
      const inDoor = Math.abs(x - width * (0.4 + (seed % 4) * 0.06)) < width * 0.05 && y > height * 0.6 && y < height * 0.85;
      const base = inDoor ? [60, 90, 100] : inHouse ? [176, 150, 128] : y > height * 0.85 ? [96, 112, 84] : [120 + y / 6, 150 + y / 8, 172];
      for (let c = 0; c < 3; c++) rows[y * (1 + width * 3) + 1 + x * 3 + c] = Math.max(0, Math.min(255, (base[c] ?? 0) + grain));
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

/** A cut-away house with four rings and numbered pins, as the visit screen would hand it in. */
export const demonstrationHouse = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 240">
  <rect width="400" height="240" fill="#f1efe8"/>
  <ellipse cx="200" cy="150" rx="190" ry="84" fill="none" stroke="#767f88" stroke-dasharray="6 4"/>
  <rect x="60" y="70" width="280" height="150" rx="6" fill="#e4efee" stroke="#0b5560"/>
  <path d="M110 200V120l90-60 90 60v80z" fill="#ffffff" stroke="#0b5560" stroke-width="4" stroke-linejoin="round"/>
  <rect x="140" y="130" width="120" height="60" fill="#fbfaf7" stroke="#07414a"/>
  <g font-family="Atkinson Hyperlegible Next" font-size="13" font-weight="700" fill="#ffffff" text-anchor="middle">
    <circle cx="200" cy="196" r="12" fill="#911919"/><text x="200" y="201">1</text>
    <rect x="288" y="140" width="24" height="24" fill="#633c00"/><text x="300" y="157">2</text>
    <path d="M80 190l14 24H66z" fill="#0b5560"/><text x="80" y="211">3</text>
  </g>
</svg>`);

const paragraph =
  "De voordeur heeft een cilinder die uitsteekt en in een minuut af te breken is. Wie voor de deur staat, is vanuit de gang niet te zien. Na zonsondergang is het pad donker: de lamp bij de schuur werkt niet en de haag is hoger dan anderhalve meter.";
const domains = ["wonen", "werk", "digitaal", "verplaatsen"] as const;
const rings = ["surroundings", "plot", "shell", "inside"] as const;
const levels = ["low", "medium", "high"] as const;
const chances = ["unlikely", "possible", "likely"] as const;
const of = <T>(list: readonly [T, ...T[]], n: number): T => list[n % list.length] ?? list[0];

/** How large a demonstration advice is. */
export interface Scale {
  readonly findings: number;
  readonly measures: number;
  readonly risks: number;
  readonly photos: number;
  /** Paragraphs per text. */
  readonly paragraphs: number;
  /** Words of its own in every paragraph, so that no compiler finds what it remembers of another; none when left out. */
  readonly variant?: string;
}

/** An adopted demonstration advice of this size with its pictures. */
export function demonstrationAdvice(scale: Scale): { readonly data: PaperData["advies"]; readonly assets: PaperAssets } {
  const text = (times: number): string => Array.from({ length: times }, (_, n) => `${paragraph} ${scale.variant ?? ""}(${n + 1})`).join("\n\n");
  const assets: Record<string, Uint8Array> = { huis: demonstrationHouse };
  const findings: PaperData["advies"]["findings"] = Array.from({ length: scale.findings }, (_, n) => {
    const domain = of(domains, Math.floor((n * domains.length) / scale.findings));
    return {
      code: `B${n + 1}`,
      domain,
      ring: domain === "wonen" ? of(rings, n) : "none",
      observation: text(scale.paragraphs),
      seriousness: of(levels, n + 2),
      photos: [],
    };
  });
  for (let n = 0; n < scale.photos; n++) {
    assets[`foto-${n + 1}`] = demonstrationPhoto(n + 1);
    findings[n % scale.findings]?.photos.push({
      asset: `foto-${n + 1}`,
      alt: `Demonstratiefoto ${n + 1}: een huis in de schemering, de deur is donkerblauw en er brandt geen lamp.`,
      caption: `Foto ${n + 1}. De voordeur vanaf het pad, 4 november 2026.`,
    });
  }
  const codes = (n: number): string[] => [...new Set([findings[n % scale.findings]?.code ?? "B1", findings[(n * 3 + 1) % scale.findings]?.code ?? "B1"])];
  return {
    assets,
    data: {
      document: {
        title: "Beveiligingsadvies",
        reference: "VW-2026-00417",
        version: 2,
        date: "2026-11-25",
        marking: "Vertrouwelijk",
        demonstration: true,
      },
      status: "adopted",
      subject: {
        name: "S. van den Berg-Öztürk",
        function: "wethouder",
        organisation: "gemeente Voorbeelddam",
        address: "Demonstratielaan 12, 0000 AA Voorbeelddam",
      },
      author: { name: "J. de Vries", office: "veiligheidsadviseur (demonstratie)" },
      summary: `${paragraph}\n\nHet advies: maak eerst de schil van het huis dicht, daarna het erf. De kosten liggen tussen € 4.000 en € 9.500; ≤ 6 weken is haalbaar.`,
      grounds:
        "Artikel 3.9 van de Regeling rechtspositie decentrale politieke ambtsdragers: wat in een vastgesteld beveiligingsadvies staat, wordt verstrekt (lid 1) of in bruikleen gegeven (lid 7).",
      threat: {
        history: text(scale.paragraphs),
        localInformation: text(scale.paragraphs),
        sources: [
          { who: "Politie-eenheid (demonstratie), contactpersoon RCCB", on: "2026-10-12" },
          { who: "Adviseur openbare orde en veiligheid, gemeente Voorbeelddam", on: "2026-10-14" },
        ],
        notAsked: "",
        conclusion: paragraph,
      },
      assessment: { visits: [{ on: "2026-11-04", present: "De wethouder, haar partner en de adviseur" }], note: paragraph },
      risks: Array.from({ length: scale.risks }, (_, n) => ({
        code: `R${n + 1}`,
        domain: of(domains, n),
        scenario: "Iemand belt ’s avonds aan, dringt binnen of gooit iets door de brievenbus.",
        findings: codes(n),
        before: { seriousness: of(["high", "medium", "high"], n), likelihood: of(chances, n + 1) },
        after: { seriousness: of(["low", "medium"], n), likelihood: of(["unlikely", "unlikely", "possible"], n) },
      })),
      sections: domains.map((domain) => ({ domain, title: "Algemeen beeld", text: text(scale.paragraphs) })),
      findings,
      house: {
        asset: "huis",
        alt: "Doorsnede van het huis met vier ringen: omgeving, erf, schil en binnen. Bevinding 1 (rond) bij de voordeur, 2 (vierkant) bij het zijraam, 3 (driehoek) op het erf.",
        caption: "Het huis met de ringen en de bevindingen. Rond: hoog, vierkant: middel, driehoek: laag.",
      },
      measures: Array.from({ length: scale.measures }, (_, n) => ({
        code: `M${n + 1}`,
        domain: of(domains, n),
        what: of(
          [
            "Cilinder met kerntrekbeveiliging en veiligheidsbeslag SKG***",
            "Buitenlamp met schemerschakelaar",
            "Videodeurbel zonder opslag elders",
            "Wachtwoordbeheerder en passkeys",
          ],
          n,
        ),
        why: n % 5 === 0 ? paragraph : "De schil houdt een indringer nu minder dan drie minuten tegen.",
        findings: codes(n),
        rule: of(["art. 3.9 lid 1", "art. 3.9 lid 7"], n),
        provided: of(["provided", "on-loan"], n),
        costLow: 150 * (n + 1),
        costHigh: 150 * (n + 1) + (n % 3) * 400,
        who: of(["employer", "employer", "own"], n),
        byWhen: n % 4 === 3 ? null : "2027-01-15",
      })),
      remainingRisk: text(scale.paragraphs),
      signature: {
        name: "M. Jansen-’t Hooft",
        office: "beveiligingsautoriteit (demonstratie)",
        on: "2026-11-24",
        statement: "Ik stel dit beveiligingsadvies vast. De dreigingsanalyse en de beoordeling van de risico’s dragen de maatregelen.",
        signed: "het advies, versie 2, zoals verzegeld op 23 november 2026",
        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        keyId: "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        check: [
          "Neem het meegegeven bestand (de bundel) en het programma rugdekking.",
          "Voer uit: rugdekking verify BUNDEL.",
          "Vergelijk de vingerafdruk die u dan ziet met de vingerafdruk hierboven. Zijn zij gelijk, dan is dit het advies dat getekend is.",
        ],
      },
      changes: {
        version: 1,
        date: "2026-11-11",
        items: [
          { kind: "added", what: "M2, buitenlamp", note: "Na het tweede bezoek toegevoegd." },
          { kind: "changed", what: "M1, cilinder", note: "Kosten bijgesteld na offerte." },
          { kind: "removed", what: "Camera aan de voorzijde", note: "" },
        ],
      },
    },
  };
}

/** The ordinary case: four pages or so. */
export const ordinary: Scale = { findings: 6, measures: 7, risks: 5, photos: 3, paragraphs: 1 };
/** About thirty pages with twenty pictures. */
export const thirtyPages: Scale = { findings: 32, measures: 36, risks: 20, photos: 19, paragraphs: 3 };
/** More than anyone writes: long rows that must break, more risks than a cell can name. */
export const worst: Scale = { findings: 60, measures: 80, risks: 60, photos: 24, paragraphs: 2 };

/** The employer's extract of a demonstration advice. */
export function demonstrationProvision(count: number): PaperData["verstrekking"] {
  const { data } = demonstrationAdvice({ ...ordinary, measures: count });
  const lines = data.measures
    .filter(({ who }) => who === "employer")
    .map(({ code, domain, what, provided, costLow, costHigh, who, byWhen }) => ({ code, domain, what, provided, costLow, costHigh, who, byWhen }));
  return {
    document: { ...data.document, title: "Te verstrekken maatregelen" },
    employer: "Gemeente Voorbeelddam",
    recipient: { name: data.subject.name, contact: "via de griffie, 000-000 00 00 (demonstratie)" },
    adopted: { name: "M. Jansen-’t Hooft", office: "beveiligingsautoriteit (demonstratie)", on: "2026-11-24" },
    lines,
    totalLow: lines.reduce((sum, line) => sum + line.costLow, 0),
    totalHigh: lines.reduce((sum, line) => sum + line.costHigh, 0),
    answerTo: "de griffier, via Rugdekking",
  };
}

/** Every kind of block once, and more text than fits on a page. */
export function demonstrationExplanation(paragraphs: number): { readonly data: PaperData["uitleg"]; readonly assets: PaperAssets } {
  return {
    assets: { huis: demonstrationHouse },
    data: {
      document: { title: "Wat er met uw melding gebeurt", reference: "RD-2026-00031", version: null, date: "2026-11-25", marking: "", demonstration: true },
      from: ["Gemeente Voorbeelddam (demonstratie)", "Veiligheidsloket", "Demonstratieplein 1"],
      to: ["S. van den Berg-Öztürk", "Demonstratielaan 12", "0000 AA Voorbeelddam"],
      blocks: [
        { kind: "paragraph", text: "U hebt ons verteld dat u bedreigd bent. Wij hebben uw melding ontvangen.\nHieronder staat wat er nu gebeurt." },
        { kind: "heading", level: 1, text: "Vandaag" },
        {
          kind: "list",
          ordered: true,
          items: ["Wij bellen u binnen één uur.", "U hoort wie uw melding leest.", "U beslist wat de politie krijgt → wij sturen niets uit onszelf."],
        },
        { kind: "note", title: "Let op", text: "Bent u in gevaar? Bel 112." },
        { kind: "heading", level: 1, text: "Deze week" },
        { kind: "heading", level: 2, text: "Aangifte" },
        ...Array.from({ length: paragraphs }, () => ({ kind: "paragraph" as const, text: paragraph })),
        { kind: "list", ordered: false, items: ["uw functie", "de VPT-code", "alle berichten, ook 💀 en ☠️"] },
        {
          kind: "table",
          caption: "Berichten",
          columns: ["Wanneer", "Waar", "Wat er stond"],
          rows: Array.from({ length: 30 }, (_, n) => [`${n + 1} november 2026`, "e-mail", "“Wij weten waar je woont.”"]),
        },
        { kind: "heading", level: 3, text: "Wat er letterlijk stond" },
        {
          kind: "quote",
          text: "Wij weten waar je woont.\nEn waar je kinderen naar school gaan.",
          source: "Bericht van 3 november 2026, 22.14 uur (demonstratie)",
        },
        {
          kind: "facts",
          items: [
            { label: "Uw contactpersoon", text: "A. Bakker, griffier" },
            { label: "Telefoon", text: "000-000 00 00" },
          ],
        },
        { kind: "picture", picture: { asset: "huis", alt: "Doorsnede van een huis met vier ringen.", caption: "De vier ringen om uw huis." } },
        { kind: "page-break" },
        { kind: "signature", name: "A. Bakker, griffier", place: "Voorbeelddam, 25 november 2026" },
      ],
    },
  };
}

/** A factsheet of figures: what stands out, a chart, its table, a list. */
export function demonstrationFindings(charts: number): { readonly data: PaperData["uitkomsten"]; readonly assets: PaperAssets } {
  const chart = new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60"><text x="0" y="35" font-size="15" font-family="Atkinson Hyperlegible Next">Utrecht</text><circle cx="240" cy="30" r="6" fill="#0b5560"/></svg>',
  );
  const named = Array.from({ length: charts }, (_, n) => `grafiek-${n + 1}`);
  return {
    data: {
      document: {
        title: "Factsheet: Utrecht",
        reference: "MV-2026-1",
        version: null,
        date: "2026-11-25",
        marking: "",
        demonstration: true,
      },
      kind: "factsheet",
      lead: "Wat ambtsdragers meemaken: Utrecht.",
      warning: "De antwoorden in dit stuk zijn verzonnen.",
      keyTitle: "In het kort",
      key: ["60", "18", "33–67"].map((number) => ({
        number,
        of: "Van de 100",
        text: "Een vorm van agressie",
        among: "Van alle ambtsdragers, geschat uit de antwoorden",
        margin: "tussen 33 en 67; 245 antwoorden",
      })),
      blocks: named.flatMap((asset, n): PaperData["uitkomsten"]["blocks"] => [
        { kind: "heading", level: 1, text: `Hoofdstuk ${n + 1}` },
        { kind: "picture", picture: { asset, alt: "Utrecht: 60 (tussen 55 en 65).", caption: "" } },
        {
          kind: "table",
          caption: "Van iedereen die antwoordde.",
          columns: ["Wat", "Van de 100", "Marge", "Antwoorden"],
          rows: [["Een vorm van agressie", "60", "55–65", "245"]],
        },
        { kind: "list", ordered: false, items: ["Elk cijfer is een schatting."] },
      ]),
    },
    assets: Object.fromEntries(named.map((asset) => [asset, chart])),
  };
}

/** Facts for a demonstration complaint: so many files, articles up to ten, each answer as long as told. */
export function demonstrationComplaint({ files, articles, paragraphs }: { files: number; articles: number; paragraphs: number }): PaperData["aangifte"] {
  const answer = (text: string): string => Array.from({ length: paragraphs }, () => text).join("\n\n");
  return {
    document: {
      title: "Feiten voor de aangifte",
      reference: "RD-2026-00031",
      version: null,
      date: "2026-11-25",
      marking: "Vertrouwelijk",
      demonstration: true,
    },
    by: "employer",
    person: { name: "S. van den Berg-Öztürk", function: "wethouder", organisation: "Gemeente Voorbeelddam" },
    filer: { name: "A. Bakker", office: "griffier" },
    domicile: { name: "Gemeente Voorbeelddam", address: "Demonstratieplein 1", place: "0000 AB Voorbeelddam" },
    contact: "via de griffie, 000-000 00 00 (demonstratie)",
    prosecution: true,
    questions: [
      { id: "who", text: answer("Onbekend. Het account heet “bezorgde_burger_demo” en heeft geen foto.") },
      { id: "what", text: answer("Er stond: “Wij weten waar je woont.” Daaronder stond een foto van het huis.\nEen dag later kwam er een tweede bericht.") },
      { id: "where", text: answer("Onder een bericht van de gemeente: https://voorbeeld.example/berichten/1234567890?reactie=abcdefghijklmnopqrstuvwxyz") },
      { id: "with-what", text: answer("Via sociale media") },
      { id: "in-what-way", text: answer("bedreiging, persoonsgegevens verspreiden") },
      { id: "when", text: answer("Maandag 23 november 2026, rond 22.47 uur") },
      { id: "why", text: "" },
    ],
    articles: Array.from({ length: articles }, (_, n) => ({
      article: of(["285", "285d", "285b", "261", "262", "266", "267", "131", "179", "284"], n),
      name: of(["Bedreiging", "Doxing", "Belaging (stalking)", "Smaad en smaadschrift"], n),
      elements: [
        { text: "Het gaat om persoonsgegevens van de aangever of van een ander, zoals een adres, nummer of foto van het huis", seen: n % 2 === 0 },
        { text: "Iemand zocht die op, verspreidde ze of gaf ze door", seen: true },
        { text: "met het doel bang te maken, ernstige overlast te geven of ernstig te hinderen in het ambt", seen: false },
      ],
      note: n === 0 ? "De foto is genomen vanaf de stoep, die avond." : "",
      request: n % 3 === 2 ? "Vervolging kan alleen na een verzoek tot vervolging (klacht), binnen drie maanden." : "",
      heavier: n % 2 === 1 ? "De straf is een derde hoger bij deze functie." : "",
      limits: "Het doel staat in de wet. Wat erbij werd geschreven, helpt om dat doel te laten zien.",
      open: n % 2 === 1 ? "De tekst is gelezen als wetsvoorstel van 17 april 2023." : "",
      source: "Wetboek van Strafrecht, samengevat",
    })),
    beyond: "Gemeld is ook: fysiek geweld. Daarvoor gelden andere artikelen, die hier niet staan.",
    evidence: Array.from({ length: files }, (_, n) => ({
      code: `B${n + 1}`,
      name: of(["schermafbeelding-demonstratie.png", "bericht van een ander account met een heel lange naam erbij (kopie 2).eml", "voicemail.m4a"], n),
      note: n % 3 === 0 ? "Reactie onder het bericht over het zwembad." : "",
      captured: n % 3 === 1 ? "" : "23 november 2026 om 22:51",
      received: "24 november 2026 om 08:03",
      digest: ((n % 255) + 1).toString(16).padStart(2, "0").repeat(32),
      stamp: n % 2 === 0 ? { at: "24 november 2026 om 08:04", authority: "Demonstratie Tijdstempeldienst" } : null,
      found: n % 3 === 0 ? "Voorbeeldnet, bezorgde_burger_demo, https://voorbeeld.example/berichten/1234567890?reactie=abcdefghijklmnopqrstuvwxyz" : "",
    })),
    leftOut: [
      "Het woonadres. Dat is met opzet weggelaten.",
      "De bestanden zelf. Zij gaan apart mee.",
      "Een oordeel of iets strafbaar is. Dat is aan politie en OM.",
    ],
  };
}

/** A short letter in English, as goes to a platform abroad. */
export const englishLetter: PaperData["uitleg"] = {
  document: {
    title: "Notice of illegal content",
    reference: "RD-2026-00031",
    version: null,
    date: "2026-11-25",
    marking: "",
    demonstration: true,
    language: "en",
  },
  from: [],
  to: ["Example Network"],
  blocks: [
    { kind: "paragraph", text: "I hereby notify you of content on your service that I consider illegal." },
    { kind: "heading", level: 1, text: "Where it is" },
    { kind: "list", ordered: false, items: ["https://voorbeeld.example/1"] },
    { kind: "facts", items: [{ label: "Name", text: "A. Bakker" }] },
  ],
};

/** A letter or decision note: every kind of running block, footnotes, cross references and links, more than one page. */
export function demonstrationRunning(paragraphs: number): PaperData["kamerbrief"] {
  const words = (text: string, style: { readonly strong?: boolean; readonly emphasis?: boolean; readonly link?: string } = {}) => ({
    kind: "text" as const,
    text,
    strong: style.strong ?? false,
    emphasis: style.emphasis ?? false,
    link: style.link ?? null,
  });
  return {
    document: {
      title: "Antwoorden op vragen over een dreigbrief",
      reference: "2026-0000999998",
      version: null,
      date: "2026-11-25",
      marking: "",
      demonstration: true,
    },
    concept: true,
    purpose: "TER ONDERTEKENING",
    to: ["Aan de Voorzitter (demonstratie)", "Demonstratieplein 1"],
    facts: [
      { label: "Onze referentie", text: "2026-0000999998" },
      { label: "Betreft", text: "een dreigbrief" },
    ],
    blocks: [
      { kind: "paragraph", pieces: [words("Hierbij gaan de antwoorden."), { kind: "note", text: "Verzonnen.", link: null }] },
      { kind: "signature", office: "De minister,", name: "A.B. Voorbeeld" },
      { kind: "heading", level: 1, text: "Vragen en antwoorden", anchor: null },
      { kind: "heading", level: 2, text: "Vraag 1", anchor: "vraag-1" },
      { kind: "asked", paragraphs: [[words("Kent u het bericht?")], [words("En wat vindt u ervan?")]] },
      { kind: "heading", level: 3, text: "Antwoord 1", anchor: null },
      ...Array.from({ length: paragraphs }, () => ({ kind: "paragraph" as const, pieces: [words(paragraph)] })),
      {
        kind: "list",
        ordered: true,
        items: [
          [[words("het eerste", { strong: true }), words(" en "), words("het tweede", { emphasis: true })]],
          [[words("het derde")], [words("en wat erbij hoort")]],
        ],
      },
      { kind: "list", ordered: false, items: [[[words("een punt")]]] },
      {
        kind: "paragraph",
        pieces: [
          words("Zie ook "),
          { kind: "goto", text: "het antwoord op vraag 1", target: "vraag-1" },
          words(" en "),
          words("de pagina", { link: "https://voorbeeld.example/hulp?a=b" }),
          { kind: "note", text: "45% van de 100. Vindplaats:", link: "https://voorbeeld.example/cijfers/een-heel-lange-naam-van-een-cijfer#rij" },
        ],
      },
      {
        kind: "table",
        caption: "Aangehaalde cijfers",
        columns: ["Cijfer", "Marge"],
        rows: Array.from({ length: 30 }, (_, n) => [`${n + 1}%`, "tussen 1% en 40%"]),
      },
      { kind: "withheld", title: "Niet openbaar gemaakt", text: "artikel 5.1 Woo" },
    ],
  };
}
