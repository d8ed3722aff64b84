/** `rugdekking import`: what a person has (mails, chats, archives of platforms, screenshots) as messages, one JSON object a line, for `rugdekking triage`. Everything happens in this process; nothing leaves the machine. */
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { MAX_NAME_UNITS } from "@rugdekking/triage/message";
import { type Call, type Command, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble, isFileError, localFile } from "#apps/cli/files.ts";
import { codeOf, writeAgain } from "#apps/cli/plain-files.ts";
import { oneLine, type Pipe } from "#apps/cli/screen.ts";
import {
  type Broken,
  type ImportCursor,
  type ImportedItem,
  importFiles,
  type ImportFile,
  importWordsEnglish as words,
  parseCursor,
} from "#services/reporting/import/index.ts";

/** Lines are written this many characters at once. */
const BATCH = 64 * 1024;
const splits = ["whole", "blank-lines", "lines"] as const;
const encoder = new TextEncoder();

/** The files as given. `-` is standard input. @throws {@link CommandError} */
async function filesOf(call: Call): Promise<ImportFile[]> {
  const files: ImportFile[] = [];
  for (const path of call.positionals) {
    if (path === "-") {
      const { input, size } = call.screen.pipe;
      files.push({ name: "stdin", stream: streamOf(input), size });
      continue;
    }
    await localFile(path);
    try {
      files.push({ name: basename(path), blob: await openAsBlob(path) });
    } catch (error) {
      throw fileTrouble(path, error);
    }
  }
  return files;
}

function streamOf(input: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = input[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await pieces.next();
        if (step.done === true) controller.close();
        else controller.enqueue(step.value);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Where an import goes on, when the file is there. @throws {@link CommandError} when it holds something else. */
async function cursorIn(path: string | null): Promise<ImportCursor | null> {
  if (path === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    if (isFileError(error)) throw fileTrouble(path, error);
    value = null;
  }
  const cursor = parseCursor(value);
  if (cursor === null) throw new CommandError(`${path} is not a cursor of rugdekking import`, "name a file that is not there yet, or the one an import wrote");
  return cursor;
}

/** The cursor is kept no more often than this, in milliseconds, and at the end: each time waits for the disk twice. */
const KEEP_EVERY = 500;

/** A message as triage reads it; with `full` also where it stands and what came with it. */
function lineOf({ id, text, at, author, channel, ...rest }: ImportedItem, full: boolean): string {
  const line = {
    id,
    text,
    ...(at === null ? {} : { at: at.iso }),
    ...(author === null ? {} : { author: author.slice(0, MAX_NAME_UNITS) }),
    channel,
  };
  return `${JSON.stringify(full ? { ...line, ...rest, when: at } : line)}\n`;
}

/** Says what was skipped, where and why; never what someone wrote. */
function complaint({ code, data, place, scope }: Broken, json: boolean): string {
  if (json) return JSON.stringify({ code, data, place, scope });
  const skipped = { item: "skipped", entry: "not opened", file: "not read (further)" }[scope];
  return oneLine(`rugdekking: ${words.place(place.file, place.entry, place.number)}: ${skipped}: ${words.trouble[code](data)} (${code})`);
}

/** Lines on their way out, and the cursor behind the last of them. */
class Output {
  readonly #pipe: Pipe;
  readonly #cursorFile: string | null;
  #lines: string[] = [];
  #length = 0;
  #cursor: ImportCursor | null = null;
  #keptAt = performance.now();

  constructor(pipe: Pipe, cursorFile: string | null) {
    this.#pipe = pipe;
    this.#cursorFile = cursorFile;
  }

  async add(line: string, cursor: ImportCursor): Promise<void> {
    this.#lines.push(line);
    this.#length += line.length;
    this.#cursor = cursor;
    if (this.#length >= BATCH) await this.flush();
  }

  /** First the lines, then the cursor, also on the disk: cut off between the two, lines come again with the same ids, and none is lost. */
  async flush(last = false): Promise<void> {
    const text = this.#lines.join("");
    this.#lines = [];
    this.#length = 0;
    if (text !== "") await this.#pipe.write(encoder.encode(text));
    if (this.#cursorFile === null || this.#cursor === null || (!last && performance.now() - this.#keptAt < KEEP_EVERY)) return;
    await this.#pipe.settle();
    await writeAgain(this.#cursorFile, `${JSON.stringify(this.#cursor)}\n`);
    this.#cursor = null;
    this.#keptAt = performance.now();
  }
}

async function importAll(call: Call): Promise<ExitCode> {
  const files = await filesOf(call);
  const cursorFile = call.text("cursor");
  const cursor = await cursorIn(cursorFile);
  const split = call.choice("split", splits, "whole");
  const [full, notices, json] = [call.flag("full"), call.flag("notices"), call.flag("json")];
  const stop = new AbortController();
  const interrupted = (): void =>
    stop.abort(new CommandError("import was interrupted", cursorFile === null ? "start it again" : "start it again with the same --cursor to go on", 2));
  process.once("SIGINT", interrupted);
  const bar = call.screen.progress("import", call.flag("progress"));
  const output = new Output(call.screen.pipe, cursorFile);
  const count = { messages: 0, notices: 0, skipped: 0 };
  try {
    for await (const event of importFiles(files, { cursor, split, signal: stop.signal, progress: (read, total) => bar.at(read, total) })) {
      if (event.kind === "broken") {
        count.skipped++;
        await output.add("", event.cursor);
        call.screen.complain(complaint(event.broken, json));
      } else if (event.item.role === "notice" && !notices) {
        count.notices++;
        await output.add("", event.cursor);
      } else {
        count.messages++;
        await output.add(lineOf(event.item, full), event.cursor);
      }
    }
  } finally {
    process.off("SIGINT", interrupted);
    await output.flush(true);
    bar.end();
  }
  call.screen.note(
    `${count.messages} messages${count.notices === 0 ? "" : `, ${count.notices} notices of the platform left out`}${count.skipped === 0 ? "" : `, ${count.skipped} skipped`}`,
  );
  return count.skipped === 0 ? 0 : 1;
}

/** The command of services/reporting/import. */
export const importCommands: readonly Command[] = [
  {
    name: "import",
    about: "read mails, chats, archives of platforms and files as messages: JSON lines on stdout, on this machine",
    takes: "FILE...",
    options: {
      cursor: { value: "PATH", about: "keep in this file how far the import is, and go on from there when it exists" },
      split: { value: "HOW", about: `how text that is no chat is cut: ${splits.join(", ")} (default whole)` },
      notices: { value: null, about: "also give what the platform says (someone was added, the name was changed)" },
      full: { value: null, about: "also give where each message stands, its attachments and what is known about its time" },
      json: { value: null, about: "tell what was skipped as JSON on stderr (messages are JSON lines in any case)" },
      progress: { value: null, about: "draw a bar on stderr" },
    },
    example: "rugdekking import whatsapp.zip archief.mbox --progress > messages.jsonl",
    run: importAll,
  },
];
