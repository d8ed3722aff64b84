/** `rugdekking question open …`: a set of Kamervragen under work, from the file as it was read to publication, each step by whoever the workflow lets do it. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { digestOf } from "@rugdekking/seal/verify";
import { acknowledge, attachmentsFrom, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, type OptionRule, signedIn } from "#apps/cli/command.ts";
import { fileTrouble } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { recessEffects } from "#registers/answer-term/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { digestOfHex } from "#services/dossier/contract/hexadecimal.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { dutchDay, isDay } from "#services/dossier/workflow/terms.ts";
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
  withdrawSet,
  writeDraft,
  writeNote,
  type DocumentToSign,
  type Missing,
  type SetView,
} from "#services/parliament/client/index.ts";
import { noteSections } from "#services/parliament/contract/dossier.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import { factOutcomes, verdicts } from "#services/parliament/contract/set.ts";
import { readQuestions, troubleWordsEnglish } from "#services/parliament/reading/index.ts";

/** A day given on the line. */
function dayOf(call: Call, option: string): string {
  const day = call.need(option);
  if (!isDay(day)) throw new CommandError(`--${option} ${JSON.stringify(day)} is not a day`, `for example --${option} 2027-06-01`);
  return day;
}

/** Numbers of questions: `--question 2`, more than once. */
function numbersOf(call: Call): number[] {
  return call.list("question").map((given) => {
    if (!/^\d{1,3}$/u.test(given)) throw new CommandError(`--question ${JSON.stringify(given)} is not the number of a question`, "for example --question 2");
    return Number(given);
  });
}

/** Words typed on the line or read from a file as paragraphs: an empty line parts them. */
const paragraphs = (text: string): RichText =>
  text
    .split(/\n\s*\n/u)
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => ({ kind: "paragraph", content: [{ kind: "words", text: one.replaceAll(/\s+/gu, " ") }] }));

async function open(call: Call): Promise<ExitCode> {
  const path = call.at(0);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw fileTrouble(path, error);
  }
  const { dossier: read } = await readQuestions({ name: basename(path), bytes });
  const wrong = read.troubles.filter(({ weight }) => weight === "wrong");
  if (wrong.length > 0 && !call.flag("as-it-is"))
    throw new CommandError(
      `${path} must be mended first: ${wrong.map(({ code, about }) => troubleWordsEnglish[code](about)).join("; ")}`,
      "see rugdekking question read, or open it with --as-it-is and mend it on the page",
    );
  const session = await signIn(call);
  const opened = await openNewSet(session, {
    read,
    desk: call.need("desk"),
    ministry: { name: call.need("ministry"), minister: call.need("minister") },
    ...(call.text("recess") === null ? {} : { recess: call.choice("recess", recessEffects) }),
    files: await attachmentsFrom([path]),
  });
  const { dossier, receipt } = opened;
  call.screen.answer(
    { dossier, receipt },
    `Opened: dossier ${dossier}; the receipt was checked against the pinned log.\nNext: rugdekking question assign ${dossier}`,
  );
  return 0;
}

const whom = ({ questions, about }: Missing): string =>
  `${questions.length === 0 ? "" : ` (questions ${questions.join(", ")})`}${about === null ? "" : ` (${oneLine(about)})`}`;

function linesOf(view: SetView): string[] {
  const { clock, set, questions, initials, also, missing } = view;
  const steps = Object.entries(missing).flatMap(([step, list]) =>
    list.map((one) => `  before ${step}: ${one.code}${whom(one)}${one.weight === "look" ? ", have a look" : ""}`),
  );
  return [
    `${view.phase}; ${set.reference ?? "no reference"}; ${oneLine(set.subject ?? set.title ?? "")}`,
    clock === null
      ? "The day of sending in is not known: there is no clock."
      : `last day ${clock.term.due}${clock.term.postponed ? " (postponed)" : ""}, ${clock.standing.state}, ${clock.standing.daysLeft} days left${clock.term.recessUnknown ? "; the recesses of these days are not in the register: look whether one falls in the term" : ""}`,
    ...questions.map(
      ({ number, owner, draft, facts, comments, late }) =>
        `${String(number).padStart(3)}  ${owner === null ? "nobody" : `${oneLine(owner.name)}, ${owner.due}`}${late ? " LATE" : ""}; ${draft.newest === null ? "no draft" : `draft of entry ${draft.newest.seq}${draft.beside.length > 0 ? ", to be merged" : ""}`}; facts ${facts.map(({ state }) => state).join(", ") || "none"}; ${comments.filter(({ resolved }) => !resolved).length} open remarks`,
    ),
    ...also.map(
      ({ ministry, verdict }) =>
        `also ${oneLine(ministry.name)}: ${verdict === null ? "nothing yet" : `${verdict.body.verdict}${verdict.lapsed ? ", lapsed" : ""}`}`,
    ),
    ...initials.map(({ by, lapsed }) => `initialled by ${oneLine(by.name)}${lapsed ? ", lapsed" : ""}`),
    ...view.findings.uncited.map(({ words }) => oneLine(words)),
    ...view.findings.contradictions.map(({ words }) => oneLine(words)),
    ...steps,
  ];
}

