/** Where the kinds of dossier meet the dossier page: each service registers its table, its words and how it shows an entry; the page knows no service by name. */
import type { ComponentType } from "preact";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { DossierKind, EntryKind } from "#services/dossier/contract/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import type { IconName, Language } from "#services/interface/index.ts";

/** What one entry or action component is given. */
export interface EntryProps {
  readonly handle: DossierHandle;
  readonly entry: DossierEntry;
}
/** What the actions of a kind are given; `onChange` draws the dossier again. */
export interface ActionProps {
  readonly handle: DossierHandle;
  readonly onChange: () => void;
}

/** What a section at the foot of a dossier is given, whatever its kind. */
export interface FootProps {
  readonly handle: DossierHandle;
}

/** Everything the page must know of a kind. */
export interface KindScreens {
  readonly kind: DossierKind;
  readonly workflow: Workflow;
  readonly title: Readonly<Record<Language, string>>;
  /** A phase in plain words: what happens now, said to the person whose dossier it is (`mine`) or to a desk. */
  readonly phase: (phase: string, language: Language, mine: boolean) => string;
  readonly entryName: (kind: EntryKind, language: Language) => string;
  /** Icon of an entry in the story; a message bubble or group of people when left out. */
  readonly entryIcon?: (kind: EntryKind) => IconName;
  /** Takes back all that was consented to for one desk, where that is more than one consent of this dossier. */
  readonly revoke?: (handle: DossierHandle, desk: string) => Promise<unknown>;
  readonly Entry: ComponentType<EntryProps>;
  readonly Actions: ComponentType<ActionProps>;
}

const kinds = new Map<DossierKind, KindScreens>();
const feet: ComponentType<FootProps>[] = [];
let loader: () => Promise<unknown> = async () => undefined;

/** Adds a section at the foot of every dossier; called by a service's `screens/register.tsx` when it loads. */
export const registerFoot = (Foot: ComponentType<FootProps>): unknown => feet.push(Foot);

/** Sections at the foot of a dossier; complete once the kinds were loaded. */
export const dossierFeet = (): readonly ComponentType<FootProps>[] => feet;

/** Called by each service's `screens/register.tsx` when it loads. */
export function registerKind(screens: KindScreens): void {
  kinds.set(screens.kind, screens);
}

/** Called once by apps/web: how the registrations are loaded, so that they stay out of the first script. */
export function setKindLoader(load: () => Promise<unknown>): void {
  loader = load;
}

/** The registered kinds, loaded when first asked for. */
export async function loadKinds(): Promise<{ readonly workflows: Partial<Workflows>; of(kind: DossierKind): KindScreens | undefined }> {
  await loader();
  return { workflows: Object.fromEntries([...kinds].map(([kind, { workflow }]) => [kind, workflow])), of: (kind) => kinds.get(kind) };
}
