/**
 * The real questions and the real decision note, compared field by field. They are not part of the tree: they lie beside it (`../shared/data/parliament`), or where
 * RUGDEKKING_PARLIAMENT says. Where they are not, the tests are skipped and the daily tests rest on the invented samples. Run by vitest only.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Reading, readQuestions } from "./index.ts";

const folder = process.env["RUGDEKKING_PARLIAMENT"] ?? fileURLToPath(new URL("../../../../shared/data/parliament", import.meta.url));
const there = (name: string): boolean => existsSync(`${folder}/${name}`);
const read = async (name: string): Promise<Reading> => await readQuestions({ name, bytes: readFileSync(`${folder}/${name}`) });

/** Every character that is no white space went somewhere, once. */
function complete({ text, places }: Reading): void {
  let rest = "";
  let end = 0;
  for (const place of places) {
    expect(place.start).toBeGreaterThanOrEqual(end);
    rest += text.slice(end, place.start);
    end = place.end;
  }
  expect((rest + text.slice(end)).trim()).toBe("");
}

const questions = "kv-tk-2021Z17253.txt";
describe.skipIf(!there(questions))("the published questions 2021Z17253", () => {
  it("read without a loss", async () => {
    const reading = await read(questions);
    complete(reading);
    expect(reading.dossier).toEqual({
      kind: "questions",
      reference: "2021Z17253",
      referenceFrom: "file-name",
      documentNumber: null,
      parliamentaryYear: null,
      title:
        "Vragen van het lid Van Haga (Groep van Haga) aan de Minister van Binnenlandse Zaken en Koninkrijksrelaties over het bedreigen en intimideren van een raadslid (ingezonden 6 oktober 2021).",
      titleMarks: [],
      subject: "het bedreigen en intimideren van een raadslid",
      received: "2021-10-06",
      due: "2021-10-27",
      dueFrom: "counted",
      members: [{ name: "Van Haga", faction: "Groep van Haga" }],
      addressees: ["Minister van Binnenlandse Zaken en Koninkrijksrelaties"],
      source: null,
      article: null,
      questions: [
        {
          number: 1,
          label: "Vraag 1",
          text: "Wat vindt u van het feit dat de burgemeester van Noardeast-Fryslân een raadslid heeft bedreigd vanwege een hem onwelgevallige post op Facebook?",
          marks: [{ mark: "1", at: 143 }],
          refersTo: [],
        },
        {
          number: 2,
          label: "Vraag 2",
          text: "Deelt u de mening dat raadsleden de vrijheid hebben om hun mening te ventileren, ook op Facebook, en dat het daarbij als burgemeester niet past om raadsleden te bellen met de eis om berichten te verwijderen, met daarbij de opmerking dat er «consequenties» aan vastzitten als dat niet gebeurt? Zo ja, wat gaat u doen om een einde te maken aan zulke dreigementen?",
          parts: [
            {
              label: null,
              text: "Deelt u de mening dat raadsleden de vrijheid hebben om hun mening te ventileren, ook op Facebook, en dat het daarbij als burgemeester niet past om raadsleden te bellen met de eis om berichten te verwijderen, met daarbij de opmerking dat er «consequenties» aan vastzitten als dat niet gebeurt?",
            },
            { label: null, text: "Zo ja, wat gaat u doen om een einde te maken aan zulke dreigementen?" },
          ],
          marks: [],
          refersTo: [],
        },
        {
          number: 3,
          label: "Vraag 3",
          text: "Deelt u de mening dat burgemeesters hun macht niet moeten misbruiken door raadsleden te bedreigen en te intimideren? Zo ja, wilt u de burgemeester tot de orde roepen?",
          parts: [
            { label: null, text: "Deelt u de mening dat burgemeesters hun macht niet moeten misbruiken door raadsleden te bedreigen en te intimideren?" },
            { label: null, text: "Zo ja, wilt u de burgemeester tot de orde roepen?" },
          ],
          marks: [{ mark: "2", at: 166 }],
          refersTo: [],
        },
      ],
      answering: null,
      answers: [],
      footnotes: [{ mark: "2", label: "X Noot 2", text: "De geluidsopname en de verstuurde apps zijn indien gewenst beschikbaar." }],
      head: [],
      letter: [],
      furniture: ["Naar boven"],
      unplaced: [],
      // The publication itself has no footnote 1.
      troubles: [{ code: "footnote-missing", weight: "notice", place: { line: 3, page: null, path: null }, about: "1" }],
      others: [],
    });
  });
});

