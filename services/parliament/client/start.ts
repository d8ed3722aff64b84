/** Opens a set: the file as it was read, with a person's mends, sealed to the lead ministry's desk. Screens and the command line call it. */
import type { RecessEffect } from "#registers/answer-term/index.ts";
import type { Session } from "#services/directory/client/index.ts";
import { openNewDossier, prepareDossier, uploadAll, type AttachmentSource, type OpenedDossier, type PreparedDossier } from "#services/dossier/client/index.ts";
import { today } from "#services/dossier/workflow/terms.ts";
import { Problem } from "#services/problem/index.ts";
import { defaultSettings } from "#services/parliament/clock/index.ts";
import type { ReadDossier } from "#services/parliament/contract/dossier.ts";
import type { Mend, Ministry, QuestionSetBody, SetCover } from "#services/parliament/contract/set.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { clockOf } from "./clock.ts";
import { mendedSet } from "./mends.ts";

/** A set to open. */
export interface NewSet {
  readonly read: ReadDossier;
  readonly mends?: readonly Mend[];
  /** Desk of the lead ministry, the opener's own; its roster is verified. */
  readonly desk: string;
  /** Name of the ministry, and who signs for it, as the letter prints them. */
  readonly ministry: Pick<Ministry, "name" | "minister">;
  /** What a recess does to the term in this house; left out: as the register has it. */
  readonly recess?: RecessEffect;
  /** The file it was read from. */
  readonly files?: readonly AttachmentSource[];
  /** Give the same again to go on after a failure. */
  readonly prepared?: PreparedDossier;
}

/** The title a list shows. */
const titleOf = ({ subject, title, reference }: ReturnType<typeof mendedSet>): string =>
  (subject ?? title ?? reference ?? "Schriftelijke vragen").slice(0, 120);

/**
 * Opens the set for the desk: the dossier belongs to the ministry, its key is the desk's, and who opens it acts from then on as any member of that desk.
 * @throws {@link Problem} role-forbidden (not a desk for parliament, or not the opener's), input-malformed (no questions), and the server's codes.
 */
export async function openNewSet(session: Session, given: NewSet): Promise<OpenedDossier & { readonly dossier: string }> {
  const desk = await session.trust.desk(given.desk);
  const member = desk.roster.members.find(({ person }) => person === session.person.person);
  if (desk.function !== "parliament" || member === undefined)
    throw new Problem("role-forbidden", `You are not a member of a desk for parliament under ${desk.name}`, "Choose your own ministry's desk.");
  const mends = given.mends ?? [];
  const set = mendedSet(given.read, mends);
  if (set.questions.length === 0) throw new Problem("input-malformed", "The set has no questions", "Add the questions by hand, or choose another file.");
  const recess = given.recess ?? defaultSettings.recess;
  const prepared = given.prepared ?? prepareDossier();
  const files =
    given.files === undefined || given.files.length === 0
      ? { references: [], notes: [] }
      : await uploadAll(session.connection, { dossier: prepared.dossier, channel: "main" }, given.files, prepared.key);
  const body: QuestionSetBody = {
    version: 1,
    read: given.read,
    mends: [...mends],
    lead: { organisation: desk.organisation, desk: desk.id, name: given.ministry.name, minister: given.ministry.minister },
    recess,
    openedBy: { name: member.name.slice(0, 400), office: member.office.slice(0, 400) },
    attachments: files.notes,
  };
  const clock = clockOf({ received: set.received, postponement: null, answered: null }, today(), recess);
  const cover: SetCover = {
    version: 1,
    title: titleOf(set),
    reference: set.reference?.slice(0, 40) ?? null,
    lead: given.ministry.name.slice(0, 120),
    also: [],
    questions: set.questions.length,
    received: set.received,
    due: clock?.term.due ?? null,
    postponed: false,
    recessUnknown: clock?.term.recessUnknown ?? true,
    steps: [],
  };
  const opened = await openNewDossier(session, prepared, {
    kind: "question-set",
    workflow: questionSet,
    organisation: desk.organisation,
    body,
    cover,
    attachments: files.references,
    grants: [{ role: "policy-desk", desk: desk.id, keys: { scope: "dossier" }, consent: null, until: null }],
  });
  return { ...opened, dossier: prepared.dossier };
}
