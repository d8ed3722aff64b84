/** `rugdekking release check`: is the web app that a server hands out the one its log names, and the one the public source gives. */
import { readText } from "#apps/cli/files.ts";
import { type Call, type Command, CommandError, connected, type ExitCode } from "#apps/cli/command.ts";
import { visit } from "#apps/cli/visitor.ts";
import { readBundle } from "#apps/server/bundle.ts";
import { LedgerError, parseProof } from "@rugdekking/ledger";
import { followLog } from "#services/ledger/client/index.ts";
import { checkRelease, listsOfWorker, type ReleasedFile, sha256Of } from "#services/ledger/client/release.ts";
import { vouchedForReceipt } from "#services/ledger/client/witnesses.ts";
import { Release, releasePath } from "#services/ledger/contract/release.ts";

const distrust = "do not sign in there; tell whoever runs it, and compare with someone at another place";

/** Bytes of one served file. Nothing is followed elsewhere: a file that comes from another address is another file. */
async function fetchFile(base: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(`${base}${path}`, { redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new CommandError(`${base}${path} answers ${answer.status}, but the server's own list names it`, distrust);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Fetches every file of the list as a browser does, and compares. @throws {@link CommandError} naming the first that differs. */
async function checkFiles(base: string, files: readonly ReleasedFile[], step: (done: number) => void): Promise<void> {
  const expected = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  for (const [done, { path, sha256 }] of files.entries()) {
    const bytes = await fetchFile(base, path);
    const found = await sha256Of(bytes);
    if (found !== sha256) throw new CommandError(`${base}${path} is not the file in the log (expected ${sha256}, found ${found})`, distrust);
    if (path === "/sw.js") checkWorker(new TextDecoder().decode(bytes), expected);
    step(done + 1);
  }
  const page = await sha256Of(await fetchFile(base, "/"));
  if (page !== expected.get("/index.html")) throw new CommandError(`${base}/ is not the page in the log`, distrust);
}

/** What the service worker keeps on devices must be files of this release. */
function checkWorker(source: string, expected: ReadonlyMap<string, string>): void {
  const listed = listsOfWorker(source);
  if (listed === null) throw new CommandError("sw.js holds no list of files that can be read", distrust);
  for (const { path, sha256 } of listed)
    if (expected.get(path) !== sha256) throw new CommandError(`sw.js keeps another ${path} on devices than the release has`, distrust);
}

/** The digest to compare with: of a folder that was built here, or as someone else printed it. */
async function ownDigest(call: Call): Promise<string | null> {
  const folder = call.text("local");
  const given = call.text("digest");
  if (folder !== null && given !== null) throw new CommandError("both --local and --digest were given", "give one of the two");
  if (folder !== null) return (await readBundle(folder)).digest;
  if (given === null || /^[0-9a-f]{64}$/u.test(given)) return given;
  const text = (await readText(given)).trim();
  if (/^[0-9a-f]{64}$/u.test(text)) return text;
  throw new CommandError(`${given} is no digest of 64 hexadecimal digits, nor a file with one`, "npm run reproducible prints it");
}

async function check(call: Call): Promise<ExitCode> {
  const own = await ownDigest(call);
  const { connection, trust } = visit(call);
  const anchor = await trust.anchor();
  const release = await connection.get(releasePath, Release);
  const base = connection.origin;
  const bar = call.screen.progress("release");
  try {
    const { files, leaf, size } = await checkRelease(release, anchor.log);
    const vouched = await vouchedForReceipt(release.proof, anchor.witnesses);
    // The log of now must go on from the one in the receipt: else that was made for this question only.
    const { checkpoint } = await followLog(base, anchor.log, parseProof(release.proof).checkpoint);
    await checkFiles(base, files, (done) => bar.at(done, files.length));
    bar.end();
    if (own !== null && own !== release.digest)
      throw new CommandError(
        `${base} serves release ${release.digest}, but what was built here is ${own}`,
        "build the same version as the server runs; if they are the same, the server does not serve the public source",
      );
    call.screen.answer(
      { ok: true, digest: release.digest, files: files.length, leaf, treeSize: checkpoint.size, witnesses: vouched, compared: own !== null },
      `${files.length} files of ${base} are release ${release.digest}, leaf ${leaf} of the log (${size} leaves in the receipt, ${checkpoint.size} now).\n${own === null ? "They were not compared with a build of the public source: give --local dist/web or --digest (npm run reproducible prints it)." : "It is the same as what was built here."}`,
    );
    return 0;
  } catch (error) {
    bar.end();
    if (error instanceof LedgerError) throw new CommandError(`${base}: ${error.message}`, distrust);
    throw error;
  }
}

/** Commands around the web app that is served. */
export const releaseCommands: readonly Command[] = [
  {
    name: "release check",
    about: "fetch every file of the web app a server serves and compare it with the log and with a build of your own",
    takes: "",
    options: {
      ...connected,
      local: { value: "DIR", about: "folder of a web app built here, such as dist/web" },
      digest: { value: "HEX", about: "its digest, or a file with it (npm run reproducible prints it)" },
    },
    example: "rugdekking release check --server https://rugdekking.example.nl --local dist/web",
    run: check,
  },
];
