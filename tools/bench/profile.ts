/** Adds up a CPU profile of Node: where the time went, by part of the tree or package and by function. Used by the benches; also `node tools/bench/profile.ts FILE.cpuprofile`. */
import { readFileSync } from "node:fs";
import Type from "typebox";
import { Parse } from "typebox/value";

const Profile = Type.Object({
  nodes: Type.Array(
    Type.Object({
      id: Type.Integer(),
      callFrame: Type.Object({ functionName: Type.String(), url: Type.String(), lineNumber: Type.Integer() }),
    }),
  ),
  /** Microseconds of the system's monotonic clock. */
  startTime: Type.Number(),
  samples: Type.Array(Type.Integer()),
  timeDeltas: Type.Array(Type.Number()),
});

/** Share of the time (0..1) by name, largest first. */
export interface Shares {
  /** Share of the recorded time in which the thread was busy. */
  readonly busy: number;
  /** By package or folder of ours, of the busy time. */
  readonly rooms: readonly (readonly [string, number])[];
  /** By function, of the busy time. */
  readonly functions: readonly (readonly [string, number])[];
}

function roomOf(url: string, name: string): string {
  if (name === "(garbage collector)") return "garbage collection";
  if (name === "(program)") return "native code and the system";
  const inside = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (inside !== undefined) return inside;
  const ours = /\/((?:engines|services|apps|registers)\/[^/]+(?:\/[^/.]+)?)/.exec(url)?.[1];
  if (ours !== undefined) return ours;
  return url.startsWith("node:") ? `node:${url.slice(5).split("/").slice(0, 2).join("/")}` : url === "" ? "native code called by script" : url;
}

/** Part of a recording, in microseconds of the monotonic clock (`process.hrtime`), which all processes of a machine share. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Reads a `.cpuprofile`, or the span of it. */
export function sharesOf(path: string, span: Span = { from: 0, until: Infinity }): Shares {
  const profile = Parse(Profile, JSON.parse(readFileSync(path, "utf8")));
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  let whole = 0;
  let busy = 0;
  let at = profile.startTime;
  for (const [place, id] of profile.samples.entries()) {
    const took = Math.max(0, profile.timeDeltas[place] ?? 0);
    at += profile.timeDeltas[place] ?? 0;
    if (at < span.from || at > span.until) continue;
    whole += took;
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === "(idle)") continue;
    busy += took;
    const room = roomOf(frame.url, frame.functionName);
    rooms.set(room, (rooms.get(room) ?? 0) + took);
    const name = `${frame.functionName === "" ? "(anonymous)" : frame.functionName} ${frame.url.split("/").slice(-2).join("/")}:${frame.lineNumber + 1}`;
    functions.set(name, (functions.get(name) ?? 0) + took);
  }
  const ranked = (sums: ReadonlyMap<string, number>): (readonly [string, number])[] =>
    [...sums].toSorted(([, a], [, b]) => b - a).map(([name, took]) => [name, took / busy] as const);
  return { busy: busy / whole, rooms: ranked(rooms), functions: ranked(functions) };
}

/** The shares as two short markdown lists. */
export function describeShares(shares: Shares): string {
  const line = ([name, share]: readonly [string, number]): string => `- ${(share * 100).toFixed(1)} % ${name}`;
  return [
    `Server thread busy ${(shares.busy * 100).toFixed(0)} % of the time. Of that, by part:`,
    "",
    ...shares.rooms.slice(0, 14).map(line),
    "",
    "By function:",
    "",
    ...shares.functions.slice(0, 20).map(line),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error("give the path of a .cpuprofile");
  process.stdout.write(describeShares(sharesOf(path)));
}
