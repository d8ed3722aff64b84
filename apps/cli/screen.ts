/** Where a command writes: answers on stdout (prose or JSON), progress and errors on stderr. The only file of the command line that prints. */
import { once } from "node:events";
import { fstatSync, fsyncSync } from "node:fs";
import { Readable } from "node:stream";

/**
 * What a terminal would obey or hide instead of showing: control characters (both the seven- and the eight-bit ones: one byte 9b starts a sequence too),
 * marks that turn the direction of text around, and separators some terminals break lines at. Words of a dossier, names in a roster and a server's errors
 * are written by others, and a title with an escape sequence must not clear the screen, write the clipboard or hide what follows.
 */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for here
const active = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const escaped = (mark: string): string => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

/** Text of others as one harmless line: what is not to be shown stands there as `\u001b`. */
export const oneLine = (text: string): string => text.replace(active, escaped);

/** The same for text of several lines, which keeps its line breaks and tabs. */
const harmless = (text: string): string => text.replace(active, (mark) => (mark === "\n" || mark === "\t" ? mark : escaped(mark)));

/** One command's output. */
export interface Screen {
  /** Gives the answer: `value` with --json, `prose` without. Call once per command. */
  answer(value: unknown, prose: string): void;
  /** Whether the answer was given; an error then goes to stderr only, so that stdout stays one JSON document. */
  readonly answered: boolean;
  /** A line for people only, on stderr; left out with --json. */
  note(line: string): void;
  /** One line on stderr about something wrong, with --json too. */
  complain(line: string): void;
  /** A progress bar on stderr: only on a terminal, or with RUGDEKKING_PROGRESS=1, or when `asked` for. */
  progress(label: string, asked?: boolean): Progress;
  /** Standard input and output as bytes, for a command that passes a stream through; what it writes is its answer. */
  readonly pipe: Pipe;
}

/** Bytes in, bytes out. */
export interface Pipe {
  readonly input: AsyncIterable<Uint8Array>;
  /** Bytes the input holds, when that is known. */
  readonly size: number | null;
  /** Resolves when the reader keeps up. The bytes are not copied: do not change them afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written would outlast a power cut, as far as it goes to a file. */
  settle(): Promise<void>;
}

/** A running bar; `done` and `total` in bytes, unless `words` say what is counted; a total that is not known is Infinity. */
export interface Progress {
  at(done: number, total: number, words?: string): void;
  end(): void;
}

/** Streams a screen writes to; tests bring their own. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly bar: boolean;
  /** Without it the input is empty, and bytes that are written go to `out`. */
  readonly pipe?: Pipe;
}

/** Size of standard input when it is a file. */
function inputSize(): number | null {
  try {
    const stat = fstatSync(0);
    return stat.isFile() ? stat.size : null;
  } catch {
    return null;
  }
}

/** Makes durable what went to standard output, when it is a file: a pipe or terminal has nothing to wait for. */
function settleOutput(): void {
  try {
    if (fstatSync(1).isFile()) fsyncSync(1);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "EINVAL" || error.code === "ENOTSUP" || error.code === "EBADF")) return;
    throw error;
  }
}

/** Those of this process. Standard input is not touched before someone reads it. When who reads standard output has enough, the program ends, and that is no error. */
export function standardStreams(): Streams {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    bar: process.stderr.isTTY || process.env["RUGDEKKING_PROGRESS"] === "1",
    pipe: {
      get input() {
        return process.stdin;
      },
      size: inputSize(),
      write: async (bytes) => {
        if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
      },
      settle: async () => settleOutput(),
    },
  };
}

const BAR = 24;
const units = ["B", "kB", "MB", "GB", "TB"];

/** `1536000` -> `1.5 MB` (decimal units). */
export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? "B"}`;
}

/** The screen of one call. */
export function screenOn(streams: Streams, json: boolean): Screen {
  let answered = false;
  const pipe = streams.pipe ?? {
    input: Readable.from([]),
    size: 0,
    write: async (bytes: Uint8Array) => streams.out(new TextDecoder().decode(bytes)),
    settle: async () => {},
  };
  return {
    get answered() {
      return answered;
    },
    answer(value, prose) {
      answered = true;
      // In JSON the same spelling is JSON's own, so that what is read back is what was written.
      streams.out(json ? `${harmless(JSON.stringify(value, null, 2))}\n` : harmless(prose.endsWith("\n") ? prose : `${prose}\n`));
    },
    note: (line) => {
      if (!json) streams.err(`${harmless(line)}\n`);
    },
    complain: (line) => streams.err(`${harmless(line)}\n`),
    pipe: {
      get input() {
        return pipe.input;
      },
      size: pipe.size,
      write: async (bytes) => {
        answered = true;
        await pipe.write(bytes);
      },
      settle: () => pipe.settle(),
    },
    progress(label, asked = false) {
      let shown = 0;
      let drawn = false;
      return {
        at(done, total, words = humanBytes(done)) {
          const now = Date.now();
          if ((!streams.bar && !asked) || (now - shown < 100 && done < total)) return;
          shown = now;
          drawn = true;
          const part = total === 0 ? 1 : Math.min(1, done / total);
          const filled = Math.round(part * BAR);
          streams.err(`\r${label} [${"#".repeat(filled)}${".".repeat(BAR - filled)}] ${String(Math.round(part * 100)).padStart(3)}% ${words}   `);
        },
        end() {
          if (drawn) streams.err("\n");
        },
      };
    },
  };
}
