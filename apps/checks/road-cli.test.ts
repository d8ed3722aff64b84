/**
 * The main road as a command line session, step by step over real HTTP and a real PostgreSQL: report, desk, scan, advice sent back once, adoption, provision, a signal to police and OM, take away, verify, open with age.
 * Runs in `npm run nightly` only, with a large file of 200 MB; RUGDEKKING_ROAD_MB sets its size, 40 MB when left out.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDemonstration } from "#apps/demonstration/store.ts";
import { largeFile } from "./world.ts";

const program = fileURLToPath(new URL(import.meta.resolve("#apps/cli/rugdekking.ts")));
const fixtures = join(import.meta.dirname, "fixtures");
const megabytes = Number(process.env["RUGDEKKING_ROAD_MB"] ?? 40);
const folder = mkdtempSync(join(tmpdir(), "rugdekking-road-"));
// As root PostgreSQL runs as its own user, who must be able to pass through.
chmodSync(folder, 0o711);
const at = (name: string): string => join(folder, name);
const flags = ["--disable-warning=ExperimentalWarning", program];

let server: ChildProcess;
let address = "";

/** Fields of the answers this session reads, as a script would; each step gives some of them. */
interface Fields {
  readonly dossier: string;
  readonly phase: string;
  readonly lines: readonly unknown[];
  readonly stations: readonly { readonly state: string }[];
  readonly entries: readonly {
    readonly body: string;
    readonly content: { readonly attachments: readonly { readonly item: string; readonly name: string; readonly sha256: string }[] };
  }[];
  readonly conditions: readonly unknown[];
  readonly ok: boolean;
  readonly checks: readonly unknown[];
  readonly desks: readonly { readonly id: string; readonly members: readonly { readonly person: string }[] }[];
  readonly token: string;
  readonly link: string;
  readonly fingerprint: string;
  readonly waiting: readonly { readonly person: string; readonly fingerprint: string }[];
  readonly warning: string | null;
  readonly shared: number;
  readonly dossiers: readonly { readonly dossier: string; readonly outcome: string }[];
  readonly added: readonly { readonly person: string; readonly fingerprint: string }[];
}

interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly json: Fields;
}

/** Runs one line as a shell would. */
function cli(...line: string[]): Promise<Answer> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [...flags, ...line, "--json"], {
      cwd: folder,
      env: { ...process.env, RUGDEKKING_SERVER: address, RUGDEKKING_HOME: at("home") },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
    child.on("exit", (code) => done({ exit: code ?? 2, out, err, json: out === "" ? {} : JSON.parse(out) }));
  });
}

async function good(...line: string[]): Promise<Fields> {
  const answer = await cli(...line);
  expect(answer.err, line.join(" ")).toBe("");
  expect(answer.exit, line.join(" ")).toBe(0);
  return answer.json;
}

const handles = new Map<string, { handle: string; person: string }>();
const as = (player: string): string[] => ["--as", handles.get(player)?.handle ?? "?", "--passphrase-file", at(`${player}.txt`)];

