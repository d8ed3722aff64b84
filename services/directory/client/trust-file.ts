/** Keeps pins in a JSON file, so that the command line remembers which keys it has seen. Imported by apps/cli only (needs the file system). */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import Type, { type Static } from "typebox";
import { TrustAnchor } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { parseAnswer } from "./connection.ts";
import { ChainPin, DeskPin, type TrustStore } from "./trust.ts";

const Pins = Type.Object(
  {
    anchors: Type.Record(Type.String(), TrustAnchor),
    desks: Type.Record(Type.String(), DeskPin),
    /** Left out in files of before there were any. */
    chains: Type.Optional(Type.Record(Type.String(), ChainPin)),
  },
  { additionalProperties: false },
);
type Pins = Static<typeof Pins>;

async function readPins(path: string): Promise<Pins> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { anchors: {}, desks: {} };
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("input-malformed", `${path} is not JSON`, "Restore it from a backup; removing it makes this device forget which keys it trusted.");
  }
  return parseAnswer(Pins, value, path);
}

/**
 * Pins in one file, written whole and renamed into place. Writers inside one process take turns.
 * @throws {@link Problem} input-malformed on use, when the file is damaged: a damaged pin is not the same as no pin.
 */
export function fileTrustStore(path: string): TrustStore {
  let turn: Promise<unknown> = Promise.resolve();
  const change = (edit: (pins: Pins) => Pins): Promise<void> => {
    const next = turn.then(async () => {
      const pins = edit(await readPins(path));
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${process.pid}.new`;
      await writeFile(draft, `${JSON.stringify(pins, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, path);
    });
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    readAnchor: async (origin) => (await readPins(path)).anchors[origin] ?? null,
    writeAnchor: (origin, anchor) => change((pins) => ({ ...pins, anchors: { ...pins.anchors, [origin]: anchor } })),
    readDesk: async (origin, desk) => (await readPins(path)).desks[`${origin} ${desk}`] ?? null,
    writeDesk: (origin, desk, pin) => change((pins) => ({ ...pins, desks: { ...pins.desks, [`${origin} ${desk}`]: pin } })),
    readChain: async (origin, name) => (await readPins(path)).chains?.[`${origin} ${name}`] ?? null,
    writeChain: (origin, name, pin) => change((pins) => ({ ...pins, chains: { ...pins.chains, [`${origin} ${name}`]: pin } })),
  };
}
