/**
 * The public version of a set's decision note, made of the dossier: whose names are looked for, what was chosen to stay inside, and the list of what was left out. Whoever makes it and whoever publishes it use this
 * same function, so that the same choices give the same file. Called by the forms beside it.
 */
import { readAnchorUnverified } from "#services/directory/screens/session.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { PublicVersion } from "#services/parliament/contract/set.ts";
import type { SetView } from "#services/parliament/client/index.ts";
import type { DecisionNoteDraft, PublicNote, StandingWords } from "#services/parliament/documents/index.ts";
import { noteOf } from "#services/parliament/screens/work/papers.ts";
import type { Messages } from "./nl.ts";

/** What someone chose. */
export type Choices = Pick<PublicVersion, "parts" | "names" | "mayStand">;
/** A public version with what was left out. */
export interface Made {
  readonly note: PublicNote;
  readonly withheld: PublicVersion["withheld"];
  /** The different words that were left out or may stand, as they were found. */
  readonly found: readonly string[];
}

/** Site printed with cited figures. */
export const settings = (): { readonly site: string | null } => ({ site: location.origin.startsWith("https:") ? location.origin : null });

const short = (text: string): string => text.slice(0, 400);

/** Everyone who worked on the set, by the dossier and by the rosters of the ministries' desks; not the minister, whose name is public. @throws Problem when a desk cannot be read */
export async function officialsOf(handle: DossierHandle, view: SetView): Promise<string[]> {
  const desks = await Promise.all(
    [view.lead.desk, ...view.also.map(({ ministry }) => ministry.desk)].map(async (desk) => await handle.session.trust.desk(desk)),
  );
  const names = [
    ...desks.flatMap(({ roster }) => roster.members.map(({ name }) => name)),
    ...view.entries.filter(({ author }) => author.role !== "minister").map(({ by }) => by.name),
    ...view.questions.flatMap(({ owner }) => owner?.name ?? []),
  ];
  return [...new Set(names.map(short).filter((name) => /\S/u.test(name)))].toSorted().slice(0, 500);
}

/** Who wrote the newest words, and so may not be the second pair of eyes. */
export const writersOf = ({ entries }: SetView): readonly string[] =>
  (["draft", "note"] as const).flatMap((kind) => entries.findLast(({ content }) => content?.kind === kind)?.author.person ?? []);

function draftOf(view: SetView, { parts, names }: Choices, demonstration: boolean): DecisionNoteDraft {
  const draft = noteOf(view, { signing: false, demonstration });
  return {
    ...draft,
    officials: names.map((name) => ({ role: "author" as const, name, mail: null, phone: null, initialled: null })),
    sections: draft.sections.map((section, at) => {
      const ground = parts.find(({ part }) => part === view.note.parts[at]?.id)?.ground;
      return ground === undefined ? section : { ...section, withheld: { ground } };
    }),
  };
}

/** What was left out, part by part and words by where they stood; never the words themselves. */
function withheldOf(draft: DecisionNoteDraft, leftOut: readonly StandingWords[], m: Messages): PublicVersion["withheld"] {
  const ground = Object.keys(m.grounds).find((one) => one.includes("onder e")) ?? "";
  const places = leftOut.map(({ path }) => draft.sections[Number(/^\/sections\/(\d+)/u.exec(path)?.[1] ?? -1)]?.heading ?? m.head);
  return [
    ...draft.sections.flatMap(({ heading, withheld }) => (withheld === null ? [] : [{ what: short(m.withheldPart(heading)), ground: withheld.ground }])),
    ...[...new Set(places)].map((place) => ({ what: short(m.withheldWords(places.filter((one) => one === place).length, place)), ground })),
  ];
}

/**
 * Makes it. The list of what was left out is in Dutch, as the record is.
 * @param eyes names of who wrote the note and of who looks it over
 * @throws PublicNoteError when both are one, or a name still stands
 */
export async function makePublic(view: SetView, choices: Choices, checkedBy: string, m: Messages): Promise<Made> {
  const { publicNote } = await import("#services/parliament/documents/index.ts");
  const demonstration = (await readAnchorUnverified())?.demonstration === true;
  const draft = draftOf(view, choices, demonstration);
  const madeBy = view.entries.findLast(({ content }) => content?.kind === "note")?.by.name ?? "";
  const note = publicNote(draft, { madeBy, checkedBy, mayStand: choices.mayStand, leaveOut: true });
  return {
    note,
    withheld: withheldOf(draft, note.leftOut, m),
    found: [...new Set([...note.leftOut.map(({ found }) => short(found.trim())), ...choices.mayStand])].toSorted(),
  };
}
