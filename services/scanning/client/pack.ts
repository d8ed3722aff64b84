/** Everything of a scan that an adviser needs at a kitchen table without a connection, read from the verified dossier in one piece. Called by the visit pages, which keep it sealed on the device. */
import Type, { type Static } from "typebox";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import { AppointmentBody, Finding, LocalId, RequestBody, VisitAnswers, VisitBody } from "#services/scanning/contract/index.ts";
import { newestVersion, openSet, QuestionError } from "#services/scanning/questions/index.ts";
import { newestInRound, presentRound, requestOf } from "./round.ts";

/** A visit that was sent before, as far as the next one builds on it. */
const EarlierVisit = Type.Object(
  {
    /** Number of its entry in the dossier. */
    seq: Type.Integer({ minimum: 1 }),
    on: Type.String({ maxLength: 40 }),
    by: Type.String({ maxLength: 400 }),
    findings: Type.Array(Finding),
    answers: Type.Union([VisitAnswers, Type.Null()]),
  },
  { additionalProperties: false },
);

/** What goes along on the road. */
export const VisitPack = Type.Object(
  {
    version: Type.Literal(1),
    dossier: Uuid,
    phase: Type.String({ maxLength: 40 }),
    /** Whether the reader may record a visit in this phase. */
    may: Type.Boolean(),
    /** Newest entry that was read: what is noted from here on builds on it. */
    lastSeq: Type.Integer({ minimum: 1 }),
    /** When the server took in that entry: a device clock before this one cannot be right. */
    latest: Moment,
    request: Type.Union([RequestBody, Type.Null()]),
    appointment: Type.Union([AppointmentBody, Type.Null()]),
    /** Question set a visit is begun with: that of the visits before, so that answers can be laid upon each other. */
    set: LocalId,
    setVersion: Type.Integer({ minimum: 1 }),
    visits: Type.Array(EarlierVisit),
    /** Who can read the dossier, in one sentence and as a list, in the words of the screen that made the pack. */
    lock: Type.Object(
      {
        sentence: Type.String(),
        readers: Type.Array(Type.Object({ who: Type.String(), reason: Type.String(), since: Type.Optional(Type.String()) }, { additionalProperties: false })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
/** What goes along on the road. */
export type VisitPack = Static<typeof VisitPack>;

/** The only set there is so far. */
const visitSet = "veilig-wonen";

/** Who can read, as a screen words it. */
export interface LockWords {
  readonly sentence: string;
  readonly readers: readonly { readonly who: string; readonly reason: string; readonly since?: string | undefined }[];
}

const packedLock = ({ sentence, readers }: LockWords): VisitPack["lock"] => ({
  sentence,
  readers: readers.map(({ who, reason, since }) => (since === undefined ? { who, reason } : { who, reason, since })),
});

/** The same pack with who can read said anew, in the language of now. */
export const withLock = (pack: VisitPack, lock: LockWords): VisitPack => ({ ...pack, lock: packedLock(lock) });

/** Packs an opened scan. @throws {@link Problem} role-forbidden (the reader does not hold the dossier), input-malformed. */
export async function packVisit(handle: DossierHandle, lock: LockWords): Promise<VisitPack> {
  const { view, workflow } = handle;
  const last = handle.entries.at(-1);
  const appointment = newestInRound(handle, "appointment");
  const entries = presentRound(handle).filter(({ header, readable }) => header.kind === "visit" && readable);
  const visits = await Promise.all(
    entries.map(async (entry) => {
      const { on, findings, answers } = await handle.readBody(entry, VisitBody);
      return { seq: entry.seq, on, by: entry.author?.name ?? "", findings, answers: answers ?? null };
    }),
  );
  const before = visits.findLast(({ answers }) => answers !== null)?.answers ?? null;
  return {
    version: 1,
    dossier: handle.id,
    phase: view.phase,
    may: view.actions.includes("visit") || mayWrite(workflow, view, "visit"),
    lastSeq: last?.seq ?? 1,
    latest: last?.received ?? view.opened,
    request: await requestOf(handle),
    appointment: appointment === null ? null : await handle.readBody(appointment, AppointmentBody),
    ...(await versionFor(before)),
    visits,
    lock: packedLock(lock),
  };
}

/** The version of the visits before when this app knows it, else the newest. */
async function versionFor(before: VisitAnswers | null): Promise<Pick<VisitPack, "set" | "setVersion">> {
  const newest = { set: visitSet, setVersion: newestVersion(visitSet) };
  if (before === null) return newest;
  try {
    await openSet(before.set, before.setVersion);
    return { set: before.set, setVersion: before.setVersion };
  } catch (error) {
    if (error instanceof QuestionError) return newest;
    throw error;
  }
}
