/** The example set of Kamervragen: six questions to two invented ministries, under work in coordination, with facts asked and an objection. Every word, member and number in it is invented. Called by plays.ts. */
import {
  addMinistry,
  answerFacts,
  askFacts,
  assignQuestions,
  comment,
  coordinate,
  factsAsked,
  giveVerdict,
  openNewSet,
  openSet,
  readSet,
  writeDraft,
  writeNote,
} from "#services/parliament/client/index.ts";
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import type { NotePart, QuestionOwner } from "#services/parliament/contract/set.ts";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { addDays, today } from "#services/dossier/workflow/terms.ts";
import type { Stage } from "./build.ts";

const months = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");
/** `12 november 2026`. */
const written = (day: string): string => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;

/** The set as it would be published, sent in on a day; read by the same reader as any other. */
const published = (sentIn: string): string => `2026Z99960

(ingezonden ${written(sentIn)})

Vragen van de leden Demo-Veen en Demo-Kade (beiden Verzonnen Partij) aan de Minister van Demozaken en de Minister van Demorecht over het verzonnen bericht dat raadsleden in Demostad hun adres afschermen.

1
Kent u het verzonnen bericht «Raadsleden in Demostad schermen hun adres af»? 1)

2
Hoeveel raadsleden vroegen vorig jaar om hulp na bedreiging?

3
Hoeveel meldingen van doxing kreeg de politie vorig jaar, en hoeveel daarvan gingen over raadsleden?

4
Klopt het dat een veiligheidsscan voor raadsleden anders wordt betaald dan die voor wethouders?

5
Bent u bereid de mogelijkheid om een adres af te schermen beter bekend te maken?

6
Kunt u deze vragen afzonderlijk en binnen drie weken beantwoorden?

1) Demokrant, ${written(addDays(sentIn, -3))}, «Raadsleden in Demostad schermen hun adres af» (https://demokrant.example.nl/adres).
`;

const words = (text: string): Inline => ({ kind: "words", text });
const paragraph = (...content: (Inline | string)[]): RichText => [
  { kind: "paragraph", content: content.map((one) => (typeof one === "string" ? words(one) : one)) },
];
const draft = (question: number, text: RichText) => ({ question, words: text, editor: null });
const part = (section: NotePart["section"], text: string): NotePart => ({
  id: section,
  section,
  heading: "",
  questions: [],
  words: paragraph(`Demonstratie. ${text}`),
  editor: null,
});

/** Plays the set, when it was not played yet. */
export async function playQuestions(stage: Stage): Promise<void> {
  // A world from before there were desks for it goes on without.
  if (stage.known("question-set") === null) await stage.remember({ dossier: ["question-set", await untilCoordination(stage)] });
}

async function untilCoordination(stage: Stage): Promise<string> {
  const sentIn = addDays(today(), -9);
  const text = published(sentIn);
  const { dossier: read } = await readQuestions({ name: "vragen-demonstratie.txt", bytes: new TextEncoder().encode(text) });
  const session = await stage.session("beleid");
  const { dossier } = await openNewSet(session, {
    read,
    desk: stage.desk("policy"),
    ministry: { name: "Demozaken (demonstratie)", minister: "de minister van Demozaken" },
    files: [{ name: "vragen-demonstratie.txt", mediaType: "text/plain", bytes: new Blob([text]), capturedAt: null, note: "Demonstratie: verzonnen vragen" }],
  });
  const lead = await openSet(session, dossier);
  await addMinistry(lead, { desk: stage.desk("policy-jenv"), name: "Demorecht (demonstratie)", minister: "de minister van Demorecht" });
  const owner = (questions: number[], player: string, name: string, desk: string): QuestionOwner => ({
    questions,
    person: stage.person(player),
    name,
    desk: stage.desk(desk),
    due: addDays(sentIn, 12),
  });
  await assignQuestions(lead, [owner([1, 2, 4, 5, 6], "beleid", "Bea Demo", "policy"), owner([3], "beleid-jenv", "Jet Demo", "policy-jenv")]);
  await askFacts(lead, await readSet(lead), {
    desk: stage.desk("police"),
    questions: [3],
    asked: "Demonstratie. Hoeveel meldingen van doxing waren er vorig jaar?",
    due: addDays(sentIn, 8),
  });
  await askFacts(lead, await readSet(lead), {
    desk: stage.desk("expert"),
    questions: [4],
    asked: "Demonstratie. Hoe worden scans voor raadsleden betaald?",
    due: addDays(sentIn, 8),
  });
  const police = await openSet(await stage.session("politie"), dossier);
  const [asked] = await factsAsked(police);
  if (asked !== undefined)
    await answerFacts(police, asked.item, "partly", paragraph("Demonstratie. Meldingen worden niet naar functie geteld; het aantal in totaal volgt."));
  await lead.refresh();
  await writeDraft(lead, [
    draft(1, paragraph("Ja, dit verzonnen bericht ken ik.")),
    // A number without a source, so that the marks of the checks can be seen.
    draft(2, paragraph("Volgens het verzonnen steunpunt vroegen 38 raadsleden om hulp na bedreiging.")),
    draft(4, paragraph("Ja. De regeling voor wethouders geldt niet voor raadsleden; voor hen is er een eigen scan.")),
    draft(5, paragraph("Ja. Zie ook ", { kind: "answer", number: 4 }, ".")),
    draft(6, paragraph("Ja.")),
  ]);
  const other = await openSet(await stage.session("beleid-jenv"), dossier);
  await writeDraft(other, [draft(3, paragraph("De politie telt meldingen van doxing, maar niet naar functie van het slachtoffer."))]);
  await lead.refresh();
  await writeNote(
    lead,
    [
      part("occasion", "Twee verzonnen leden vragen naar het afschermen van adressen."),
      part("advised-decision", "Instemmen met de antwoorden en de brief ondertekenen."),
      part("core", "Raadsleden vallen buiten de regeling, en hebben een eigen scan."),
    ],
    ["occasion", "advised-decision", "core"],
  );
  await comment(lead, { question: 2, text: "Demonstratie. Dit getal heeft nog een bron nodig.", passage: "38 raadsleden" });
  await coordinate(lead, await readSet(lead), { words: "Demonstratie. Graag uw reactie.", due: addDays(today(), 2) });
  const judge = await openSet(await stage.session("beleid-jenv-tweede"), dossier);
  await giveVerdict(judge, await readSet(judge), {
    verdict: "object",
    reason: "Demonstratie. Bij vraag 3 ontbreekt nog het aantal van de politie.",
    questions: [3],
  });
  return dossier;
}
