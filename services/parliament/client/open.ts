/** Opens a set for whoever works on it, and a request for facts for whoever was asked. Screens and the command line call it. */
import { rostersInForce } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import type { Session } from "#services/directory/client/index.ts";
import { openDossier, type DossierEntry, type DossierHandle } from "#services/dossier/client/index.ts";
import { today } from "#services/dossier/workflow/terms.ts";
import { Problem } from "#services/problem/index.ts";
import {
  FactRequestBody,
  QuestionSetBody,
  setBodies,
  type FactAnswerBody,
  type SetContent,
  type SetKind,
  type SignedBy,
} from "#services/parliament/contract/set.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { viewOfSet, type Given, type OpenedEntry, type SetView } from "./view.ts";

/** Opens a set; see `openDossier`. Requests for facts among it open their answers too. @throws {@link Problem} not-found for a dossier of another kind. */
export async function openSet(session: Session, id: string): Promise<DossierHandle> {
  const handle = await openDossier(session, id, { "question-set": questionSet });
  await learnAnswers(handle);
  return handle;
}

/** Who holds single items finds the key of an answer in the request; who holds the dossier key needs none. */
async function learnAnswers(handle: DossierHandle): Promise<void> {
  if (handle.keys.dossierKey !== null) return;
  for (const entry of handle.entries) {
    if (entry.header.kind !== "fact-request" || !entry.readable) continue;
    const { answerKey } = await handle.readBody(entry, FactRequestBody);
    handle.learnAnswerKey(entry.header.body.item, base64urlnopad.decode(answerKey));
  }
}

const isSetKind = (kind: string): kind is SetKind => Object.hasOwn(setBodies, kind);

/** Body of one entry with its kind. Written out, so that each kind keeps its own type. */
async function contentOf(kind: SetKind, handle: DossierHandle, entry: DossierEntry): Promise<SetContent> {
  switch (kind) {
    case "question-set":
      return { kind, body: await handle.readBody(entry, setBodies["question-set"]) };
    case "mend":
      return { kind, body: await handle.readBody(entry, setBodies.mend) };
    case "co-signing":
      return { kind, body: await handle.readBody(entry, setBodies["co-signing"]) };
    case "assignment":
      return { kind, body: await handle.readBody(entry, setBodies.assignment) };
    case "fact-request":
      return { kind, body: await handle.readBody(entry, setBodies["fact-request"]) };
    case "fact-answer":
      return { kind, body: await handle.readBody(entry, setBodies["fact-answer"]) };
    case "draft":
      return { kind, body: await handle.readBody(entry, setBodies.draft) };
    case "note":
      return { kind, body: await handle.readBody(entry, setBodies.note) };
    case "comment":
      return { kind, body: await handle.readBody(entry, setBodies.comment) };
    case "submission":
      return { kind, body: await handle.readBody(entry, setBodies.submission) };
    case "verdict":
      return { kind, body: await handle.readBody(entry, setBodies.verdict) };
    case "initial":
      return { kind, body: await handle.readBody(entry, setBodies.initial) };
    case "presentation":
      return { kind, body: await handle.readBody(entry, setBodies.presentation) };
    case "decision":
      return { kind, body: await handle.readBody(entry, setBodies.decision) };
    case "return":
      return { kind, body: await handle.readBody(entry, setBodies.return) };
    case "signature":
      return { kind, body: await handle.readBody(entry, setBodies.signature) };
    case "sending":
      return { kind, body: await handle.readBody(entry, setBodies.sending) };
    case "publication":
      return { kind, body: await handle.readBody(entry, setBodies.publication) };
    case "postponement":
      return { kind, body: await handle.readBody(entry, setBodies.postponement) };
    case "message":
      return { kind, body: await handle.readBody(entry, setBodies.message) };
    case "withdrawal":
      return { kind, body: await handle.readBody(entry, setBodies.withdrawal) };
  }
}

/**
 * The member who opened the set, by the roster of the lead ministry's desk at that time: the first entry is signed by a person without a desk, so its key counts only when that roster has it.
 * @throws {@link Problem} signature-invalid when no roster named them: someone else made this set
 */
async function openerOf(handle: DossierHandle, entry: DossierEntry): Promise<SignedBy> {
  const { lead } = await handle.readBody(entry, QuestionSetBody);
  const desk = await handle.session.trust.desk(lead.desk);
  const rosters = rostersInForce(
    desk.history.map(({ roster }) => roster),
    entry.header.at,
  );
  const member = rosters
    .flatMap(({ members }) => members)
    .findLast(({ person, signPublicKey }) => person === entry.header.author.person && signPublicKey === entry.signPublicKey);
  if (member === undefined || desk.function !== "parliament")
    throw new Problem("signature-invalid", "Who opened this set was not a member of the desk it names", "Do not rely on it; tell whoever runs this server.");
  return { name: member.name.slice(0, 400), office: member.office.slice(0, 400) };
}

/** Opens every entry the reader holds a key to, oldest first. @throws {@link Problem} digest-mismatch, input-malformed, signature-invalid. */
export async function openEntries(handle: DossierHandle): Promise<OpenedEntry[]> {
  return Promise.all(
    handle.entries.map(async (entry): Promise<OpenedEntry> => {
      const { header } = entry;
      const { kind } = header;
      if (!isSetKind(kind))
        throw new Problem("input-malformed", `An entry of kind ${kind} does not belong in a set of questions`, "Tell whoever runs this server.");
      const content = entry.readable ? await contentOf(kind, handle, entry) : null;
      const by = entry.author ?? (content?.kind === "question-set" ? await openerOf(handle, entry) : { name: "", office: "" });
      return {
        seq: entry.seq,
        at: header.at,
        received: entry.received,
        author: header.author,
        by: { name: by.name.slice(0, 400), office: by.office.slice(0, 400) },
        action: header.action,
        item: header.body,
        answers: header.answers ?? null,
        content,
      };
    }),
  );
}

/** The set as it stands now, for a reader of the whole. @param given today as a Dutch calendar day (left out: by this device's clock), another register of recesses */
export async function readSet(handle: DossierHandle, given: Partial<Omit<Given, "phase">> = {}): Promise<SetView> {
  if (handle.keys.dossierKey === null)
    throw new Problem("role-forbidden", "You were asked for facts and hold that request alone", "Read what was asked with factsAsked.");
  return viewOfSet(await openEntries(handle), { ...given, phase: handle.view.phase, today: given.today ?? today() });
}

/** A request for facts as whoever was asked sees it: the question and what is asked, never the drafts. */
export interface AskedFacts {
  /** What the answer names. */
  readonly item: string;
  readonly at: string;
  readonly request: FactRequestBody;
  readonly answers: readonly { readonly at: string; readonly by: SignedBy; readonly body: FactAnswerBody }[];
}

/** The requests this reader was handed, oldest first, with what was answered. @throws {@link Problem} digest-mismatch, input-malformed. */
export async function factsAsked(handle: DossierHandle): Promise<AskedFacts[]> {
  const entries = await openEntries(handle);
  return entries.flatMap(({ item, at, content }) =>
    content?.kind !== "fact-request"
      ? []
      : [
          {
            item: item.item,
            at,
            request: content.body,
            answers: entries.flatMap((one) =>
              one.content?.kind === "fact-answer" && one.answers === item.item ? [{ at: one.at, by: one.by, body: one.content.body }] : [],
            ),
          },
        ],
  );
}