async function show(call: Call): Promise<ExitCode> {
  const view = await readSet(await openSet(await signIn(call), call.at(0)));
  const { entries: _entries, read: _read, ...shown } = view;
  call.screen.answer(shown, linesOf(view).join("\n"));
  return 0;
}

async function asked(call: Call): Promise<ExitCode> {
  const requests = await factsAsked(await openSet(await signIn(call), call.at(0)));
  call.screen.answer(
    { requests: requests.map(({ item, at, request: { answerKey: _key, ...request }, answers }) => ({ item, at, request, answers })) },
    requests.length === 0
      ? "You were asked nothing here."
      : requests
          .map(({ item, request, answers }) =>
            [
              `${item}  until ${request.due}, ${answers.length === 0 ? "not answered" : "answered"}`,
              ...request.questions.map(({ number, text }) => `  question ${number}: ${oneLine(text)}`),
              `  ${oneLine(request.asked)}`,
            ].join("\n"),
          )
          .join("\n"),
  );
  return 0;
}

/** A step over the open set; `view` is read just before, so it is the set as it stands that is judged. */
const step =
  (what: string, take: (handle: DossierHandle, call: Call, view: SetView) => Promise<Receipt>) =>
  async (call: Call): Promise<ExitCode> => {
    const handle = await openSet(await signIn(call), call.at(0));
    return acknowledge(call, handle, await take(handle, call, await readSet(handle)), what);
  };

/** A step over the whole that names what was read: another whole now is refused. */
const overWhole = (what: string, take: (handle: DossierHandle, call: Call, view: SetView) => Promise<Receipt>): Command["run"] =>
  step(what, (handle, call, view) => {
    const read = call.text("whole");
    if (read !== null && read !== view.whole)
      throw new CommandError("the answers or the note changed since you read them", "read them again: rugdekking question show");
    return take(handle, call, view);
  });

async function answer(call: Call): Promise<ExitCode> {
  const handle = await openSet(await signIn(call), call.at(0));
  const requests = await factsAsked(handle);
  const named = call.text("request");
  const [request, more] = requests.filter(({ item, answers }) => (named === null ? answers.length === 0 : item === named));
  if (request === undefined || (more !== undefined && named === null))
    throw new CommandError(
      request === undefined ? "there is no such request" : "more than one request is open",
      "name it with --request; see rugdekking question asked",
    );
  const receipt = await answerFacts(handle, request.item, call.choice("outcome", factOutcomes, "answered"), paragraphs(await wordsOf(call)));
  return acknowledge(call, handle, receipt, "Answered");
}

/** The two documents to sign, each with the digest of the file as it is now. */
async function documentsOf(call: Call): Promise<DocumentToSign[]> {
  const files = await attachmentsFrom([call.need("letter"), call.need("note")]);
  return files.map((file, at): DocumentToSign => {
    if (file.capture === undefined) throw new CommandError(`${file.name} could not be digested`, "name the file itself");
    return { what: at === 0 ? "letter" : "note", sha256: digestOfHex(file.capture.sha256), file };
  });
}