async function startServer(): Promise<void> {
  server = spawn(process.execPath, [...flags, "start", "--demonstration", "--port", "0", "--data", at("data"), "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  server.stderr?.on("data", (piece: Buffer) => (err += piece.toString()));
  address = await new Promise<string>((found, failed) => {
    server.stdout?.on("data", (piece: Buffer) => {
      out += piece.toString();
      if (!/\}\s*$/.test(out)) return;
      const answer: { readonly address?: string } = JSON.parse(out);
      if (answer.address !== undefined) found(answer.address);
    });
    server.on("exit", (code) => failed(new Error(`start ended with ${code}: ${err}`)));
  });
}

const stopServer = async (): Promise<void> => {
  if (server.exitCode !== null) return;
  const ended = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  await ended;
};

let largeHash = "";
beforeAll(async () => {
  largeHash = largeFile(at("opname-demonstratie.mp4"), megabytes * 1_000_000);
  await startServer();
  const world = await readDemonstration(join(at("data"), "demonstration.json"));
  for (const { key, handle, person, passphrase } of world?.persons ?? []) {
    handles.set(key, { handle, person: person ?? "" });
    writeFileSync(at(`${key}.txt`), `${passphrase}\n`, { mode: 0o600 });
  }
  await good("ledger", "pin", "--out", at("pin.json"));
}, 180_000);
afterAll(async () => {
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
});

const evidence = ["bedreiging-demonstratie.eml", "schermafbeelding-demonstratie.png", "brief-demonstratie.pdf"].map((name) => join(fixtures, name));
let report = "";
let scan = "";

describe("1. a threat at night", () => {
  test("the office-holder reports with an .eml, a PNG, a PDF and a large file", async () => {
    const filed = await good(
      "report",
      ...evidence,
      at("opname-demonstratie.mp4"),
      "--words",
      "Demonstratie: ik word bedreigd",
      "--organisation",
      "demo-gemeente",
      "--form",
      "threat",
      "--acute",
      "--receipt-out",
      at("bon.json"),
      ...as("wethouder"),
    );
    ({ dossier: report } = filed);
    expect(JSON.parse(readFileSync(at("bon.json"), "utf8"))).toMatchObject({ dossier: report, seq: 1 });
  }, 180_000);

  test("the desk finds it, takes it up and answers; the office-holder answers back", async () => {
    const { lines } = await good("work", "list", ...as("veiligheid"));
    expect(lines).toContainEqual(expect.objectContaining({ id: report, phase: "filed", title: "Demonstratie: ik word bedreigd" }));
    await good("work", "take-up", report, "--words", "Demonstratie: wij bellen u nu", ...as("veiligheid"));
    await good("message", report, "--words", "Demonstratie: dank u", ...as("wethouder"));
    await good("norm-test", report, "--outcome", "crossing-the-line", "--norm", "Niet dreigen", "--words", "Demonstratie", ...as("veiligheid"));
    await good("seriousness", report, "--level", "high", "--words", "Demonstratie", ...as("veiligheid"));
    writeFileSync(
      at("aangifte.json"),
      JSON.stringify({
        type: "complaint",
        on: "2026-11-24",
        note: "Demonstratie",
        number: "DEMO-1",
        vptCode: "VPT-DEMO",
        by: "employer",
        functionStated: true,
      }),
    );
    await good("action", report, "--body", at("aangifte.json"), ...as("veiligheid"));
    expect(await good("close", report, "--outcome", "handed-over", "--words", "Demonstratie: politie pakt het op", ...as("veiligheid"))).toMatchObject({
      phase: "closed",
    });
  }, 120_000);

  test("the large file comes back as it was", async () => {
    const { entries } = await good("dossier", "show", report, ...as("wethouder"));
    const large = entries[0]?.content.attachments.find(({ name }) => name === "opname-demonstratie.mp4");
    expect(large?.sha256).toBe(largeHash);
    await good("download", report, large?.item ?? "", "--out", at("terug.mp4"), ...as("veiligheid"));
    expect(
      createHash("sha256")
        .update(readFileSync(at("terug.mp4")))
        .digest("base64url"),
    ).toBe(largeHash);
  }, 120_000);

  test("a guest reports with a receipt code, and comes back with it", async () => {
    const { dossier } = await good(
      "report",
      evidence[1] ?? "",
      "--words",
      "Demonstratie: melding zonder account",
      "--organisation",
      "demo-gemeente",
      "--guest",
      "--receipt-code-file",
      at("boncode.txt"),
    );
    await good("work", "take-up", dossier, "--words", "Demonstratie: dank u", ...as("griffier"));
    const { entries } = await good("dossier", "show", dossier, "--receipt-file", at("boncode.txt"));
    expect(entries).toHaveLength(2);
    writeFileSync(at("verkeerd.txt"), `${readFileSync(at("boncode.txt"), "utf8").replace(/[A-Z0-9]/, (c) => (c === "A" ? "B" : "A"))}`);
    expect((await cli("dossier", "show", dossier, "--receipt-file", at("verkeerd.txt"))).exit).toBe(1);
  }, 60_000);
});

const files = {
  request: {
    name: "Wil Demo",
    function: "alderman",
    organisationName: "Gemeente Demostad",
    standing: "appointed",
    since: null,
    address: "Demostraat 1",
    homeMunicipality: "Demostad",
    ontheffing: "not-needed",
    pkvw: { status: "valid", validUntil: null, reason: "" },
    reasons: "Demonstratie",
    householdSize: 2,
    contact: "",
  },
  visit: {
    on: "2026-11-25",
    present: "Wil Demo",
    findings: [{ id: "f1", domain: "wonen", ring: "shell", observation: "Demonstratie: zwakke achterdeur", seriousness: "high", photos: [] }],
    note: "Demonstratie",
  },
  analysis: { history: "Demonstratie", localInformation: "", sources: [], notAsked: "Demonstratie", conclusion: "Demonstratie" },
  risk: { rows: [], remainingRisk: "Demonstratie" },
  advice: {
    address: "Demostraat 1",
    sections: [{ id: "s1", title: "Woning", text: "Demonstratie" }],
    measures: [
      {
        id: "m1",
        domain: "wonen",
        what: "Slot op de achterdeur",
        why: "Demonstratie: zwakke achterdeur",
        findings: ["f1"],
        provided: "provided",
        costLow: 100,
        costHigh: 200,
        byWhen: null,
        who: "employer",
      },
    ],
  },
};

describe("2. from request to an adopted, signed advice", () => {
  test("request, entitlement, assignment, appointment, visit, draft, submission", async () => {
    for (const [name, content] of Object.entries(files)) writeFileSync(at(`${name}.json`), JSON.stringify(content));
    ({ dossier: scan } = await good("scan", "request", "--body", at("request.json"), "--organisation", "demo-gemeente", ...as("wethouder")));
    // Nobody wrote since when: the rules do not guess, they ask.
    const asked = await good("scan", "conditions", scan, ...as("planner"));
    expect(asked).toMatchObject({ outcome: "on-the-way", mayStart: false });
    expect(asked.conditions).toContainEqual(expect.objectContaining({ article: "Regeling art. 3.9 lid 5 onder a", state: "not-known" }));
    expect((await cli("scan", "entitle", scan, "--decide", "start", ...as("planner"))).exit).toBe(1);
    const decided = await good("scan", "entitle", scan, "--since", "2026-06-01", "--pkvw-until", "2030-01-01", ...as("planner"));
    expect(decided).toMatchObject({ phase: "entitled" });
    await good("scan", "assign", scan, "--expert", handles.get("adviseur")?.person ?? "", ...as("planner"));
    await good("scan", "plan", scan, "--start", "2026-12-01T13:00:00Z", ...as("adviseur"));
    expect(await good("scan", "no-show", scan, "--absent", "office-holder", "--next", "call-first", ...as("adviseur"))).toMatchObject({ phase: "assigned" });
    await good("scan", "plan", scan, "--start", "2026-12-08T13:00:00Z", ...as("adviseur"));
    await good("scan", "visit", scan, evidence[1] ?? "", "--body", at("visit.json"), ...as("adviseur"));
    await good(
      "scan",
      "draft",
      scan,
      "--threat-analysis",
      at("analysis.json"),
      "--risk-assessment",
      at("risk.json"),
      "--advice",
      at("advice.json"),
      ...as("adviseur"),
    );
    expect(await good("scan", "submit", scan, ...as("adviseur"))).toMatchObject({ phase: "submitted" });
  }, 180_000);

  test("the authority sends it back once, then adopts the new version with a signature; nobody else can", async () => {
    await good("scan", "return", scan, "--words", "Demonstratie: de achterdeur ontbreekt", ...as("bva-tweede"));
    await good("scan", "draft", scan, "--advice", at("advice.json"), ...as("adviseur"));
    await good("scan", "submit", scan, ...as("adviseur"));
    expect((await cli("scan", "adopt", scan, "--words", "x", ...as("adviseur"))).exit).toBe(1);
    expect((await cli("scan", "adopt", scan, "--words", "x", ...as("wethouder"))).exit).toBe(1);
    expect(await good("scan", "adopt", scan, "--words", "Demonstratie: vastgesteld", ...as("bva"))).toMatchObject({ phase: "adopted" });
    expect(await good("scan", "conditions", scan, ...as("wethouder"))).toMatchObject({ outcome: "claim", claim: true, todo: [] });
  }, 120_000);

  test("the employer sees what to provide and never why; provides and completes", async () => {
    const shown = await cli("dossier", "show", scan, ...as("werkgever"));
    expect(shown.exit).toBe(0);
    expect(shown.out).toContain("Slot op de achterdeur");
    expect(shown.out).not.toContain("zwakke achterdeur");
    await good("scan", "provide", scan, "--measure", "m1", "--state", "ordered", ...as("werkgever"));
    await good("scan", "provide", scan, "--measure", "m1", "--state", "placed", "--cost", "150", ...as("werkgever"));
    await good("scan", "leave", scan, "--last-day", "2027-03-31", ...as("werkgever"));
    expect(await good("scan", "complete", scan, ...as("werkgever"))).toMatchObject({ phase: "completed" });
  }, 60_000);
});

let signal = "";
describe("a signal to police and OM", () => {
  test("is raised with one item of the report, answered step by step, and read back; what must be named is named", async () => {
    const desks = (await readDemonstration(join(at("data"), "demonstration.json")))?.desks ?? {};
    const named = ["--police", desks["police"] ?? "", "--om", desks["om"] ?? "", "--chief-prosecutor", desks["chief-prosecutor"] ?? ""];
    const told = [
      "--words",
      "Demonstratie: hij stond voor de deur",
      "--name",
      "Wil Demo",
      "--function",
      "alderman",
      "--organisation",
      "demo-gemeente",
      "--home-municipality",
    ];
    const unrouted = await cli("signal", "raise", ...told, "Demostad", ...as("wethouder"));
    expect([unrouted.exit, unrouted.err]).toEqual([1, expect.stringContaining("the registers do not say which desk could be police; name one with --police")]);
    const nobody = await cli("signal", "raise", ...told, "gm0088", "--organisation", "gm0088", ...as("wethouder"));
    expect([nobody.exit, nobody.err]).toEqual([1, expect.stringContaining("politie-noord-nederland have no police desk here")]);
    const first = (await good("dossier", "show", report, ...as("wethouder"))).entries[0];
    signal = (await good("signal", "raise", ...told, "Demostad", ...named, "--share", `${report}/${first?.body ?? ""}`, ...as("wethouder"))).dossier;
    expect((await good("signal", "list", ...as("politie"))).lines).toContainEqual(expect.objectContaining({ id: signal, phase: "raised", late: false }));
    const sent = await good("signal", "link", signal, "--desk", desks["police"] ?? "", ...as("wethouder"));
    writeFileSync(at("koppeling.txt"), `${sent.link}\n`);
    const follow = ["signal", "follow", "--link-file", at("koppeling.txt")];
    expect(await good(...follow, ...as("politie"))).toMatchObject({ answered: false, dossier: signal, actions: ["receive", "redirect"] });
    expect((await cli(...follow, ...as("om"))).exit).toBe(1);
    await good("signal", "receive", signal, ...as("politie"));
    expect(await good(...follow, ...as("politie"))).toEqual({ answered: true });
    await good("signal", "weigh", signal, "--outcome", "serious", ...as("politie"));
    const early = await cli("signal", "decide", signal, "--decision", "nominated", ...as("om"));
    expect(early.exit).not.toBe(0);
    await good("signal", "present", signal, "--words", "Demonstratie: voorstel", ...as("om"));
    await good("signal", "decide", signal, "--decision", "local-measures", "--weighing-entry", "4", ...as("hoofdofficier"));
    await good("signal", "feed-back", signal, ...as("om"));
    await good("signal", "register", signal, "--vpt", "confirmed", "--expect", "vpt-code=met", ...as("wethouder"));
    const shown = await good("signal", "show", signal, ...as("wethouder"));
    expect(shown.stations.map(({ state }) => state)).toEqual(["done", "done", "done", "done", "done"]);
    // Whoever gets the signal later holds its evidence only once the person says so.
    for (const shared of [1, 0]) expect(await good("signal", "share", signal, "--desk", desks["om"] ?? "", ...as("wethouder"))).toMatchObject({ shared });
    expect((await cli("signal", "revoke", signal, "--desk", desks["om"] ?? "", ...as("wethouder"))).json).toMatchObject({ ended: 2 });
    expect(await good("signal", "close", signal, "--words", "Demonstratie", ...as("wethouder"))).toMatchObject({ phase: "closed" });
    expect(await good("export", signal, "--out", at("signaal.zip"), ...as("wethouder"))).toMatchObject({ view: "whole" });
  }, 180_000);
});

describe("3. everything taken away, true without us", () => {
  test("a colleague is invited, reads out the digits of their keys, and is taken in by those digits only", async () => {
    const lead = handles.get("veiligheid")?.person;
    const desk =
      (await good("desk", "list", "--function", "safety-desk")).desks.find(({ members }) => members.some(({ person }) => person === lead))?.id ?? "?";
    const { token } = await good("desk", "invite", desk, "--name", "Demo Invaller", "--office", "invaller", ...as("veiligheid"));
    writeFileSync(at("uitnodiging.txt"), `${token}\n`, { mode: 0o600 });
    const { fingerprint } = await good("desk", "join", "--invitation-file", at("uitnodiging.txt"), ...as("ondersteuning"));
    expect(fingerprint).toMatch(/^\d{5}( \d{5}){4}$/);
    const person = handles.get("ondersteuning")?.person;
    expect((await good("desk", "waiting", desk, ...as("veiligheid"))).waiting).toMatchObject([{ person, fingerprint }]);
    const unsaid = await cli("desk", "admit", desk, ...as("veiligheid"));
    expect([unsaid.exit, unsaid.err]).toEqual([1, expect.stringContaining("desk admit needs --fingerprint")]);
    const other = await cli("desk", "admit", desk, "--fingerprint", "00000 00000 00000 00000 00000", ...as("veiligheid"));
    expect([other.exit, other.err]).toEqual([1, expect.stringContaining("nobody who waits has these digits")]);
    expect(await good("desk", "admit", desk, "--fingerprint", fingerprint, ...as("veiligheid"))).toMatchObject({
      added: [{ person, fingerprint }],
      warning: null,
    });
    expect((await cli("desk", "waiting", desk, ...as("veiligheid"))).exit).toBe(1);
  }, 60_000);

  test("whoever wants everyone in without comparing says so, and is warned", async () => {
    const lead = handles.get("veiligheid")?.person;
    const desks = (await good("desk", "list", "--function", "safety-desk")).desks;
    const desk = desks.find(({ members }) => members.some(({ person }) => person === lead))?.id ?? "?";
    const { token } = await good("desk", "invite", desk, "--name", "Demo Vervanger", "--office", "vervanger", ...as("veiligheid"));
    writeFileSync(at("uitnodiging.txt"), `${token}\n`, { mode: 0o600 });
    const { fingerprint } = await good("desk", "join", "--invitation-file", at("uitnodiging.txt"), ...as("adviseur"));
    const both = await cli("desk", "admit", desk, "--fingerprint", fingerprint, "--all-accepted", ...as("veiligheid"));
    expect([both.exit, both.err]).toEqual([1, expect.stringContaining("not both")]);
    const person = handles.get("adviseur")?.person;
    expect(await good("desk", "admit", desk, "--all-accepted", ...as("veiligheid"))).toMatchObject({
      added: [{ person, fingerprint }],
      warning: expect.stringContaining("nobody's digits were compared"),
    });
  }, 60_000);

  test("the office-holder exports both dossiers, the employer only a part", async () => {
    expect(await good("export", report, "--out", at("melding.zip"), ...as("wethouder"))).toMatchObject({ view: "whole" });
    expect(await good("export", scan, "--out", at("scan"), ...as("wethouder"))).toMatchObject({ view: "whole" });
    expect(await good("export", scan, "--out", at("werkgever.zip"), ...as("werkgever"))).toMatchObject({ view: "part" });
  }, 180_000);

  test("a desk that leaves takes all its dossiers in one go, and an attempt that was cut off goes on", async () => {
    const all = async (): Promise<Record<string, string>> => {
      const { dossiers } = await good("export-all", "--out", at("alles"), ...as("veiligheid"));
      return Object.fromEntries(dossiers.map(({ dossier, outcome }) => [dossier, outcome]));
    };
    const first = await all();
    expect(Object.keys(first)).toContain(report);
    expect(new Set(Object.values(first))).toEqual(new Set(["taken"]));
    rmSync(join(at("alles"), `${report}.zip`));
    writeFileSync(join(at("alles"), `${report}.zip.partial`), "afgebroken");
    expect(await all()).toEqual({ ...Object.fromEntries(Object.keys(first).map((id) => [id, "there-already"])), [report]: "taken" });
    expect(readdirSync(at("alles")).toSorted()).toEqual(
      Object.keys(first)
        .map((id) => `${id}.zip`)
        .toSorted(),
    );
    expect((await good("verify", join(at("alles"), `${report}.zip`), "--pin", at("pin.json"))).ok).toBe(true);
  }, 180_000);

  test("with the server gone, bundles and receipt verify against the pinned keys, and age opens an item", async () => {
    await stopServer();
    for (const bundle of ["melding.zip", "scan", "werkgever.zip", "signaal.zip"]) {
      const { ok, checks } = await good("verify", at(bundle), "--pin", at("pin.json"));
      expect(ok, bundle).toBe(true);
      expect(checks).not.toContainEqual(expect.objectContaining({ outcome: "not-checked" }));
    }
    await good("ledger", "check", at("bon.json"), "--pin", at("pin.json"));
    const items = join(at("scan"), "items");
    const [item] = readdirSync(items).toSorted((a, b) => statSync(join(items, a)).size - statSync(join(items, b)).size);
    const opened = execFileSync("age", ["-d", "-i", join(at("scan"), "key.txt"), join(items, item ?? "")]);
    expect(JSON.parse(opened.toString())).toMatchObject({ version: 1 });
    expect(existsSync(join(at("scan"), "LEESMIJ.txt"))).toBe(true);
  }, 180_000);

  test("one changed byte is named", async () => {
    const original = join(at("scan"), "originals", readdirSync(join(at("scan"), "originals")).find((name) => name.endsWith("adoption.json")) ?? "");
    writeFileSync(original, readFileSync(original, "utf8").replace("vastgesteld", "afgewezen"));
    const { exit, err } = await cli("verify", at("scan"), "--pin", at("pin.json"));
    expect(exit).toBe(1);
    expect(err).toMatch(/^rugdekking: .*adoption\.json: .*; .*\n$/);
  });
});
