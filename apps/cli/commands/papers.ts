/** `rugdekking scan paper`: the documents of a scan as tagged PDF, set on this machine by the native compiler, which refuses what breaks PDF/UA-1. */
import type { PaperToSet } from "#services/dossier/client/index.ts";
import { readFile } from "node:fs/promises";
import { loadPaperFiles, PaperError, renderPaper, type PaperCompiler, type TemplateName } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { openNamed } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { writeStream } from "#apps/cli/files.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { adoptionPaper, advicePaper, explanationPaper, provisionPaper } from "#services/scanning/client/papers/index.ts";

/** A document by the word a person types. */
const kinds = ["advies", "verstrekking", "uitleg", "verklaring"] as const;
type Kind = (typeof kinds)[number];
const isKind = (word: string): word is Kind => kinds.some((kind) => kind === word);

interface Made {
  readonly pdf: Uint8Array;
  readonly leftOut: readonly string[];
}

function set<N extends TemplateName>(compiler: PaperCompiler, { template, data, assets, leftOut }: PaperToSet<N>): Made {
  return { pdf: renderPaper(compiler, template, data, assets), leftOut };
}

async function make(handle: DossierHandle, kind: Kind): Promise<Made> {
  const compiler = nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url))));
  switch (kind) {
    case "advies":
      return set(compiler, await advicePaper(handle));
    case "verstrekking":
      return set(compiler, await provisionPaper(handle));
    case "uitleg":
      return set(compiler, await explanationPaper(handle));
    case "verklaring":
      return set(compiler, await adoptionPaper(handle));
  }
}

async function paper(call: Call): Promise<ExitCode> {
  const kind = call.need("kind");
  const out = call.need("out");
  if (!isKind(kind)) throw new CommandError(`there is no document ${JSON.stringify(kind)}`, `take one of ${kinds.join(", ")}`);
  const { handle } = await openNamed(call);
  let made: Made;
  try {
    made = await make(handle, kind);
  } catch (error) {
    if (error instanceof PaperError) throw new CommandError(`${kind}: ${error.message}`, "mend what it names, then try again");
    throw error;
  }
  await writeStream(out, new Blob([new Uint8Array(made.pdf)]).stream());
  const { leftOut } = made;
  call.screen.answer(
    { out, kind, bytes: made.pdf.byteLength, leftOut },
    `Wrote ${out}: ${kind}, ${made.pdf.byteLength} bytes, tagged PDF (PDF/UA-1).${leftOut.length === 0 ? "" : ` Not in it, because a document cannot hold them: ${leftOut.length} photos.`}`,
  );
  return 0;
}

/** Documents of a scan. */
export const paperCommands: readonly Command[] = [
  {
    name: "scan paper",
    about: "make a document of the scan: tagged PDF, on this machine",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      kind: { value: "KIND", about: kinds.join(", ") },
      out: { value: "FILE", about: "new file ending in .pdf" },
    },
    example:
      "rugdekking scan paper 0199b1c4-1111-7222-8333-444455556666 --kind advies --out advies.pdf --as demo.wethouder@example.nl --passphrase-file wachtzin.txt",
    run: paper,
  },
];