const id = "0199b1c4-1111-7222-8333-444455556666";
const row = (name: string, about: string, options: Readonly<Record<string, OptionRule>>, example: string, run: Command["run"], takes = "DOSSIER"): Command => ({
  name: `question ${name}`,
  about,
  takes,
  options: { ...signedIn, ...options },
  example: `rugdekking question ${name} ${example}`,
  run,
});
const question = { question: { value: "NUMBER", about: "number of a question; may be repeated", multiple: true } } as const;
const due = { due: { value: "DAY", about: "last day for it" } } as const;
const words = { words: { value: "TEXT", about: "what is said with it; left out: nothing" } } as const;
const whole = { whole: { value: "DIGEST", about: "digest of the whole you read (question show --json); another one now is refused" } } as const;
const text = (call: Call): string => call.text("words") ?? "";
const maybeDue = (call: Call): { readonly due?: string } => (call.text("due") === null ? {} : { due: dayOf(call, "due") });
const as = "--as demo.beleid@example.nl";

/** Commands of a set, in the order of its road. */
export const questionSetCommands: readonly Command[] = [
  row(
    "open",
    "open a published set for your ministry's desk; it is read here and sealed before it leaves",
    {
      desk: { value: "DESK", about: "your own desk for parliament" },
      ministry: { value: "TEXT", about: "name of the ministry" },
      minister: { value: "TEXT", about: 'who signs, as the letter prints it: "de minister van …"' },
      recess: { value: "EFFECT", about: `what a recess does to the term: ${recessEffects.join(", ")}` },
      "as-it-is": { value: null, about: "also when something in it must be mended" },
    },
    `kv-tk-2021Z17253.html --desk ${id} --ministry BZK --minister "de minister van BZK" ${as}`,
    open,
    "FILE",
  ),
  row("show", "where a set stands: clock, questions, verdicts, and what is missing before each step", {}, `${id} ${as}`, show),
  row(
    "add-ministry",
    "let another ministry sign along; its desk receives the set",
    {
      desk: { value: "DESK", about: "its desk for parliament" },
      name: { value: "TEXT", about: "name of the ministry" },
      minister: { value: "TEXT", about: "who signs for it" },
      ...words,
    },
    `${id} --desk ${id} --name JenV --minister "de minister van JenV" ${as}`,
    step("Added", (handle, call) =>
      addMinistry(handle, { desk: call.need("desk"), name: call.need("name"), minister: call.need("minister"), words: text(call) }),
    ),
  ),
  row(
    "assign",
    "say who answers which questions, and by when; the first time the drafting starts",
    {
      ...question,
      ...due,
      to: { value: "TEXT", about: "name of who answers" },
      person: { value: "PERSON", about: "their id, when they are in a desk here" },
      desk: { value: "DESK", about: "the ministry's desk they write for" },
      ...words,
    },
    `${id} --question 1 --question 2 --to "Demo Beleid" --desk ${id} --due 2027-01-20 ${as}`,
    step("Assigned", (handle, call, view) =>
      assignQuestions(
        handle,
        [
          {
            questions: numbersOf(call),
            person: call.text("person"),
            name: call.need("to"),
            desk: call.text("desk") ?? view.lead.desk,
            due: dayOf(call, "due"),
          },
        ],
        text(call),
      ),
    ),
  ),
  row(
    "ask",
    "ask another desk for facts; it sees the questions it is for and what you ask, never a draft",
    { ...worded, ...question, ...due, desk: { value: "DESK", about: "who is asked" } },
    `${id} --question 2 --desk ${id} --due 2027-01-15 --words "Hoeveel meldingen waren er?" ${as}`,
    step("Asked", async (handle, call, view) =>
      askFacts(handle, view, { desk: call.need("desk"), questions: numbersOf(call), asked: await wordsOf(call), due: dayOf(call, "due") }),
    ),
  ),
  row("asked", "what you were asked for", {}, `${id} --as demo.politie@example.nl`, asked),
  row(
    "answer",
    "answer what you were asked for",
    {
      ...worded,
      request: { value: "ITEM", about: "which request, where there are more" },
      outcome: { value: "OUTCOME", about: `${factOutcomes.join(", ")} (answered)` },
    },
    `${id} --words "Het waren er 12." --as demo.politie@example.nl`,
    answer,
  ),
  row(
    "draft",
    "write the draft of one answer; an empty line starts a paragraph",
    { ...worded, ...question },
    `${id} --question 2 --words "Ja." ${as}`,
    step("Written", async (handle, call) => {
      const [number, ...more] = numbersOf(call);
      if (number === undefined || more.length > 0) throw new CommandError("a draft is of one question", "give --question once");
      return writeDraft(handle, [{ question: number, words: paragraphs(await wordsOf(call)), editor: null }]);
    }),
  ),
  row(
    "write-note",
    "write one part of the decision note",
    {
      ...worded,
      ...question,
      section: { value: "SECTION", about: noteSections.join(", ") },
      heading: { value: "TEXT", about: "another heading than the usual one" },
    },
    `${id} --section occasion --words "De leden vragen naar …" ${as}`,
    step("Written", async (handle, call, view) => {
      const section = call.choice("section", noteSections);
      const questions = numbersOf(call);
      const part = [section, ...questions].join("-");
      const order = view.note.parts.map(({ id: known }) => known);
      return writeNote(
        handle,
        [{ id: part, section, heading: call.text("heading") ?? "", questions, words: paragraphs(await wordsOf(call)), editor: null }],
        order.includes(part) ? order : [...order, part],
      );
    }),
  ),
  row(
    "comment",
    "write a remark, on one answer or on the whole",
    { ...worded, ...question },
    `${id} --question 2 --words "Welke bron?" ${as}`,
    step("Written", async (handle, call) => comment(handle, { text: await wordsOf(call), question: numbersOf(call)[0] ?? null })),
  ),
  row(
    "coordinate",
    "put the drafts before the ministries that sign along",
    { ...words, ...due, ...whole },
    `${id} --due 2027-01-21 ${as}`,
    overWhole("Put before them", (handle, call, view) => coordinate(handle, view, { words: text(call), ...maybeDue(call) })),
  ),
  row(
    "verdict",
    "say for your ministry whether it agrees; it lapses when a word changes afterwards",
    {
      ...question,
      ...whole,
      verdict: { value: "VERDICT", about: verdicts.join(", ") },
      reason: { value: "TEXT", about: "why; needed with object" },
      change: { value: "TEXT", about: "the change, with agree-with-change" },
    },
    `${id} --verdict object --reason "Het cijfer klopt niet." --question 3 --as demo.jenv@example.nl`,
    overWhole("Said", (handle, call, view) => {
      const numbers = numbersOf(call);
      const change = call.text("change");
      return giveVerdict(handle, view, {
        verdict: call.choice("verdict", verdicts),
        reason: call.text("reason") ?? "",
        questions: numbers,
        changes: change === null ? [] : numbers.map((number) => ({ question: number, text: change })),
      });
    }),
  ),
  row(
    "ask-initials",
    "start the route of initials: after coordination, or at once where nobody signs along",
    { ...words, ...due, ...whole },
    `${id} ${as}`,
    overWhole("Asked", (handle, call, view) => askInitials(handle, view, { words: text(call), ...maybeDue(call) })),
  ),
  row(
    "initial",
    "initial the whole; never by who wrote the newest words",
    { ...words, ...whole },
    `${id} ${as}`,
    overWhole("Initialled", (handle, call, view) => initial(handle, view, text(call))),
  ),
  row(
    "present",
    "put letter and note before the minister",
    { ...words, ...whole, desk: { value: "DESK", about: "the minister's desk" } },
    `${id} --desk ${id} ${as}`,
    overWhole("Presented", (handle, call, view) => presentSet(handle, view, { desk: call.need("desk"), words: text(call) })),
  ),
  row(
    "agree",
    "agree as the minister: your signature over what was presented",
    { ...words, ...whole },
    `${id} --as demo.minister@example.nl`,
    overWhole("Agreed", (handle, call, view) => agree(handle, view, text(call))),
  ),
  row(
    "return",
    "return it as the minister, with the reason",
    { ...worded, ...question },
    `${id} --words "Vraag 2 korter." --question 2 --as demo.minister@example.nl`,
    step("Returned", async (handle, call, view) => returnSet(handle, view, { reason: await wordsOf(call), questions: numbersOf(call) })),
  ),
  row(
    "sign",
    "sign letter and note as the minister, each by its digest",
    { ...whole, letter: { value: "FILE", about: "the letter with the answers" }, note: { value: "FILE", about: "the decision note" } },
    `${id} --letter brief.pdf --note nota.pdf --as demo.minister@example.nl`,
    overWhole("Signed", async (handle, call, view) => signSet(handle, view, await documentsOf(call))),
  ),
  row(
    "send",
    "record that it was sent to the Kamer",
    { ...words, on: { value: "DAY", about: "the day" }, reference: { value: "TEXT", about: "reference of the letter" } },
    `${id} --on 2027-01-29 --reference 2027-0000000001 ${as}`,
    step("Recorded", (handle, call, view) => sendSet(handle, view, { on: dayOf(call, "on"), reference: call.need("reference"), words: text(call) })),
  ),
  row(
    "public-version",
    "after the sending: sign for the public version of the note as the second pair of eyes, by its file",
    {
      ...words,
      note: { value: "FILE", about: "the public version as PDF (rugdekking question note --public)" },
      withheld: { value: "TEXT", about: "what was left out of it and on what ground, as WHAT: GROUND; may be given more than once" },
    },
    `${id} --note openbaar.pdf --withheld "Kern: artikel 5.2, eerste lid, Woo" --as demo.tweede@example.nl`,
    step("Signed", async (handle, call, view) => {
      const withheld = call.list("withheld").map((one) => {
        const [, what, ground] = /^([^:]*\S[^:]*):\s*(\S.*)$/u.exec(one) ?? [];
        if (what === undefined || ground === undefined) throw new CommandError(`--withheld ${one} names no ground`, "write it as WHAT: GROUND");
        return { what: what.trim(), ground };
      });
      const sha256 = await digestOf(new Uint8Array(await readFile(call.need("note"))));
      return initialPublic(handle, view, { sha256, parts: [], names: [], mayStand: [], withheld }, text(call));
    }),
  ),
  row(
    "publish",
    "record that it was published: the letter as signed, the note as the second pair of eyes signed for it; never by who initialled",
    {
      ...words,
      on: { value: "DAY", about: "the day (today)" },
      address: { value: "URL", about: "where the letter stands" },
      "note-address": { value: "URL", about: "where the decision note stands" },
      record: { value: "FILE", about: "the publication record, as JSON" },
    },
    `${id} --address https://open.example.nl/1 --note-address https://open.example.nl/2 ${as}`,
    step("Recorded", async (handle, call, view) => {
      const signed = view.signature?.body.documents ?? [];
      const documents = (["letter", "note"] as const).flatMap((what) => {
        const address = call.text(what === "letter" ? "address" : "note-address");
        const document = signed.find((one) => one.what === what);
        // The note is published in its public version, never as it was signed.
        const sha256 = what === "letter" ? document?.sha256 : view.publicVersion?.version.sha256;
        if (address === null || document === undefined || sha256 === undefined) return [];
        return [{ what, documentType: what === "letter" ? "antwoord Kamervragen" : "beslisnota", title: document.name, address, sha256 }];
      });
      if (documents.length === 0) throw new CommandError("there is nothing to record", "give --address, --note-address or both");
      const path = call.text("record");
      const record = path === null ? "" : await readFile(path, "utf8");
      return publishSet(handle, view, {
        on: call.text("on") === null ? dutchDay(new Date()) : dayOf(call, "on"),
        documents,
        record,
        words: text(call),
      });
    }),
  ),
  row(
    "postpone",
    "record that the Speaker was told it takes three weeks longer, with the reasons",
    { ...worded, on: { value: "DAY", about: "the day it was sent" }, reference: { value: "TEXT", about: "reference of the letter" } },
    `${id} --on 2027-01-25 --reference 2027-0000000002 --words "De cijfers komen later." ${as}`,
    step("Recorded", async (handle, call, view) =>
      postpone(handle, view, { on: dayOf(call, "on"), reasons: await wordsOf(call), reference: call.text("reference") ?? "" }),
    ),
  ),
  row(
    "redraft",
    "go back to drafting, or take back what was presented",
    worded,
    `${id} --words "Er zijn nieuwe feiten." ${as}`,
    step("Back to drafting", async (handle, call) => redraft(handle, await wordsOf(call))),
  ),
  row(
    "withdraw",
    "the members withdrew the questions",
    worded,
    `${id} --words "Ingetrokken." ${as}`,
    step("Withdrawn", async (handle, call) => withdrawSet(handle, await wordsOf(call))),
  ),
];
