/** Asks witnesses to cosign the log's head (c2sp.org/tlog-witness) and keeps what they answer. Beside the sequencer, on a clock of its own: a witness that is away delays nobody. */
import { readFile } from "node:fs/promises";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import {
  addCosignatures,
  checkQuorum,
  formatAddCheckpoint,
  LedgerError,
  openTree,
  parseCheckpoint,
  parseNote,
  parseWitnessKey,
  type NoteVerifier,
} from "@rugdekking/ledger";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";
import { keepCosigned, readCheckpoint, readCosigned, storedTiles } from "#services/ledger/store/index.ts";

const WitnessFile = Type.Object(
  {
    quorum: Type.Integer({ minimum: 0, maximum: 20 }),
    witnesses: Type.Array(Type.Object({ key: Type.String({ maxLength: 300 }), url: Type.String({ maxLength: 500 }) }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 20,
    }),
  },
  { additionalProperties: false },
);
/** Whom to ask, and how many of them clients are told to demand. */
export type WitnessSettings = Static<typeof WitnessFile>;

/**
 * Reads the file of witnesses: `{"quorum": 1, "witnesses": [{"key": "…", "url": "https://…"}]}`.
 * @throws Problem `input-malformed` naming the file and what is wrong.
 */
export async function readWitnesses(path: string): Promise<WitnessSettings> {
  const refuse = (what: string): Problem =>
    new Problem(
      "input-malformed",
      `${path} ${what}`,
      'It holds {"quorum": 1, "witnesses": [{"key": "name+hash+base64 as rugdekking witness key shows it", "url": "https://…"}]}.',
    );
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw refuse("cannot be read as JSON");
  }
  if (!Check(WitnessFile, value)) throw refuse("is no file of witnesses");
  if (value.quorum > value.witnesses.length) throw refuse("asks for more cosignatures than it names witnesses");
  for (const { url } of value.witnesses) {
    const protocol = URL.parse(url)?.protocol;
    if (protocol !== "https:" && protocol !== "http:") throw refuse(`names ${JSON.stringify(url)}, which is no http(s) address`);
  }
  try {
    // A note without a signature line does not exist; what is asked here is whether the keys are keys, and different ones.
    await checkQuorum("x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x AAAAAAA=\n", {
      witnesses: value.witnesses.map(({ key }) => parseWitnessKey(key)),
      quorum: 0,
    });
  } catch (error) {
    if (error instanceof LedgerError) throw refuse(`names a key that is none, or one twice: ${error.message}`);
    throw error;
  }
  return value;
}

/** How one asking went, for the operator: names the witness and nothing else. */
export interface WitnessTrouble {
  readonly witness: string;
  /** `away`: no answer in time, or a refusal that may pass. `refused`: it holds a larger or another tree than this database: the log was rolled back, or somebody else signs with its key. `wrong`: it answered with no valid cosignature. */
  readonly what: "away" | "refused" | "wrong";
}

/** What the round runs on. */
export interface WitnessingOptions {
  readonly db: Database;
  readonly settings: WitnessSettings;
  /** Seconds between looks at the head; 0 asks only when {@link Witnessing.round} is called. */
  readonly everySeconds: number;
  /** Milliseconds a witness may take; 10,000. */
  readonly timeout?: number;
  readonly onTrouble?: (trouble: WitnessTrouble) => void;
}

/** A running round. */
export interface Witnessing {
  /** Asks now. @returns how many cosigned the head that was there. */
  round(): Promise<number>;
  stop(): Promise<void>;
}

/** An unchanged head is cosigned anew after this long, so that its times stay fresh and a silent log can be told from a frozen view. Milliseconds. */
const anewAfter = 60 * 60 * 1000;
/** A cosignature is 150 bytes. */
const mostCharacters = 16 * 1024;

interface Asked {
  readonly name: string;
  readonly key: NoteVerifier;
  readonly url: string;
  /** Size it cosigned last, as far as known; it tells when we are wrong. */
  size: number;
}

