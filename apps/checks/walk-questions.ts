/** A set of questions with a mark in every free field, from opening to a published answer; for the canary. */
import { digestOf } from "@rugdekking/seal/verify";
import { createDesk, type Session } from "#services/directory/client/index.ts";
import {
  addMinistry,
  agree,
  answerFacts,
  askFacts,
  askInitials,
  assignQuestions,
  comment,
  coordinate,
  factsAsked,
  giveVerdict,
  initial,
  initialPublic,
  mendSet,
  openNewSet,
  openSet,
  postpone,
  presentSet,
  publishSet,
  readSet,
  redraft,
  returnSet,
  sendSet,
  signSet,
  tellAll,
  writeDraft,
  writeNote,
} from "#services/parliament/client/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import { readQuestions } from "#services/parliament/reading/index.ts";
import type { Words } from "./road.ts";
import type { TestStage } from "./stage.ts";

/** Walks the set with people of its own. @returns the dossier, and a member who reads all of it */
export async function walkQuestions(stage: TestStage, words: Words): Promise<{ readonly questions: string; readonly reader: Session }> {
  const signIns = await Promise.all(["beleid", "chef", "jenv", "minister", "feiten"].map(async (name) => await stage.enrol(`${name}@ministerie.example.nl`)));
  const before = await Promise.all(signIns.map(async (signIn) => await signIn()));
  const desk = async (organisation: string, kind: "parliament" | "minister" | "police", members: readonly (Session | undefined)[]): Promise<string> => {
    const people = members.flatMap((one) => (one === undefined ? [] : [one.person.person]));
    const roster = people.map((person, at) => ({ person, name: `Demo ${at} ${kind}`, office: `verzonnen ${kind}`, lead: at === 0 }));
    return (await createDesk(stage.connect().trust, { registrar: stage.registrar, organisation, name: `Demo ${kind}`, function: kind, members: roster })).id;
  };
  const [policy, other, minister, source] = [
    await desk("bzk", "parliament", [before[0], before[1]]),
    await desk("ccv", "parliament", [before[2]]),
    await desk("bzk", "minister", [before[3]]),
    await desk("om", "police", [before[4]]),
  ];
  const [writer, chief, along, decides, facts] = await Promise.all(signIns.map(async (signIn) => await signIn()));
  if (writer === undefined || chief === undefined || along === undefined || decides === undefined || facts === undefined)
    throw new Error("someone did not enter the stage");
  const text = (field: string): RichText => [{ kind: "paragraph", content: [{ kind: "words", text: words(field) }] }];
  const file = (field: string, bytes: Blob) => ({
    name: `${words(field)}.txt`,
    mediaType: "text/plain",
    bytes,
    capturedAt: null,
    note: words(`${field}.note`),
  });

  const source1 = `2026Z99901\n\n(ingezonden 3 maart 2026)\n\nVragen van het lid ${words("set.member")} (Verzonnen Partij) aan de Minister van Demozaken over ${words("set.subject")}.\n\n1\n${words("set.question")}?\n\n2\nKlopt dit?\n`;
  const { dossier: read } = await readQuestions({ name: "set.txt", bytes: new TextEncoder().encode(source1) });
  const { dossier } = await openNewSet(writer, {
    read,
    desk: policy,
    ministry: { name: words("set.ministry"), minister: words("set.minister") },
    files: [file("set.file", new Blob([source1]))],
  });
  const as = async (session: Session) => {
    const handle = await openSet(session, dossier);
    return [handle, await readSet(handle)] as const;
  };
  await mendSet(...(await as(writer)), [{ what: "question", number: 2, text: words("set.mended") }], words("set.mendReason"));
  const [handle] = await as(writer);
  await addMinistry(handle, { desk: other, name: words("set.also"), minister: words("set.alsoMinister"), words: words("set.alsoWords") });
  const owner = { questions: [1, 2], person: writer.person.person, name: words("set.owner"), desk: policy, due: "2026-03-13" };
  await assignQuestions(handle, [owner], words("set.division"));
  await askFacts(...(await as(writer)), { desk: source, questions: [1], asked: words("fact.asked"), due: "2026-03-12" });
  const police = await openSet(facts, dossier);
  await answerFacts(police, (await factsAsked(police))[0]?.item ?? "", "answered", text("fact.answer"));
  const write = async (round: string): Promise<void> => {
    const [open] = await as(writer);
    const drafts = [1, 2].map((question) => ({ question, words: text(`draft${round}.${question}`), editor: null }));
    await writeDraft(open, drafts, open.view.lastSeq, words(`draft${round}.why`));
    const parts = (["occasion", "advised-decision", "core"] as const).map((section) => ({
      id: section,
      section,
      heading: words(`note${round}.${section}.heading`),
      questions: [],
      words: text(`note${round}.${section}`),
      editor: null,
    }));
    await writeNote(
      open,
      parts,
      parts.map(({ id }) => id),
      open.view.lastSeq,
      words(`note${round}.why`),
    );
  };
  await write("1");
  await comment((await as(along))[0], { question: 1, text: words("comment.text"), passage: words("comment.passage") });
  await coordinate(...(await as(writer)), { words: words("coordinate.words") });
  await redraft((await as(writer))[0], words("redraft.words"));
  await coordinate(...(await as(writer)));
  await giveVerdict(...(await as(along)), {
    verdict: "agree-with-change",
    reason: words("verdict.reason"),
    changes: [{ question: 1, text: words("verdict.change") }],
  });
  await askInitials(...(await as(writer)), { words: words("initials.words") });
  await postpone(...(await as(writer)), { on: "2026-03-20", reasons: words("postponement.reasons"), reference: words("postponement.reference") });
  await initial(...(await as(chief)), words("initial.words"));
  await presentSet(...(await as(writer)), { desk: minister, words: words("presentation.words") });
  await returnSet(...(await as(decides)), { reason: words("return.reason") });
  await assignQuestions((await as(writer))[0], [owner], words("set.resumed"));
  await write("2");
  await coordinate(...(await as(writer)));
  await giveVerdict(...(await as(along)), { verdict: "agree" });
  await askInitials(...(await as(writer)));
  await initial(...(await as(chief)));
  await presentSet(...(await as(writer)), { desk: minister });
  await agree(...(await as(decides)), words("decision.words"));
  const documents = await Promise.all(
    (["letter", "note"] as const).map(async (what) => {
      const bytes = new TextEncoder().encode(words(`${what}.content`));
      return { what, sha256: await digestOf(bytes), file: file(`${what}.file`, new Blob([bytes])) };
    }),
  );
  await signSet(...(await as(decides)), documents);
  await sendSet(...(await as(writer)), { on: "2026-04-02", reference: words("sending.reference"), words: words("sending.words") });
  await initialPublic(
    ...(await as(chief)),
    {
      sha256: documents[1]?.sha256 ?? "",
      parts: [{ part: "core", ground: words("public.part") }],
      names: [words("public.name")],
      mayStand: [words("public.stands")],
      withheld: [{ what: words("publication.withheld"), ground: words("publication.ground") }],
    },
    words("public.words"),
  );
  await publishSet(...(await as(writer)), {
    on: "2026-04-02",
    documents: [
      {
        what: "letter",
        documentType: words("publication.type"),
        title: words("publication.title"),
        address: "https://open.example.nl/1",
        sha256: documents[0]?.sha256 ?? "",
      },
    ],
    record: words("publication.record"),
    words: words("publication.words"),
  });
  await tellAll((await as(writer))[0], words("set.message"));
  return { questions: dossier, reader: chief };
}
