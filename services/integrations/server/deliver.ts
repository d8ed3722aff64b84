/**
 * Empties the outbox to the systems outside, with patience. A job that apps/server starts once per process; several servers may run it at once.
 *
 * [Note: Deliveries] A change is claimed for two minutes, delivered, and only then taken out: whoever is killed half-way leaves a claim that ends by itself, and the change is delivered again under the same id.
 * So every message arrives at least once, and of one dossier in order. What fails waits ten seconds, then twice as long each time, four hours at most, with chance in it; after 28 tries, some three days, it is
 * given up and shown by `rugdekking doctor`. A start of the house tries what was given up anew: settings are read at a start, so that is when something was mended.
 */
import {
  claimOutgoing,
  countOutgoing,
  postponeOutgoing,
  reviveOutgoing,
  settleOutgoing,
  type OutgoingClaim,
  type OutgoingCount,
} from "#services/dossier/store/outgoing.ts";
import type { Outside } from "#services/dossier/server/index.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import type { DeliveryStatus } from "#services/integrations/contract/index.ts";
import type { Database } from "#services/storage/index.ts";
import { DeliveryFailure } from "./failure.ts";
import { requestTimeout } from "./outbound.ts";
import { pointerOf } from "./pointer.ts";
import type { Destination } from "./settings.ts";
import { deliverWebhook } from "./webhooks.ts";
import { deliverZaak } from "./zaken.ts";

/** Milliseconds a claim lasts: longer than the most requests one delivery makes (seven), each at its slowest. */
export const claimTime = 12 * requestTimeout;
/** Tries before a change is given up. */
export const mostAttempts = 28;

/**
 * Milliseconds until the next try.
 * @param attempts tries so far; @param chance from 0 up to 1; @param wait seconds the other side asked for.
 */
export function backOff(attempts: number, chance: number, wait: number | null): number {
  const patience = Math.min(4 * 3_600_000, 10_000 * 2 ** (attempts - 1)) * (0.75 + chance / 2);
  return Math.round(Math.max(patience, Math.min(wait ?? 0, 86_400) * 1_000));
}

/** What the job works with. */
export interface Deliveries {
  readonly db: Database;
  readonly destinations: readonly Destination[];
  readonly workflows: Workflows;
  readonly clock: () => Date;
  /** This house's key for pointers, 32 bytes. */
  readonly key: Uint8Array;
  /** Address of this house. */
  readonly origin: string;
  /** The house stops: break off what runs and begin nothing new. */
  readonly stopping?: AbortSignal;
  /** Told of failures that are none of {@link DeliveryFailure}; never told a content. */
  readonly onError: (error: unknown) => void;
}

/** What one round did. */
export interface DeliveryRound {
  readonly delivered: number;
  readonly failed: number;
}

/** How dossiers know the destinations: see [Note: Who is told outside]. */
export function outsideOf(destinations: readonly Destination[], key: Uint8Array): Outside {
  return {
    destinationsOf: (organisation, kind) => destinations.filter((one) => one.organisation === organisation && one.kinds.includes(kind)).map(({ name }) => name),
    pointerOf: (organisation, dossier) => pointerOf(key, organisation, dossier),
  };
}

async function deliver(deliveries: Deliveries, destination: Destination, claim: OutgoingClaim): Promise<DeliveryFailure | null> {
  const tools = { ...deliveries, pointerOf: (organisation: string, dossier: string) => pointerOf(deliveries.key, organisation, dossier) };
  try {
    if (destination.type === "zaken") await deliverZaak(tools, destination, claim);
    else await deliverWebhook(tools, destination, claim);
    return null;
  } catch (error) {
    if (error instanceof DeliveryFailure) return error;
    deliveries.onError(error);
    return new DeliveryFailure("unforeseen");
  }
}

/** One destination until nothing is due, or until it seems away. */
async function drain(deliveries: Deliveries, destination: Destination): Promise<DeliveryRound> {
  const { db, clock } = deliveries;
  let [delivered, failed] = [0, 0];
  for (;;) {
    if (deliveries.stopping?.aborted === true) return { delivered, failed };
    const at = clock();
    const claim = await claimOutgoing(db, destination, at, new Date(at.getTime() + claimTime));
    if (claim === null) return { delivered, failed };
    const failure = await deliver(deliveries, destination, claim);
    if (failure === null) {
      await settleOutgoing(db, claim, clock());
      delivered += 1;
      continue;
    }
    failed += 1;
    const now = clock();
    const next = new Date(now.getTime() + backOff(claim.attempts, Math.random(), failure.wait));
    await postponeOutgoing(db, claim, now, claim.attempts >= mostAttempts ? null : next, failure.message);
    if (failure.away) return { delivered, failed };
  }
}

const sumOf = (rounds: readonly DeliveryRound[]): DeliveryRound => ({
  delivered: rounds.reduce((sum, one) => sum + one.delivered, 0),
  failed: rounds.reduce((sum, one) => sum + one.failed, 0),
});

