/** `rugdekking question …`: a published set of Kamervragen, its answers or a decision note as one dossier in JSON. Everything happens in this process; nothing leaves the machine. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Call, type Command, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble, localFile } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { MAX_BYTES, readQuestions, troubleWordsEnglish as words } from "#services/parliament/reading/index.ts";

/** One file, or standard input for `-`. @throws {@link CommandError} */
async function bytesOf(call: Call, path: string): Promise<Uint8Array> {
  if (path !== "-") {
    const { size } = await localFile(path);
    if (size > MAX_BYTES) throw new CommandError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MiB`, "name the file of one set");
    try {
      return await readFile(path);
    } catch (error) {
      throw fileTrouble(path, error);
    }
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of call.screen.pipe.input) {
    size += piece.length;
    if (size > MAX_BYTES) throw new CommandError(`standard input is larger than ${MAX_BYTES / 1024 / 1024} MiB`, "give one set");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function read(call: Call): Promise<ExitCode> {
  const path = call.at(0);
  const { dossier, form, text, places, recordPlaces } = await readQuestions({ name: path === "-" ? "" : basename(path), bytes: await bytesOf(call, path) });
  const shown = call.flag("places")
    ? { ...dossier, reading: { form, text, places: form === "json" || form === "xml" ? [...places, ...recordPlaces] : places } }
    : dossier;
  // The dossier is JSON with and without --json: that is what this command is for.
  const json = JSON.stringify(shown, null, 2);
  call.screen.answer(shown, json);
  const sets = [dossier, ...dossier.others];
  for (const { code, place, about } of sets.flatMap(({ troubles }) => troubles))
    call.screen.complain(
      call.flag("json")
        ? JSON.stringify({ code, place, about })
        : oneLine(`rugdekking: ${path === "-" ? "stdin" : path}, ${words.place(place)}: ${words[code](about)} (${code})`),
    );
  const unplaced = sets.reduce((sum, one) => sum + one.unplaced.length, 0);
  if (unplaced > 0) call.screen.note(`${unplaced} ${unplaced === 1 ? "line" : "lines"} could not be placed; see "unplaced"`);
  return sets.some(({ troubles }) => troubles.some(({ weight }) => weight === "wrong")) ? 1 : 0;
}

/** The command of services/parliament/reading. */
export const questionCommands: readonly Command[] = [
  {
    name: "question read",
    about: "read published Kamervragen, answers or a decision note (txt, html, pdf, OData JSON or XML) as one dossier in JSON, on this machine",
    takes: "FILE",
    options: {
      places: { value: null, about: "also give the words as read, and for each stretch of them the field it went to" },
      json: { value: null, about: "tell what is wrong as JSON on stderr (the dossier is JSON in any case)" },
    },
    example: "rugdekking question read kv-tk-2021Z17253.html > dossier.json",
    run: read,
  },
];
