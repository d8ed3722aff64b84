/** What may go along with a signal: the items of the person's own reports and scans, one by one, each with a few words of what it is. Only the raise page uses it. */
import Type from "typebox";
import { Check } from "typebox/value";
import type { Session } from "#services/directory/client/index.ts";
import { AttachmentNote, OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { DossierView } from "#services/dossier/contract/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import { writeMoment, type Language } from "#services/interface/index.ts";

/** One thing that may go along. */
export interface Item {
  readonly item: string;
  readonly words: string;
  /** The person's first words in that dossier: chosen beforehand when the signal starts there. */
  readonly first: boolean;
}

/** An opened dossier with what is in it. */
export interface Source {
  readonly handle: DossierHandle;
  readonly title: string;
  readonly items: readonly Item[];
}

/** Fields of a first entry that a signal starts with, whatever kind of dossier it is in. */
const Told = Type.Object({
  name: Type.Optional(Type.String()),
  reporterName: Type.Optional(Type.String()),
  function: Type.Optional(Type.Union([OfficeFunction, Type.Null()])),
  target: Type.Optional(Type.Enum(["self", "family", "both"])),
});

const WithFiles = Type.Object({ attachments: Type.Array(AttachmentNote) });

/** The person's own reports and scans, newest first. @throws Problem unavailable. */
export async function ownDossiers(session: Session): Promise<DossierView[]> {
  const { listDossiers } = await import("#services/dossier/client/index.ts");
  return (await listDossiers(session)).filter(({ kind }) => kind === "report" || kind === "scan").toSorted((a, b) => b.opened.localeCompare(a.opened));
}

/** Opens one of them and lists what may go along. @throws Problem not-found, chain and key codes. */
export async function openSource(session: Session, id: string, language: Language): Promise<Source> {
  const [kinds, { openDossier }] = await Promise.all([loadKinds(), import("#services/dossier/client/index.ts")]);
  const handle = await openDossier(session, id, kinds.workflows);
  const screens = kinds.of(handle.kind);
  const items: Item[] = [];
  for (const { entry, reference, body } of handle.items()) {
    if (!entry.readable || entry.header.kind === "referral" || entry.header.kind === "timestamp") continue;
    const kind = screens?.entryName(entry.header.kind, language) ?? entry.header.kind;
    if (body) items.push({ item: reference.item, words: `${kind}, ${writeMoment(language, entry.header.at)}`, first: entry.seq === 1 });
    else items.push({ item: reference.item, words: (await fileName(handle, entry, reference.item)) ?? kind, first: false });
  }
  return { handle, title: screens?.title[language] ?? handle.kind, items };
}

/** The name a file had, from the words it was sent with; null when those are not readable here. */
async function fileName(handle: DossierHandle, entry: DossierHandle["entries"][number], item: string): Promise<string | null> {
  try {
    const { attachments } = await handle.readBody(entry, WithFiles);
    return attachments.find((note) => note.item === item)?.name ?? null;
  } catch {
    return null;
  }
}

/** What the first entry tells of the person. */
export async function toldIn(handle: DossierHandle): Promise<Type.Static<typeof Told>> {
  const [first] = handle.entries;
  if (first === undefined || !first.readable) return {};
  const body: unknown = await handle.readBody(first, Type.Unknown());
  return Check(Told, body) ? body : {};
}