/** One round over all destinations, side by side; resolves when the slowest is done. */
export async function deliverRound(deliveries: Deliveries): Promise<DeliveryRound> {
  return sumOf(await Promise.all(deliveries.destinations.map(async (destination) => await drain(deliveries, destination))));
}

/** Gives what was given up its tries back; for a start of the house. @returns how many changes. */
export async function tryAnew({ db, destinations, clock }: Deliveries): Promise<number> {
  let revived = 0;
  for (const destination of destinations) revived += await reviveOutgoing(db, destination, clock());
  return revived;
}

function statusOf(name: string, configured: boolean, counts: readonly OutgoingCount[]): DeliveryStatus["destinations"][number] {
  const [oldest] = counts.map(({ oldest: one }) => one).toSorted((a, b) => a.getTime() - b.getTime());
  return {
    name,
    configured,
    waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
    dead: counts.reduce((sum, { dead }) => sum + dead, 0),
    oldest: oldest?.toISOString() ?? null,
    problem: counts.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

/** What waits and what was given up, per destination of the settings, and of what waits for a name, organisation or kind that the settings no longer have together. */
export async function deliveryStatus({ db, destinations, clock }: Deliveries): Promise<DeliveryStatus> {
  const counts = await countOutgoing(db);
  const isOf = (count: OutgoingCount, { name, organisation, kinds }: Destination): boolean =>
    count.destination === name && count.organisation === organisation && kinds.includes(count.kind);
  const strays = counts.filter((count) => !destinations.some((one) => isOf(count, one)));
  return {
    at: clock().toISOString(),
    destinations: [
      ...destinations.map((one) =>
        statusOf(
          one.name,
          true,
          counts.filter((count) => isOf(count, one)),
        ),
      ),
      ...[...Map.groupBy(strays, ({ destination }) => destination)].map(([name, all]) => statusOf(name, false, all)),
    ],
  };
}

/** A running job. */
export interface RunningDeliveries {
  /** One round now, after what runs. */
  round(): Promise<DeliveryRound>;
  /** Has every destination looked at where none runs, without waiting for one that is slow. */
  wake(): void;
  stop(): Promise<void>;
}

/** The rounds of one destination, one after the other. */
interface Line {
  /** Another round, after the one that runs. */
  round(): Promise<DeliveryRound>;
  /** A round unless one runs; null then. */
  roundIfIdle(): Promise<DeliveryRound> | null;
  /** Resolves when none runs. */
  ended(): Promise<void>;
}

function lineOf(work: Deliveries, destination: Destination, ready: Promise<unknown>): Line {
  let last: Promise<unknown> = ready;
  let running = 0;
  const round = async (): Promise<DeliveryRound> => {
    running += 1;
    const next = last.catch(() => null).then(async () => await drain(work, destination));
    last = next.catch(() => null);
    try {
      return await next;
    } finally {
      running -= 1;
    }
  };
  return { round, roundIfIdle: () => (running > 0 ? null : round()), ended: async () => void (await last.catch(() => null)) };
}

/**
 * Starts the job.
 *
 * [Note: A line for each destination] Each has a line of its own: one that is slow, or has thousands waiting, keeps itself busy and no other waiting. Nothing piles up behind it, since the timer starts a round only
 * where none runs.
 * @param said told after every round, and while one lasts, what waits; @param everySeconds 0 for no timer.
 */
export function startDeliveries(deliveries: Deliveries, said: (status: DeliveryStatus) => Promise<void>, everySeconds = 10): RunningDeliveries {
  const stopping = new AbortController();
  const work = { ...deliveries, stopping: stopping.signal };
  const revived = tryAnew(work);
  revived.catch(deliveries.onError);
  const lines = deliveries.destinations.map((destination) => lineOf(work, destination, revived));
  // One word at a time: it is written to one file. One that waits for its turn will say what is true by then, so a second behind it would say it twice.
  let word: Promise<void> = Promise.resolve();
  let waits = false;
  const say = async (): Promise<void> => {
    if (!waits) {
      waits = true;
      word = word
        .catch(() => undefined)
        .then(async () => {
          waits = false;
          await said(await deliveryStatus(work));
        });
    }
    await word;
  };
  const begin = (): void => {
    for (const line of lines) void line.roundIfIdle()?.then(say).catch(deliveries.onError);
    void say().catch(deliveries.onError);
  };
  const timer = everySeconds === 0 ? null : setInterval(begin, everySeconds * 1_000);
  timer?.unref();
  return {
    wake: begin,
    round: async () => {
      await revived.catch(() => 0);
      const done = sumOf(await Promise.all(lines.map(async (line) => await line.round())));
      await say();
      return done;
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      stopping.abort();
      await Promise.all([revived.catch(() => 0), ...lines.map(async (line) => await line.ended())]);
      await word.catch(() => undefined);
    },
  };
}