const note = "beslisnota-2026Z00186.txt";
const item = (text: string, about: readonly number[] = [], lead: string | null = null, bullet: string | null = "•") => ({
  bullet,
  text,
  lead,
  questions: about,
});
describe.skipIf(!there(note))("the decision note on 2026Z00186", () => {
  it("reads without a loss", async () => {
    const reading = await read(note);
    complete(reading);
    const { note: read_, ...rest } = reading.dossier;
    expect(rest).toEqual({
      kind: "decision-note",
      reference: "2026Z00186",
      referenceFrom: "text",
      documentNumber: null,
      parliamentaryYear: null,
      title: "Beslisnota bij Kamervragen leden Straatman en Boelsma-Hoekstra (Beiden CDA) over online bedreiging van bestuurders",
      titleMarks: [],
      subject: "online bedreiging van bestuurders",
      received: "2026-01-09",
      due: "2026-01-30",
      dueFrom: "stated",
      members: [
        { name: "Straatman", faction: "CDA" },
        { name: "Boelsma-Hoekstra", faction: "CDA" },
      ],
      addressees: ["Minister van Justitie en Veiligheid", "Minister van Binnenlandse Zaken en Koninkrijksrelaties"],
      source: "Steeds meer lokale bestuurders laten veiligheidsscan uitvoeren, mede door toename online dreiging",
      article: {
        title: "Steeds meer lokale bestuurders laten veiligheidsscan uitvoeren, mede door toename online dreiging",
        outlet: null,
        published: null,
        url: null,
      },
      questions: [],
      answering: null,
      answers: [],
      footnotes: [],
      head: ["Aan", "Van"],
      letter: [],
      furniture: [],
      unplaced: [],
      troubles: [],
      others: [],
    });
    expect(read_).toEqual({
      to: "Minister van BZK",
      from: "Directie Democratie en Bestuur",
      purpose: "TER BESLUITVORMING",
      title: "Beslisnota bij Kamervragen leden Straatman en Boelsma-Hoekstra (Beiden CDA) over online bedreiging van bestuurders",
      details: [],
      questions: [2, 3, 4, 5, 6, 7, 8, 9, 10],
      sections: [
        {
          section: "occasion",
          heading: "Aanleiding",
          items: [
            item(
              "Op 9 januari jl. zijn Kamervragen gesteld door de leden Straatman en Boelsma-Hoekstra (beiden CDA) aan de ministers van Justitie en Veiligheid en van Binnenlandse Zaken en Koninkrijksrelaties over het bericht 'Steeds meer lokale bestuurders laten veiligheidsscan uitvoeren, mede door toename online dreiging' (Kenmerk 2026Z00186).",
              [],
              null,
              null,
            ),
            item(
              "De beantwoording van de Kamervragen ligt vrijwel geheel op uw beleidsterrein, afgezien van de feitelijke vraag ten aanzien van gegevens over doxing, die zijn uitgevraagd bij de Politie. Daarom is het voorstel, afgestemd met JenV, dat de beantwoording alleen vanuit u wordt verzonden.",
              [],
              null,
              null,
            ),
          ],
        },
        {
          section: "advised-decision",
          heading: "Geadviseerd besluit",
          items: [
            item("Akkoord gaan met en ondertekenen van de Kamerbrief met beantwoording van de Kamervragen."),
            item("De termijn voor beantwoording van de Kamervragen loopt af op 30 januari a.s."),
          ],
        },
        {
          section: "core",
          heading: "Kern",
          items: [
            item(
              "De vragen richten zich op de bedreiging van lokale bestuurders, welke maatregelen er zijn om hen hierbij te ondersteunen en of hier aanvullende voorzieningen voor nodig zijn.",
            ),
            item(
              "In de beantwoording geeft u aan dat de bedreiging en intimidatie van lokale bestuurders, zowel online als offline, onacceptabel is. U benadrukt dat het goed is dat decentrale bestuurders preventief gebruik maken van de veiligheidsscans (vraag 2).",
              [2],
            ),
            item(
              "U haalt de Monitor Integriteit en Veiligheid aan om trends en effecten te laten zien omtrent (online) agressie jegens politieke ambtsdragers (vragen 3 en 7).",
              [3, 7],
            ),
            item(
              "U benoemt de voorzieningen die vanuit het programma Weerbaar Bestuur en het Netwerk Weerbaar Bestuur worden aangeboden (om alle gemeenten, ongeacht de grootte, financiële middelen of bestuurskracht, weerbaar te maken tegen oneigenlijke druk (vragen 4 en 6).",
              [4, 6],
            ),
            item(
              "U verwijst naar de Regeling veilig wonen en de samenwerking met het CCV om uniforme veiligheidsscans uit te voeren, waarin maatwerk mogelijk is (vraag 5).",
              [5],
            ),
            item(
              "U geeft aan dat terwijl agressie en bedreigingen het ongestoord functioneren van de lokale democratie aantast, er uit onderzoek niet eenduidig blijkt dat dit negatieve gevolgen heeft voor de in- en uitstroom van politieke ambtsdragers (vraag 8).",
              [8],
            ),
            item(
              "U geeft aan niet bekend te zijn met signalen over ontoereikende samenwerking tussen gemeenten, politie en het OM na aanleiding van signalen uit de veiligheidsscans (vraag 9).",
              [9],
            ),
            item(
              "U geeft aan bereid te zijn om samen met JenV te bezien of een meer structurele landelijke aanpak ter bescherming van lokale bestuurders tegen online intimidatie en bedreiging noodzakelijk en wenselijk is (vraag 10).",
              [10],
            ),
          ],
        },
        {
          section: "explanation",
          heading: "Toelichting",
          items: [
            item(
              "Programma Weerbaar Bestuur: het programma Weerbaar Bestuur zet zich in voor de weerbaarheid van decentrale politieke ambtsdragers tegen vormen van oneigenlijke druk zoals intimidatie en bedreiging. Dit gebeurt in nauwe samenwerking met de partners binnen het Netwerk Weerbaar Bestuur.",
              [],
              "Programma Weerbaar Bestuur",
            ),
            item(
              "Regeling veilig wonen en beveiligingsadviezen: op basis van de Regeling veilig wonen kunnen decentrale bestuurders een beveiligingsadvies op maat krijgen. Een veiligheidsexpert van het Centrum voor Criminaliteitspreventie en Veiligheid (CCV) voert een veiligheidsgesprek bij de bestuurder thuis en stelt een maatwerkadvies op, dat wordt getoetst en vastgesteld door de Beveiligingsautoriteit van BZK.",
              [],
              "Regeling veilig wonen en beveiligingsadviezen",
            ),
            item(
              "Monitor Integriteit en Veiligheid: iedere twee jaar wordt de Monitor Integriteit en Veiligheid in opdracht van BZK uitgevoerd, om trends en ontwikkelingen in kaart te brengen rondom agressie en geweld tegen decentrale politieke ambtsdragers.",
              [],
              "Monitor Integriteit en Veiligheid",
            ),
          ],
        },
      ],
    });
  });
});
