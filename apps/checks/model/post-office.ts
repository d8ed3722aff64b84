/**
 * A model of an honest server among people who are not: whoever has an account signs and sends what they like, in any order, again, too late, for desks they left. What is taken and what is shown is decided by the real
 * code (workflow tables, hand-overs, access, wrapped keys, stated times); whether that was right is decided here anew, from who consented to what and who is in which desk.
 */
import type { ConsentPayload, DossierRole, EntryHeader, EntryKind, GrantPayload } from "#services/dossier/contract/index.ts";
import { accessOf } from "#services/dossier/server/access.ts";
import { judgeGrant } from "#services/dossier/server/hand-overs.ts";
import type { DossierHead, Participant } from "#services/dossier/store/dossiers.ts";
import { consultedKinds, decide, fitsSigner } from "#services/dossier/workflow/enforce.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { Problem } from "#services/problem/index.ts";
import { checkWrappedSet, SealError, type Roster } from "@rugdekking/seal/verify";
import type { Model, Step } from "./explorer.ts";

/** A desk of the model: the function its signed roster names, and its members at first. */
export interface DeskCast {
  readonly function: string;
  readonly members: readonly string[];
}
/** One way to begin, and what may be tried. */
export interface Scene {
  readonly workflow: Workflow;
  readonly owner: string;
  readonly desks: Readonly<Record<string, DeskCast>>;
  /** Hand-overs of the opening. */
  readonly opening: readonly { readonly desk: string; readonly role: DossierRole }[];
  /** Entries written before the model begins, besides the first. */
  readonly before?: { readonly phase: string; readonly entries: readonly Written[]; readonly expert?: { readonly person: string; readonly desk: string } };
  /** Entries anyone may try to write: as which role, for which desk. */
  readonly tries: readonly {
    readonly kind: EntryKind;
    readonly action: string | null;
    readonly role: DossierRole;
    readonly desk: string | null;
    readonly decides?: EntryKind;
  }[];
  /** Hand-overs anyone may try. */
  readonly handOvers: readonly { readonly desk: string; readonly role: DossierRole; readonly scope: "dossier" | "items" }[];
  /** Consents the owner may give: for everything, or for item 1 alone. */
  readonly consents: readonly { readonly desk: string; readonly role: DossierRole; readonly scope: "everything" | "item 1" }[];
  /** Who may be let go, of which desk. */
  readonly leaves?: { readonly person: string; readonly desk: string };
}

interface Written {
  readonly kind: EntryKind;
  readonly person: string;
  readonly role: DossierRole;
  readonly desk: string | null;
}
interface Consent {
  readonly desk: string;
  readonly role: DossierRole;
  readonly scope: "everything" | "item 1";
  /** Hour at which it ends. */
  readonly until: number;
  readonly withdrawn: boolean;
}
interface Handed {
  readonly by: string;
  readonly desk: string;
  readonly role: DossierRole;
  readonly scope: "dossier" | "items";
  readonly items: readonly number[];
  /** Index of the consent it rests on. */
  readonly consent: number | null;
  /** As the server took it down: hour, or null for as long as the dossier lasts. */
  readonly until: number | null;
}
/** Everything that differs between two moments. */
export interface OfficeState {
  readonly hour: number;
  readonly phase: string;
  readonly entries: readonly Written[];
  readonly consents: readonly Consent[];
  readonly handed: readonly Handed[];
  /** Members per epoch, of each desk. */
  readonly rosters: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Who got the key of the last epoch, of each desk. */
  readonly wrapped: Readonly<Record<string, readonly string[]>>;
  /** First promise that a step broke. */
  readonly wrong: string | null;
}