/** Starts asking. */
export function startWitnessing({ db, settings, everySeconds, timeout = 10_000, onTrouble = () => undefined }: WitnessingOptions): Witnessing {
  const asked: Asked[] = settings.witnesses.map(({ key, url }) => {
    const verifier = parseWitnessKey(key);
    return { name: verifier.name, key: verifier, url: `${url.replace(/\/+$/u, "")}/add-checkpoint`, size: 0 };
  });
  let last = { text: "", whole: false, at: 0 };

  const send = async (one: Asked, head: { readonly signed: string; readonly size: number }): Promise<{ status: number; text: string }> => {
    const proof = one.size === 0 ? [] : await openTree(head.size, storedTiles(db)).consistencyProof(one.size);
    const answer = await fetch(one.url, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: formatAddCheckpoint({ oldSize: one.size, proof, checkpoint: head.signed }),
      signal: AbortSignal.timeout(timeout),
    });
    return { status: answer.status, text: await shortText(answer) };
  };
  /** Signature lines of one witness, or what was the matter. It may say once which size it holds. */
  const ask = async (one: Asked, head: { readonly signed: string; readonly size: number }): Promise<{ readonly lines: string } | WitnessTrouble["what"]> => {
    let answer = await send(one, head);
    const held = /^(\d{1,16})\n$/u.exec(answer.text)?.[1];
    if (answer.status === 409 && held !== undefined && Number(held) !== one.size) {
      if (Number(held) > head.size) return "refused";
      one.size = Number(held);
      answer = await send(one, head);
    }
    if (answer.status === 200) return { lines: answer.text };
    return answer.status === 409 || answer.status === 422 ? "refused" : "away";
  };
  const lineOf = async (one: Asked, head: { readonly signed: string; readonly size: number }): Promise<string> => {
    let what: WitnessTrouble["what"] = "away";
    try {
      const answer = await ask(one, head);
      if (typeof answer === "object") {
        const [cosignature] = (await addCosignatures(head.signed, answer.lines, [one.key])).cosignatures;
        if (cosignature !== undefined) {
          one.size = head.size;
          return cosignature.line;
        }
        what = "wrong";
      } else what = answer;
    } catch (error) {
      if (error instanceof LedgerError) what = "wrong";
    }
    onTrouble({ witness: one.name, what });
    return "";
  };
  const round = async (): Promise<number> => {
    const signed = await readCheckpoint(db);
    if (signed === null) return 0;
    const { text } = parseNote(signed);
    const head = { signed, size: parseCheckpoint(text).size };
    const lines = await Promise.all(asked.map(async (one) => await lineOf(one, head)));
    const kept = await readCosigned(db);
    // Another server may have heard a witness that is away for this one.
    const base = kept !== null && parseNote(kept).text === text ? kept : signed;
    const merged = await addCosignatures(
      base,
      lines.join(""),
      asked.map(({ key }) => key),
    );
    const whole = merged.cosignatures.length;
    if (whole >= Math.max(1, settings.quorum)) await keepCosigned(db, merged.signed);
    last = { text, whole: lines.every((line) => line !== ""), at: Date.now() };
    return whole;
  };
  let running: Promise<number> | null = null;
  const once = (): Promise<number> => (running ??= round().finally(() => (running = null)));
  /** Only when there is something to ask: a new head, a witness that was away (once a minute), or an hour gone by. */
  const look = async (): Promise<void> => {
    if (running !== null) return;
    const signed = await readCheckpoint(db);
    if (signed === null) return;
    const age = Date.now() - last.at;
    if (parseNote(signed).text === last.text && age < (last.whole ? anewAfter : 60_000)) return;
    await once();
  };
  const timer = everySeconds === 0 ? null : setInterval(() => void look().catch(() => undefined), everySeconds * 1000);
  timer?.unref();
  return {
    round: once,
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      await running?.catch(() => 0);
    },
  };
}

async function shortText(answer: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > mostCharacters) throw new LedgerError("note-malformed", "A witness answered more than any cosignature holds.");
  }
  return text;
}
