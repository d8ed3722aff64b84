/** Domain.md section 6 over HTTP against the real database: a set of questions to two invented ministries from opening to publication, with facts asked, an objection, a return, a postponement, and the eyes it needs. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "@rugdekking/seal/verify";
import { createDesk, type Session } from "#services/directory/client/index.ts";
import { append, openDossier, openNewDossier, prepareDossier } from "#services/dossier/client/index.ts";
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
  writeDraft,
  writeNote,
  type SetView,
} from "#services/parliament/client/index.ts";
import { readQuestions } from "#services/parliament/reading/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import { SetCover, type NotePart, type PublicationBody } from "#services/parliament/contract/set.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { Problem } from "#services/problem/index.ts";
import { openStage, type TestStage } from "./stage.ts";

const ministries = [
  { id: "demo-min-een", name: "Ministerie van Voorbeeldzaken (demonstratie)", kind: "ministry", province: null, demonstration: true },
  { id: "demo-min-twee", name: "Ministerie van Proefrecht (demonstratie)", kind: "ministry", province: null, demonstration: true },
] as const;

let stage: TestStage;
const people = new Map<string, Session>();
const as = (name: string): Session => {
  const session = people.get(name);
  if (session === undefined) throw new Error(`nobody is called ${name}`);
  return session;
};
const desks = { policy: "", other: "", minister: "", source: "", elsewhere: "" };

beforeAll(async () => {
  stage = await openStage({
    extras: {
      organisations: [
        ...ministries,
        { id: "demo-gemeente", name: "Gemeente Demostad (demonstratie)", kind: "municipality", province: null, demonstration: true },
      ],
    },
  });
  const names = ["anna", "bram", "cees", "dina", "minister", "politie", "ccv"];
  const signIns = new Map(await Promise.all(names.map(async (name) => [name, await stage.enrol(`${name}@ministerie.example.nl`)] as const)));
  for (const [name, signIn] of signIns) people.set(name, await signIn());
  const make = async (organisation: string, kind: "parliament" | "minister" | "police" | "expert-desk", members: readonly string[]): Promise<string> => {
    const roster = members.map((name, at) => ({ person: as(name).person.person, name: `Demo ${name}`, office: `verzonnen ${kind}`, lead: at === 0 }));
    return (
      await createDesk(stage.connect().trust, {
        registrar: stage.registrar,
        organisation,
        name: `Demo ${kind} ${organisation}`,
        function: kind,
        members: roster,
      })
    ).id;
  };
  desks.policy = await make("demo-min-een", "parliament", ["anna", "bram"]);
  desks.other = await make("demo-min-twee", "parliament", ["cees", "dina"]);
  // Anna, who writes, sits at the minister's desk as well: law 4 must stop her there.
  desks.minister = await make("demo-min-een", "minister", ["minister", "anna"]);
  desks.source = await make("politie-den-haag", "police", ["politie"]);
  desks.elsewhere = await make("ccv", "expert-desk", ["ccv"]);
  for (const [name, signIn] of signIns) people.set(name, await signIn());
}, 120_000);
afterAll(async () => await stage.close());

const text = (words: string): RichText => [{ kind: "paragraph", content: [{ kind: "words", text: words }] }];
const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return "done";
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const read = async () =>
  (
    await readQuestions({
      name: "vragen.txt",
      bytes: new Uint8Array(readFileSync(new URL("../../services/parliament/reading/samples/vragen.txt", import.meta.url))),
    })
  ).dossier;

const open = async (): Promise<string> =>
  (await openNewSet(as("anna"), { read: await read(), desk: desks.policy, ministry: { name: "Voorbeeldzaken", minister: "de minister van Voorbeeldzaken" } }))
    .dossier;
const set = async (name: string, id: string): Promise<{ readonly handle: Awaited<ReturnType<typeof openSet>>; readonly view: SetView }> => {
  const handle = await openSet(as(name), id);
  return { handle, view: await readSet(handle, { today: "2026-03-16" }) };
};
const owner = (questions: number[], due = "2026-03-13") => ({ questions, person: as("anna").person.person, name: "Demo anna", desk: desks.policy, due });
const part = (section: NotePart["section"], words: string): NotePart => ({
  id: section,
  section,
  heading: "",
  questions: [],
  words: text(words),
  editor: null,
});
const note = [
  part("occasion", "Verzonnen aanleiding."),
  part("advised-decision", "Instemmen met de antwoorden."),
  part("core", "De kern van de verzonnen zaak."),
];
const order = note.map(({ id }) => id);
const drafts = (words: string) => [1, 2, 3, 4].map((question) => ({ question, words: text(`${words} ${"abcd"[question - 1] ?? ""}`), editor: null }));

async function drafted(): Promise<string> {
  const id = await open();
  const { handle } = await set("anna", id);
  await assignQuestions(handle, [owner([1, 2, 3, 4])]);
  await writeDraft(handle, drafts("Verzonnen antwoord"));
  await writeNote(handle, note, order);
  return id;
}

async function presented(): Promise<string> {
  const id = await drafted();
  await askInitials(...pair(await set("anna", id)));
  await initial(...pair(await set("bram", id)));
  const { handle, view } = await set("anna", id);
  await presentSet(handle, view, { desk: desks.minister });
  return id;
}
const pair = ({ handle, view }: Awaited<ReturnType<typeof set>>) => [handle, view] as const;

describe("a set to two ministries", { timeout: 120_000 }, () => {
  it("goes from opening to publication with facts, an objection, a return and a postponement", async () => {
    const id = await open();
    let { handle, view } = await set("anna", id);
    expect([view.phase, view.set.reference, view.questions.length, view.openedBy.name]).toEqual(["opened", "2026Z99901", 4, "Demo anna"]);
    expect(view.clock).toMatchObject({ term: { due: "2026-03-24", recessUnknown: true }, standing: { state: "running", daysLeft: 8 } });
    expect(await handle.readCover(SetCover)).toMatchObject({ reference: "2026Z99901", due: "2026-03-24", recessUnknown: true, questions: 4 });

    await mendSet(handle, view, [{ what: "question", number: 4, text: "Bent u bereid elke vraag apart te beantwoorden?" }], "zoals ingezonden");
    await addMinistry(handle, { desk: desks.other, name: "Proefrecht", minister: "de minister van Proefrecht" });
    await assignQuestions(handle, [owner([1, 2]), { ...owner([3, 4]), person: as("cees").person.person, name: "Demo cees", desk: desks.other }]);
    ({ handle, view } = await set("cees", id));
    expect(view.set.questions.at(-1)?.text).toBe("Bent u bereid elke vraag apart te beantwoorden?");
    expect(view.missing.coordinate.map(({ code }) => code)).toContain("draft");
    expect(await codeOf(coordinate((await set("anna", id)).handle, view))).toBe("requirement-missing");

    // Facts: who is asked sees the question and what is asked, and nothing else.
    await askFacts((await set("anna", id)).handle, view, {
      desk: desks.source,
      questions: [2],
      asked: "Hoeveel verzonnen meldingen kreeg u?",
      due: "2026-03-12",
    });
    const police = await openSet(as("politie"), id);
    const [asked] = await factsAsked(police);
    expect([police.entries.map(({ header }) => header.kind), asked?.request.questions.map(({ number }) => number)]).toEqual([["fact-request"], [2]]);
    ({ handle, view } = await set("bram", id));
    expect(view.facts.map(({ state }) => state)).toEqual(["late"]);
    expect((await answerFacts(police, asked?.item ?? "", "answered", text("Het waren er verzonnen veel."))).seq).toBeGreaterThan(0);
    expect((await factsAsked(await openSet(as("politie"), id)))[0]?.answers[0]?.body.outcome).toBe("answered");
    expect(await codeOf(openSet(as("ccv"), id))).toBe("not-found");
    ({ handle, view } = await set("bram", id));
    expect(view.facts.map(({ state }) => state)).toEqual(["answered"]);
    expect(view.questions[1]?.facts[0]?.answers[0]?.by.name).toBe("Demo politie");

    // Written at the same time: nothing is lost, and the view says what must be put together.
    const seen = handle.view.lastSeq;
    await writeDraft(handle, drafts("Van bram"), seen);
    const cees = await openSet(as("cees"), id);
    await writeDraft(cees, [{ question: 3, words: text("Van cees tegelijk"), editor: "AAEC" }], seen);
    ({ handle, view } = await set("anna", id));
    expect(view.questions[2]?.draft).toMatchObject({ newest: { words: text("Van cees tegelijk") }, beside: [{ words: text("Van bram c") }], states: ["AAEC"] });
    expect(view.missing.coordinate.filter(({ weight }) => weight === "needed")).toEqual([{ code: "merge", weight: "needed", questions: [3], about: null }]);
    await writeDraft(handle, [{ question: 3, words: text("Van bram en cees samen, dat zijn 45 procent"), editor: "AAEC" }]);
    await writeNote(handle, note, order);
    ({ handle, view } = await set("anna", id));
    expect(view.questions[2]?.draft.beside).toEqual([]);
    expect(view.findings.uncited.map(({ number, place }) => [number.text, place.question])).toEqual([["45 procent", 3]]);
    await comment(handle, { question: 3, text: "Welke bron?", passage: "45 procent" });

    // Coordination: an objection, then other words, then agreement.
    ({ handle, view } = await set("anna", id));
    await coordinate(handle, view, { due: "2026-03-17" });
    await giveVerdict(...pair(await set("dina", id)), { verdict: "object", reason: "Het getal heeft geen bron.", questions: [3] });
    ({ handle, view } = await set("anna", id));
    expect(view.also[0]?.verdict).toMatchObject({ lapsed: false, body: { verdict: "object" } });
    expect(await codeOf(askInitials(handle, view))).toBe("requirement-missing");
    await writeDraft(handle, [{ question: 3, words: text("Van bram en cees samen"), editor: null }]);
    ({ handle, view } = await set("anna", id));
    expect(view.also[0]?.verdict?.lapsed).toBe(true);
    await giveVerdict(...pair(await set("dina", id)), { verdict: "agree" });
    await askInitials(...pair(await set("anna", id)));

    // Postponement: three more weeks.
    ({ handle, view } = await set("anna", id));
    await postpone(handle, view, { on: "2026-03-20", reasons: "De cijfers komen later.", reference: "2026-0000000001" });
    expect((await set("anna", id)).view.clock?.term).toMatchObject({ postponed: true, due: "2026-04-14" });

    // Returned once, then agreed.
    await initial(...pair(await set("bram", id)));
    ({ handle, view } = await set("anna", id));
    await presentSet(handle, view, { desk: desks.minister });
    await returnSet(...pair(await set("minister", id)), { reason: "Korter.", questions: [1] });
    await assignQuestions((await set("anna", id)).handle, [owner([1])]);
    await writeDraft((await set("anna", id)).handle, [{ question: 1, words: text("Ja."), editor: null }]);
    ({ handle, view } = await set("anna", id));
    expect([view.returns.map(({ body }) => body.reason), view.presentation?.lapsed, view.initials.map(({ lapsed }) => lapsed)]).toEqual([
      ["Korter."],
      true,
      [true],
    ]);
    await coordinate(handle, view);
    await giveVerdict(...pair(await set("dina", id)), { verdict: "agree" });
    await askInitials(...pair(await set("anna", id)));
    await initial(...pair(await set("bram", id)));
    ({ handle, view } = await set("anna", id));
    await presentSet(handle, view, { desk: desks.minister });
    await agree(...pair(await set("minister", id)));

    // Signed over the files, sent, published.
    ({ handle, view } = await set("minister", id));
    const [letter, decisionNote] = await Promise.all(
      (["letter", "note"] as const).map(async (what) => {
        const bytes = new TextEncoder().encode(`verzonnen ${what}`);
        return {
          what,
          sha256: await digestOf(bytes),
          file: { name: `${what}.pdf`, mediaType: "application/pdf", bytes: new Blob([bytes]), capturedAt: null, note: "" },
        };
      }),
    );
    if (letter === undefined || decisionNote === undefined) throw new Error("two files were made");
    expect(await codeOf(signSet(handle, view, [{ ...letter, sha256: decisionNote.sha256 }, decisionNote]))).toBe("digest-mismatch");
    await signSet(handle, view, [letter, decisionNote]);
    ({ handle, view } = await set("anna", id));
    expect(view.signature).toMatchObject({ lapsed: false, body: { whole: view.whole, documents: [{ what: "letter" }, { what: "note" }] } });
    await sendSet(handle, view, { on: "2026-04-02", reference: "2026-0000000002" });
    // The public version: never by who wrote the newest words, and published by someone who initialled nothing.
    const digest = await digestOf(new TextEncoder().encode("verzonnen openbare nota"));
    const publicVersion = {
      sha256: digest,
      parts: [{ part: "core", ground: "artikel 5.2, eerste lid, Woo" }],
      names: ["Demo anna", "Demo bram"],
      mayStand: [],
      withheld: [{ what: "Deel van de nota: Kern", ground: "artikel 5.2, eerste lid, Woo" }],
    };
    expect(await codeOf(initialPublic(...pair(await set("anna", id)), publicVersion))).toBe("own-work");
    ({ handle, view } = await set("anna", id));
    expect(view.missing.publish.map(({ code }) => code)).toEqual(["public-version"]);
    const early: PublicationBody = {
      version: 1,
      on: "2026-04-02",
      documents: [{ what: "note", documentType: "beslisnota", title: "Nota", address: "https://open.example.nl/2", sha256: digest }],
      withheld: [],
      checkedBy: { name: "Demo bram", office: "verzonnen parliament" },
      record: "{}",
      words: "",
    };
    // The server holds the order without reading a word.
    expect(await codeOf(append(handle, { kind: "publication", body: early, action: "publish" }))).toBe("requirement-missing");
    await initialPublic(...pair(await set("bram", id)), publicVersion);
    expect(await codeOf(append((await set("bram", id)).handle, { kind: "publication", body: early, action: "publish" }))).toBe("own-work");
    ({ handle, view } = await set("anna", id));
    expect(view.initials.every(({ body }) => body.publicVersion === undefined)).toBe(true);
    expect(view.clock?.standing).toMatchObject({ state: "answered", daysLeft: 12 });
    const published = {
      on: "2026-04-02",
      documents: [
        { what: "letter" as const, documentType: "kamerstuk", title: "Antwoorden", address: "https://open.example.nl/1", sha256: letter.sha256 },
        { what: "note" as const, documentType: "beslisnota", title: "Nota", address: "https://open.example.nl/2", sha256: digest },
      ],
      record: "{}",
      words: "",
    };
    const signedNote = published.documents.map((one) => (one.what === "note" ? { ...one, sha256: decisionNote.sha256 } : one));
    expect(await codeOf(publishSet(handle, view, { ...published, documents: signedNote }))).toBe("digest-mismatch");
    expect(await codeOf(publishSet(...pair(await set("bram", id)), published))).toBe("own-work");
    await publishSet(handle, view, published);
    ({ view } = await set("dina", id));
    expect([view.phase, view.publications.length]).toEqual(["published", 1]);
    expect(view.publications[0]?.body).toMatchObject({ withheld: publicVersion.withheld, checkedBy: { name: "Demo bram" } });
  });
});

describe("two pairs of eyes on an answer", { timeout: 120_000 }, () => {
  it("let nobody initial or judge the newest words they wrote, and nobody decide who wrote any", async () => {
    const id = await drafted();
    await askInitials(...pair(await set("anna", id)));
    expect(await codeOf(initial(...pair(await set("anna", id))))).toBe("own-work");
    await initial(...pair(await set("bram", id)));
    const { handle, view } = await set("anna", id);
    await presentSet(handle, view, { desk: desks.minister });
    // Anna sits at the minister's desk, and wrote.
    expect(await codeOf(agree(...pair(await set("anna", id))))).toBe("own-work");
    expect(await codeOf(agree(...pair(await set("bram", id))))).toBe("role-forbidden");
    expect(await codeOf(agree(...pair(await set("minister", id))))).toBe("done");
  });

  it("make initials lapse when a word changes, and the server refuses to present on an older initial", async () => {
    const id = await drafted();
    await askInitials(...pair(await set("anna", id)));
    await initial(...pair(await set("bram", id)));
    const before = await set("anna", id);
    expect(before.view.initials.map(({ lapsed }) => lapsed)).toEqual([false]);
    await writeDraft(before.handle, [{ question: 2, words: text("Toch anders"), editor: null }]);
    const { handle, view } = await set("anna", id);
    expect(view.initials.map(({ lapsed }) => lapsed)).toEqual([true]);
    expect(view.missing.present.filter(({ weight }) => weight === "needed").map(({ code }) => code)).toEqual(["initial"]);
    // Past the client's own check, with the view from before.
    expect(await codeOf(presentSet(handle, before.view, { desk: desks.minister }))).toBe("requirement-missing");
  });

  it("hold a word to what was looked at: an initial over what was read before another's draft arrives lapsed", async () => {
    const id = await drafted();
    await askInitials(...pair(await set("anna", id)));
    const stale = await set("bram", id);
    await writeDraft((await set("anna", id)).handle, [{ question: 2, words: text("Intussen gewijzigd"), editor: null }]);
    await initial(stale.handle, stale.view);
    expect((await set("anna", id)).view.initials.map(({ lapsed }) => lapsed)).toEqual([true]);
  });

  it("let the minister return what was presented, and ask for a new presentation before agreeing", async () => {
    const id = await presented();
    const old = await set("minister", id);
    await returnSet(old.handle, old.view, { reason: "Nee." });
    expect(await codeOf(agree(old.handle, old.view))).toBe("phase-forbidden");
  });

  it("let the desk take back what it presented", async () => {
    const id = await presented();
    await redraft((await set("anna", id)).handle, "Er zijn nieuwe feiten.");
    expect((await set("anna", id)).view.phase).toBe("drafting");
  });
});

describe("the ministries that sign along and the note", { timeout: 120_000 }, () => {
  const submission = (view: SetView) => ({ kind: "submission" as const, body: { version: 1, whole: view.whole, words: "", due: null } });
  const presentation = (view: SetView) => ({
    kind: "presentation" as const,
    action: "present",
    body: { version: 1, whole: view.whole, to: { desk: desks.minister, name: "x" }, words: "" },
  });

  it("are heard before the initials and before the minister, whatever the client sends", async () => {
    const id = await drafted();
    await addMinistry((await set("anna", id)).handle, { desk: desks.other, name: "Proefrecht", minister: "de minister van Proefrecht" });
    let { handle, view } = await set("anna", id);
    expect(await codeOf(append(handle, { ...submission(view), action: "ask-initials" }))).toBe("requirement-missing");
    await coordinate(handle, view);
    ({ handle, view } = await set("anna", id));
    expect(await codeOf(append(handle, { ...submission(view), action: "end-coordination" }))).toBe("requirement-missing");
    await giveVerdict(...pair(await set("dina", id)), { verdict: "agree" });
    await askInitials(...pair(await set("anna", id)));
    // New words: the initial is new, and the other ministry has not seen them.
    await writeDraft((await set("anna", id)).handle, [{ question: 1, words: text("Toch anders"), editor: null }]);
    await initial(...pair(await set("bram", id)));
    ({ handle, view } = await set("anna", id));
    expect(await codeOf(append(handle, presentation(view)))).toBe("requirement-missing");
    await giveVerdict(...pair(await set("dina", id)), { verdict: "agree" });
    ({ handle, view } = await set("anna", id));
    expect(await codeOf(presentSet(handle, view, { desk: desks.minister }))).toBe("done");
  });

  it("let nothing be presented without a note", async () => {
    const id = await open();
    await assignQuestions((await set("anna", id)).handle, [owner([1, 2, 3, 4])]);
    await writeDraft((await set("anna", id)).handle, drafts("Verzonnen antwoord"));
    await askInitials(...pair(await set("anna", id)));
    await initial(...pair(await set("bram", id)));
    const { handle, view } = await set("anna", id);
    expect(await codeOf(append(handle, presentation(view)))).toBe("requirement-missing");
  });
});

describe("a set is the ministry's, not a person's", { timeout: 120_000 }, () => {
  it("is opened by a member of the desk it is for alone", async () => {
    expect(await codeOf(openNewSet(as("cees"), { read: await read(), desk: desks.policy, ministry: { name: "x", minister: "x" } }))).toBe("role-forbidden");
    // The same past the client: the server knows who sits at the desk.
    const prepared = prepareDossier();
    const attempt = openNewDossier(as("cees"), prepared, {
      kind: "question-set",
      workflow: questionSet,
      organisation: "demo-min-een",
      body: {},
      cover: {},
      grants: [{ role: "policy-desk", desk: desks.policy, keys: { scope: "dossier" }, consent: null, until: null }],
    });
    expect(await codeOf(attempt)).toBe("role-forbidden");
  });

  it("is worked on by who opened it as any member, and is on no list of their own", async () => {
    const id = await open();
    const { handle } = await set("anna", id);
    expect([handle.view.roles, handle.mine]).toEqual([["policy-desk"], false]);
    expect(await codeOf(append(handle, { kind: "message", body: { version: 1, text: "x", attachments: [] } }))).toBe("done");
    expect(await codeOf(openDossier(as("politie"), id, { "question-set": questionSet }))).toBe("not-found");
  });

  it("lets who was asked answer that request and no other", async () => {
    const id = await drafted();
    const { handle, view } = await set("anna", id);
    await askFacts(handle, view, { desk: desks.source, questions: [1], asked: "Verzonnen?", due: "2026-03-12" });
    await askFacts(handle, view, { desk: desks.elsewhere, questions: [2], asked: "Anders verzonnen?", due: "2026-03-12" });
    const own = await openSet(as("politie"), id);
    expect((await factsAsked(own)).length).toBe(1);
    const other = (await set("anna", id)).view.facts.find(({ request }) => request.body.to.desk === desks.elsewhere);
    own.learnAnswerKey(other?.item ?? "", new Uint8Array(32));
    expect(await codeOf(answerFacts(own, other?.item ?? "", "answered", []))).toBe("role-forbidden");
    expect(await codeOf(append(own, { kind: "fact-answer", body: {}, answers: own.entries[0]?.hash ?? "" }))).toBe("role-forbidden");
  });
});