/** What decides in the real house; a mutant lacks one of them. */
export interface OfficeGuards {
  readonly access: typeof accessOf;
  readonly decide: typeof decide;
  readonly fits: typeof fitsSigner;
  readonly judge: typeof judgeGrant;
  readonly wrappedSet: typeof checkWrappedSet;
  /** Members of a desk whose word counts now. */
  readonly members: (epochs: readonly (readonly string[])[]) => readonly string[];
  /** A consent that was withdrawn ends what rests on it. */
  readonly withdrawalEnds: boolean;
  /** Roster and keys of an epoch are written together. */
  readonly together: boolean;
}
export const realOfficeGuards: OfficeGuards = {
  access: accessOf,
  decide,
  fits: fitsSigner,
  judge: judgeGrant,
  wrappedSet: checkWrappedSet,
  members: (epochs) => epochs.at(-1) ?? [],
  withdrawalEnds: true,
  together: true,
};

/** How much is explored. */
export interface OfficeBounds {
  readonly hours: number;
  readonly entries: number;
  readonly handOvers: number;
  readonly consents: number;
}

const began = Date.parse("2026-01-05T09:00:00Z");
const at = (hour: number): Date => new Date(began + hour * 3_600_000);
const ended = 2;

/** The model of one scene within bounds. */
export function officeModel(scene: Scene, guards: OfficeGuards, bounds: OfficeBounds): Model<OfficeState> {
  const { workflow, owner } = scene;
  const people = [...new Set([owner, ...Object.values(scene.desks).flatMap(({ members }) => members)])];
  const factsOf = (state: OfficeState, id: string) => {
    const desk = scene.desks[id];
    return desk === undefined ? undefined : { id, organisation: "gm0000", function: desk.function, epoch: state.rosters[id]?.length ?? 0 };
  };
  const presentIn = (state: OfficeState, desk: string): readonly string[] => state.rosters[desk]?.at(-1) ?? [];
  const memberOf = (state: OfficeState, person: string): ReadonlySet<string> =>
    new Set(Object.keys(scene.desks).filter((desk) => guards.members(state.rosters[desk] ?? []).includes(person)));

  /** The ways in as the store keeps them. */
  function participants(state: OfficeState): Participant[] {
    const ways = state.handed.map((one, place): Participant => ({
      id: `way ${place}`,
      dossier: "dossier",
      role: one.role,
      person: null,
      desk: one.desk,
      deskOrganisation: "gm0000",
      scope: one.scope,
      channel: null,
      items: one.scope === "items" ? one.items.map((item) => `item ${item}`) : null,
      consent: one.consent === null ? null : `consent ${one.consent}`,
      since: at(0),
      until: one.until === null ? null : at(one.until),
    }));
    const person = (role: DossierRole, who: string, desk: string | null): Participant => ({
      id: `${role} in person`,
      dossier: "dossier",
      role,
      person: who,
      desk,
      deskOrganisation: null,
      scope: "dossier",
      channel: null,
      items: null,
      consent: null,
      since: at(0),
      until: null,
    });
    const expert = scene.before?.expert;
    return [...ways, person(workflow.owner, owner, null), ...(expert === undefined ? [] : [person("expert", expert.person, expert.desk)])];
  }

  const head = (state: OfficeState): DossierHead => ({
    organisation: "gm0000",
    id: "dossier",
    kind: workflow.kind,
    owner,
    phase: state.phase,
    urgency: "normal",
    opened: at(0),
    changed: at(state.hour),
    lastSeq: state.entries.length,
    lastHash: "hash",
    stated: at(0),
    cover: null,
    term: null,
  });

  /** What the server shows someone now: numbers of entries whose bodies come along. */
  function shown(state: OfficeState, person: string): number[] {
    try {
      const { filter } = guards.access(workflow, participants(state), person, memberOf(state, person), at(state.hour));
      return state.entries.flatMap(({ kind }, place) => {
        const item = `item ${place + 1}`;
        return filter.bodiesOfKinds === null || filter.bodiesOfKinds.includes(kind) || filter.items.includes(item) ? [place + 1] : [];
      });
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  }

  /** Whether a consent stands now, by what the owner said and nothing else. */
  const stands = (state: OfficeState, number: number): boolean => {
    const one = state.consents[number];
    return one !== undefined && !one.withdrawn && one.until > state.hour;
  };
  /** What someone may be shown, by the promises and nothing else. */
  function mayBeShown(state: OfficeState, person: string): ReadonlySet<number> {
    const all = state.entries.map((_, place) => place + 1);
    if (person === owner) return new Set(all);
    const good = state.handed.filter(({ desk, consent }) => presentIn(state, desk).includes(person) && (consent === null || stands(state, consent)));
    return new Set(good.flatMap(({ scope, items }) => (scope === "dossier" ? all : items)));
  }

  function broken(state: OfficeState): string | null {
    if (state.wrong !== null) return state.wrong;
    for (const person of people) {
      const may = mayBeShown(state, person);
      const wrong = shown(state, person).find((number) => !may.has(number));
      if (wrong === undefined) continue;
      const wasIn = Object.values(state.rosters).some(
        (epochs) => epochs.some((members) => members.includes(person)) && epochs.at(-1)?.includes(person) !== true,
      );
      const what = wasIn
        ? "(b) who was let go"
        : state.consents.some(({ withdrawn, until }) => withdrawn || until <= state.hour)
          ? "(f) after a consent ended or was withdrawn"
          : "(c) beyond what was handed over";
      return `${what} is shown entry ${wrong}: ${person}`;
    }
    for (const [desk, wrapped] of Object.entries(state.wrapped)) {
      const members = presentIn(state, desk);
      if (wrapped.length !== members.length || members.some((one) => !wrapped.includes(one)))
        return `(e) the keys of epoch ${state.rosters[desk]?.length} of ${desk} went to ${wrapped.join(", ") || "nobody"}, its members are ${members.join(", ")}`;
    }
    return null;
  }

  const reference = (number: number) => ({ item: `item ${number}`, digest: `digest ${number}`, size: 1 });
  const headerOf = (state: OfficeState, person: string, one: Scene["tries"][number]): EntryHeader => {
    const subject = one.decides === undefined ? 0 : state.entries.findLastIndex(({ kind }) => kind === one.decides) + 1;
    return {
      dossier: "dossier",
      seq: state.entries.length + 1,
      previous: "hash",
      kind: one.kind,
      action: one.action,
      author: { person, role: one.role, desk: one.desk },
      at: at(state.hour).toISOString(),
      ...(subject === 0 ? {} : { decides: reference(subject) }),
      body: reference(state.entries.length + 1),
      attachments: [],
    };
  };
  /** The step, or null when the server refuses it. */
  function unlessRefused<T>(make: () => T): T | null {
    try {
      return make();
    } catch (error) {
      if (error instanceof Problem || error instanceof SealError) return null;
      throw error;
    }
  }

  /** As submission.ts takes an entry: way in, signer, table. */
  function write(state: OfficeState, person: string, one: Scene["tries"][number]): OfficeState | null {
    return unlessRefused(() => {
      const now = at(state.hour);
      const header = headerOf(state, person, one);
      const access = guards.access(workflow, participants(state), person, memberOf(state, person), now);
      const desk = one.desk === null ? null : (factsOf(state, one.desk) ?? null);
      if (!guards.fits(one.role, desk)) throw new Problem("role-forbidden", "nobody signs so", "Sign otherwise.");
      const ways = access.ways.filter(({ role, desk: through }) => role === one.role && through === one.desk);
      const asked = new Set(consultedKinds(workflow, state.phase, one.action, one.kind));
      const entries = state.entries.flatMap(({ kind, person: author }, place) =>
        asked.has(kind) ? [{ seq: place + 1, kind, author, desk: null, body: reference(place + 1) }] : [],
      );
      const decision = guards.decide(
        workflow,
        { phase: state.phase, urgency: "normal", desks: [], entries },
        header,
        ways.map(({ role }) => role),
        now,
      );
      let wrong: string | null = null;
      if (person === owner && one.role !== workflow.owner) wrong = `(g) ${person} acts as ${one.role} in their own case: ${one.action ?? one.kind}`;
      const subject = one.decides === undefined ? undefined : state.entries.findLast(({ kind }) => kind === one.decides);
      if (wrong === null && ["adopt", "return", "decide-local", "decide-nominate", "decide-basic"].includes(one.action ?? "") && subject?.person === person)
        wrong = `(g) ${person} decides on what they wrote: ${one.action}`;
      if (wrong === null && one.desk !== null && !presentIn(state, one.desk).includes(person)) wrong = `(b) ${person} signs for ${one.desk} after they left it`;
      const written: Written = { kind: one.kind, person, role: one.role, desk: one.desk };
      return { ...state, phase: decision.phase, entries: [...state.entries, written], wrong };
    });
  }

  /** As submission.ts takes a hand-over along with an entry. */
  function hand(state: OfficeState, person: string, plan: Scene["handOvers"][number], consent: number | null, epoch: number): OfficeState | null {
    return unlessRefused(() => {
      const now = at(state.hour);
      const access = guards.access(workflow, participants(state), person, memberOf(state, person), now);
      const payload: GrantPayload = {
        grant: `grant ${state.handed.length}`,
        dossier: "dossier",
        role: plan.role,
        to: { desk: plan.desk, epoch },
        by: person,
        keys: plan.scope === "dossier" ? { scope: "dossier", digest: "digest" } : { scope: "items", items: [{ item: "item 1", digest: "digest" }] },
        consent: consent === null ? null : `consent ${consent}`,
        until: null,
        at: now.toISOString(),
      };
      const consents = new Map(
        state.consents.map((one, place) => {
          const scope: ConsentPayload["scope"] = one.scope === "everything" ? { everything: true } : { items: ["item 1"] };
          const given: ConsentPayload = {
            consent: `consent ${place}`,
            dossier: "dossier",
            by: owner,
            to: { desk: one.desk, role: one.role },
            purpose: "consultation",
            scope,
            until: at(one.until).toISOString(),
            at: at(0).toISOString(),
          };
          return [`consent ${place}`, { hash: `consent ${place}`, payload: given, withdrawn: one.withdrawn ? at(0) : null }];
        }),
      );
      const desks = new Map(Object.keys(scene.desks).flatMap((id) => [factsOf(state, id)].flatMap((one) => (one === undefined ? [] : [[id, one] as const]))));
      const kindOfItem = new Map(state.entries.map(({ kind }, place) => [`item ${place + 1}`, kind] as const));
      const statement = { payloadType: "model", payload: "", signatures: [] };
      const grant = guards.judge(
        { workflow, head: head(state), granter: person, roles: access.wholeRoles, opening: false, desks, consents, kindOfItem, at: now },
        { payload, hash: payload.grant, statement, sealed: {} },
        0,
      );
      let wrong: string | null = null;
      const given = consent === null ? undefined : state.consents[consent];
      const covered =
        given !== undefined &&
        stands(state, consent ?? -1) &&
        given.desk === plan.desk &&
        given.role === plan.role &&
        (given.scope === "everything" || plan.scope === "items");
      const needless =
        workflow.consentAlways !== true &&
        (person === owner || workflow.handOvers.some(({ to, scope, consent: needs }) => to === plan.role && scope === plan.scope && !needs));
      if (consent === null ? !needless : !covered) wrong = `(f) keys are handed to ${plan.desk} without a consent that stands and covers them`;
      if (epoch !== state.rosters[plan.desk]?.length) wrong = `(b) keys are handed to epoch ${epoch} of ${plan.desk}, which is over`;
      const handed: Handed = {
        by: person,
        desk: plan.desk,
        role: plan.role,
        scope: plan.scope,
        items: plan.scope === "items" ? [1] : [],
        consent,
        until: grant.until === null ? null : (grant.until.getTime() - began) / 3_600_000,
      };
      return { ...state, handed: [...state.handed, handed], wrong };
    });
  }

  /** A lead's proposal of the next epoch of a desk, with keys for these people. */
  function rotate(state: OfficeState, desk: string, members: readonly string[], wrapped: readonly string[]): Step<OfficeState>[] {
    const label = `a lead proposes epoch ${(state.rosters[desk]?.length ?? 0) + 1} of ${desk} for ${members.join(", ")}, with keys for ${wrapped.join(", ")}`;
    const roster: Roster = {
      desk,
      organisation: "gm0000",
      name: desk,
      function: scene.desks[desk]?.function ?? "",
      epoch: (state.rosters[desk]?.length ?? 0) + 1,
      previous: null,
      epochPublicKey: "",
      members: members.map((person) => ({ person, name: person, office: "model", lead: true, sealPublicKey: "", signPublicKey: "" })),
      at: at(state.hour).toISOString(),
      by: "model",
    };
    const taken =
      unlessRefused(() =>
        guards.wrappedSet(
          roster,
          wrapped.map((person) => ({ person })),
        ),
      ) !== null;
    if (!taken) return [];
    const rosters = { ...state.rosters, [desk]: [...(state.rosters[desk] ?? []), members] };
    // Without a transaction a crash may come between the two.
    const cut = guards.together ? [] : [{ label: `${label}; the server stops halfway`, state: { ...state, rosters } }];
    return [{ label, state: { ...state, rosters, wrapped: { ...state.wrapped, [desk]: wrapped } } }, ...cut];
  }

  async function next(state: OfficeState): Promise<Step<OfficeState>[]> {
    const steps: Step<OfficeState>[] = [];
    const put = (label: string, after: OfficeState | null): void => void (after === null || steps.push({ label, state: after }));
    if (state.hour < bounds.hours) put("an hour passes", { ...state, hour: state.hour + 1 });
    if (state.entries.length < bounds.entries)
      for (const person of people)
        for (const one of scene.tries)
          put(`${person} writes ${one.action ?? one.kind} as ${one.role}${one.desk === null ? "" : ` for ${one.desk}`}`, write(state, person, one));
    if (state.consents.length < bounds.consents)
      for (const { desk, role, scope } of scene.consents)
        put(`${owner} consents to ${desk} as ${role}, ${scope}`, {
          ...state,
          consents: [...state.consents, { desk, role, scope, until: ended, withdrawn: false }],
        });
    for (const [number, one] of state.consents.entries()) {
      if (one.withdrawn) continue;
      const consents = state.consents.map((each, place) => (place === number ? { ...each, withdrawn: true } : each));
      const handed = state.handed.map((each) =>
        guards.withdrawalEnds && each.consent === number ? { ...each, until: Math.min(each.until ?? state.hour, state.hour) } : each,
      );
      put(`${owner} withdraws consent ${number}`, { ...state, consents, handed });
    }
    if (state.handed.length < scene.opening.length + bounds.handOvers)
      for (const person of people)
        for (const plan of scene.handOvers)
          for (const consent of [null, ...state.consents.keys()]) {
            const present = state.rosters[plan.desk]?.length ?? 0;
            for (const epoch of new Set([1, present]))
              put(
                `${person} hands ${plan.scope === "dossier" ? "the dossier" : "item 1"} to epoch ${epoch} of ${plan.desk} as ${plan.role}, ${consent === null ? "without consent" : `under consent ${consent}`}`,
                hand(state, person, plan, consent, epoch),
              );
          }
    const { leaves } = scene;
    if (leaves !== undefined && (state.rosters[leaves.desk]?.length ?? 0) < 2) {
      const members = presentIn(state, leaves.desk);
      const stay = members.filter((one) => one !== leaves.person);
      for (const wrapped of [stay, members, stay.slice(1), [...stay, ...stay.slice(0, 1)], [...stay.slice(1), leaves.person]])
        steps.push(...rotate(state, leaves.desk, stay, wrapped));
    }
    return steps;
  }

  const first: Written = { kind: workflow.start.entry, person: owner, role: workflow.owner, desk: null };
  return {
    start: {
      hour: 0,
      phase: scene.before?.phase ?? workflow.start.phase,
      entries: [first, ...(scene.before?.entries ?? [])],
      consents: [],
      handed: scene.opening.map(({ desk, role }) => ({ by: owner, desk, role, scope: "dossier", items: [], consent: null, until: null })),
      rosters: Object.fromEntries(Object.entries(scene.desks).map(([id, { members }]) => [id, [members]])),
      wrapped: Object.fromEntries(Object.entries(scene.desks).map(([id, { members }]) => [id, members])),
      wrong: null,
    },
    next,
    spell: (state) => JSON.stringify(state),
    broken,
  };
}
