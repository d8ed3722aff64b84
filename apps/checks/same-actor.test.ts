/**
 * One actor, many victims, over HTTP against the real database: what matches, what does not, what the server gets to see, and what it is caught at.
 * Names, numbers and texts are invented.
 */
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSeed, handOver, signStatement } from "@rugdekking/seal";
import { digestOf } from "@rugdekking/seal/verify";
import { createDesk, Session } from "#services/directory/client/index.ts";
import { withdrawConsent, type DossierHandle } from "#services/dossier/client/index.ts";
import { fileReport, openReport, takeUp } from "#services/reporting/client/index.ts";
import {
  admitDesk,
  askForNetwork,
  check,
  consentToLook,
  contribute,
  makeNetwork,
  ownContributions,
  readNetworkState,
  renew,
  standingConsent,
  tidy,
  tidyOnce,
  verifiedWaiting,
  withdraw,
} from "#services/signalling/client/same-actor.ts";
import type { ActorValue } from "#services/signalling/contract/actor-values.ts";
import { sameActorStatements, type NetworkHandOverPayload } from "#services/signalling/contract/same-actor.ts";
import { findIn, findInText, mark, searchTables } from "./canary-search.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

/** A safety desk with an office-holder who reported to it. */
interface Place {
  session: Session;
  readonly holder: Session;
  readonly desk: string;
  readonly dossier: string;
}

const lower = mark.toLowerCase();
const account: ActorValue = { kind: "account", platform: "x", handle: `@${mark}_boos` };
const phone: ActorValue = { kind: "phone", value: "06-12345678" };
const words: ActorValue = { kind: "text", value: `${mark} wij weten waar jij woont en wij weten waar je kinderen naar school gaan` };

let stage: TestStage;
let now = new Date();
let altered: ((path: string, answer: Response) => Promise<Response>) | null = null;
const wire: { readonly what: string; readonly bytes: Buffer }[] = [];
const places: Place[] = [];

const between = async (input: string, init: RequestInit): Promise<Response> => {
  wire.push({ what: `${init.method ?? "GET"} ${input}`, bytes: Buffer.from(typeof init.body === "string" ? init.body : "") });
  const answer = await fetch(input, init);
  wire.push({ what: `answer to ${input}`, bytes: Buffer.from(await answer.clone().arrayBuffer()) });
  return altered === null ? answer : await altered(new URL(input).pathname, answer);
};

const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  await attempt.then(
    () => "done",
    (error: unknown) => (typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error)),
  );
const year = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString();
const at = (place: number): Place => {
  const found = places[place];
  if (found === undefined) throw new Error("no such place");
  return found;
};
const opened = async ({ session, dossier }: Place): Promise<DossierHandle> => await openReport(session, dossier);

async function fill(session: Session, holder: Session, desk: string): Promise<Place> {
  const { dossier } = await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk,
    report: { ...reportDraft((field) => `verzonnen ${field}`), acute: false },
    attachments: [],
  });
  await takeUp(await openReport(session, dossier), "Verzonnen: wij pakken het op.");
  return { session, holder, desk, dossier };
}

/** Makes a safety desk with one member; the session that comes back knows it. */
async function newPlace(name: string): Promise<Place> {
  const [lead, holder] = [await stage.join(`${name}@demostad.example.nl`), await stage.join(`houder-${name}@demostad.example.nl`)];
  const { id } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: testMunicipality.id,
    name: `Demo ${name}`,
    function: "safety-desk",
    members: [{ person: lead.person.person, name: `Demo ${name}`, office: "veiligheid", lead: true }],
  });
  // A session lists the desks of its moment of sign-in.
  const session = new Session({ connection: lead.connection, trust: lead.trust, person: lead.person, guest: false, desks: [id], expires: lead.expires });
  return await fill(session, holder, id);
}

/** A member of a desk that holds the key signs a hand-over, rightly, of a key that is none. */
async function handJunk(from: Place, to: Place): Promise<string> {
  const [{ network }, open] = await Promise.all([readNetworkState(from.session, from.desk), to.session.openDesk(to.desk)]);
  const hash = network?.hash ?? "";
  const sealed = await handOver(generateSeed(), open.epochPublicKey, { purpose: "network", subject: hash, to: `${to.desk}/${open.epoch}` });
  const { person } = from.session;
  const payload: NetworkHandOverPayload = {
    network: hash,
    from: from.desk,
    to: { desk: to.desk, epoch: open.epoch },
    by: person.person,
    digest: await digestOf(new TextEncoder().encode(sealed)),
    at: new Date().toISOString(),
  };
  const statement = await signStatement(sameActorStatements.handOver, payload, person.sign);
  return await codeOf(from.session.connection.command("POST", `/api/v1/fingerprints/desks/${to.desk}/keys`, { statement, sealed }));
}

const agree = async ({ holder, dossier, desk }: Place): Promise<void> =>
  void (await consentToLook(await openReport(holder, dossier), { desk, text: "U mag nagaan of dit ook anderen raakt.", until: year() }));

beforeAll(async () => {
  stage = await openStage({ fetch: between, extras: { clock: () => now, fingerprintPace: { burst: 24, perDay: 1440 } } });
  const { safety, holder, desks } = stage.company;
  places.push(await fill(safety, holder, desks.safety), await newPlace("tweede"), await newPlace("derde"));
}, 180_000);
afterAll(async () => await stage.close());

describe("the network key", { timeout: 60_000 }, () => {
  it("nothing can be contributed before there is one, nor by a desk that does not hold it", async () => {
    await agree(at(0));
    expect(await codeOf(contribute(at(0).session, at(0).desk, await opened(at(0)), [phone]))).toBe("requirement-missing");
    // Who asked, and then made one, asks no more.
    await askForNetwork(at(0).session, at(0).desk);
    await makeNetwork(at(0).session, at(0).desk, null);
    expect((await readNetworkState(at(0).session, at(0).desk)).waiting).toEqual([]);
    expect((await readNetworkState(at(0).session, at(0).desk)).held?.version).toBe(1);
    expect(await codeOf(check(at(1).session, at(1).desk, [phone]))).toBe("requirement-missing");
  });

  it("is handed from desk to desk; a second first version is refused, and the server never has it", async () => {
    const made = await readNetworkState(at(0).session, at(0).desk);
    expect(await codeOf(admitDesk(at(0).session, at(0).desk, at(1).desk))).toBe("requirement-missing");
    for (const place of [at(1), at(2)]) {
      await askForNetwork(place.session, place.desk);
      expect((await readNetworkState(place.session, place.desk)).held).toBeNull();
      expect((await readNetworkState(at(0).session, at(0).desk)).waiting).toEqual([place.desk]);
      await admitDesk(at(0).session, at(0).desk, place.desk);
      expect((await readNetworkState(place.session, place.desk)).held?.key).toEqual(made.held?.key);
    }
    expect((await readNetworkState(at(0).session, at(0).desk)).waiting).toEqual([]);
    const key = Buffer.from(made.held?.key ?? []);
    for (const { bytes } of wire) expect(bytes.includes(key.toString("base64url")) || bytes.includes(key)).toBe(false);
  });

  it("a junk hand-over shuts no desk out: it is not asked for, or counts for nothing and gives way to the next one that is asked for", async () => {
    const { session, desk } = at(2);
    const { held } = await readNetworkState(session, desk);
    expect(await handJunk(at(1), at(2))).toBe("requirement-missing");
    await askForNetwork(session, desk);
    expect((await readNetworkState(session, desk)).held).toEqual(held);
    expect(await handJunk(at(1), at(2))).toBe("done");
    expect((await readNetworkState(session, desk)).held).toBeNull();
    expect(await codeOf(admitDesk(at(0).session, at(0).desk, desk))).toBe("requirement-missing");
    await askForNetwork(session, desk);
    await admitDesk(at(0).session, at(0).desk, desk);
    expect((await readNetworkState(session, desk)).held).toEqual(held);
    // Nor does a member put it where the own desk's key stands.
    await askForNetwork(at(1).session, at(1).desk);
    expect(await handJunk(at(1), at(1))).toBe("statement-mismatch");
    await admitDesk(at(0).session, at(0).desk, at(1).desk);
    expect((await readNetworkState(at(1).session, at(1).desk)).held).toEqual(held);
  });

  it("a desk that waits and cannot be verified hides no other", async () => {
    const found = await verifiedWaiting(at(0).session, [crypto.randomUUID(), at(1).desk]);
    expect(found.desks.map(({ id }) => id)).toEqual([at(1).desk]);
    expect(await codeOf(Promise.reject(found.error))).toBe("not-found");
  });

  it("only safety desks take part: police, guests and outsiders are refused at every door", async () => {
    const { police, desks } = stage.chain;
    const doors = (desk: string): [string, string, unknown?][] => [
      ["GET", `/desks/${desk}`],
      ["POST", `/desks/${desk}/requests`],
      ["POST", `/desks/${desk}/evaluations`, { blinded: ["A".repeat(43)] }],
      ["POST", `/desks/${desk}/checks`, { fingerprints: ["A".repeat(43)] }],
      ["GET", `/desks/${desk}/contributions`],
      ["DELETE", `/desks/${desk}/contributions/${crypto.randomUUID()}`],
    ];
    for (const [session, desk] of [
      [police, desks.police],
      [police, at(0).desk],
      [at(1).session, at(0).desk],
      [at(0).holder, at(0).desk],
    ] as const)
      for (const [method, path, body] of doors(desk))
        expect(
          await codeOf(
            session.connection.request(
              method === "GET" ? "GET" : method === "DELETE" ? "DELETE" : "POST",
              `/api/v1/fingerprints${path}`,
              body === undefined ? {} : { body: JSON.stringify(body), mediaType: "application/json" },
            ),
          ),
          `${method} ${path}`,
        ).toBe("role-forbidden");
    expect(await codeOf(stage.connect().connection.request("GET", "/api/v1/fingerprints/networks"))).toBe("session-missing");
    expect(await codeOf(admitDesk(at(0).session, at(0).desk, desks.police))).toBe("role-forbidden");
  });

  it("one that the server slips in is refused: it cannot sign for a desk, nor show another key of its own", async () => {
    const { session, desk } = at(1);
    const { networks } = (await (await session.connection.request("GET", "/api/v1/fingerprints/networks")).json()) as {
      networks: { payload: string; signatures: unknown }[];
    };
    const [network] = networks;
    const payload = { ...JSON.parse(Buffer.from(network?.payload ?? "", "base64url").toString()), commitment: "A".repeat(43) } as object;
    const forged = { networks: [{ ...network, payload: Buffer.from(JSON.stringify(payload)).toString("base64url") }] };
    altered = async (path, answer) => (path.endsWith("/networks") ? Response.json(forged) : answer);
    expect(await codeOf(readNetworkState(session, desk))).toBe("signature-invalid");
    altered = null;
    expect((await readNetworkState(session, desk)).held).not.toBeNull();
  });
});

describe("contributing and matching", { timeout: 60_000 }, () => {
  it("needs the consent of the person whose dossier it is, and the consent hands over no keys", async () => {
    expect(await codeOf(contribute(at(1).session, at(1).desk, await opened(at(1)), [phone]))).toBe("consent-missing");
    expect(await codeOf(consentToLook(await opened(at(1)), { desk: at(1).desk, text: "x", until: year() }))).toBe("role-forbidden");
    await agree(at(1));
    await agree(at(2));
    expect(standingConsent(await opened(at(1)), at(1).desk)?.purpose).toBe("same-actor");
  });

  it("the first who contributes hits nobody; two desks with the same value hit each other, however they wrote it; another value hits none", async () => {
    expect(await contribute(at(0).session, at(0).desk, await opened(at(0)), [account, phone, words])).toEqual([
      { kind: "account", shown: `x:${lower}_boos`, others: "none" },
      { kind: "phone", shown: "+31612345678", others: "none" },
      { kind: "text", shown: expect.stringContaining(lower), others: "none" },
    ]);
    const second = await contribute(at(1).session, at(1).desk, await opened(at(1)), [
      { kind: "account", platform: "x", handle: `https://twitter.com/${lower}_BOOS` },
      { kind: "phone", value: "+31 6 8765 4321" },
      { kind: "text", value: `${lower}: wij weten waar jij woont... en WIJ weten waar je kinderen naar school gaan!` },
    ]);
    expect(second.map(({ others }) => others)).toEqual(["1-2", "none", "1-2"]);
  });

  it("who came first is told on the next look: how many others, and nothing else", async () => {
    const own = await ownContributions(at(0).session, at(0).desk);
    expect(Object.fromEntries(own.map(({ label, others }) => [label?.kind, others]))).toEqual({ account: "1-2", phone: "none", text: "1-2" });
    expect(own.every(({ label }) => label?.dossier === at(0).dossier)).toBe(true);
    const answer = await (await at(0).session.connection.request("GET", `/api/v1/fingerprints/desks/${at(0).desk}/contributions`)).text();
    expect(answer).not.toContain(at(1).desk);
    expect(Object.keys((JSON.parse(answer) as { contributions: object[] }).contributions[0] ?? {}).toSorted()).toEqual([
      "epoch",
      "id",
      "label",
      "month",
      "network",
      "others",
    ]);
  });

  it("counts desks, not contributions; three desks are still 1-2 others to each", async () => {
    await contribute(at(1).session, at(1).desk, await opened(at(1)), [account]);
    await contribute(at(2).session, at(2).desk, await opened(at(2)), [account]);
    expect((await check(at(2).session, at(2).desk, [account, phone])).map(({ others }) => others)).toEqual(["1-2", "1-2"]);
  });

  it("a check leaves nothing behind", async () => {
    const before = await ownContributions(at(2).session, at(2).desk);
    const rows = await sql<{ n: number }>`SELECT count(*) AS n FROM fingerprint_contribution`.execute(stage.database.db);
    expect((await check(at(2).session, at(2).desk, [{ kind: "email", value: "niemand@demostad.example.nl" }])).map(({ others }) => others)).toEqual(["none"]);
    expect(await ownContributions(at(2).session, at(2).desk)).toHaveLength(before.length);
    expect((await sql<{ n: number }>`SELECT count(*) AS n FROM fingerprint_contribution`.execute(stage.database.db)).rows).toEqual(rows.rows);
  });

  it("a value of one kind is not the same value of another kind", async () => {
    const value = `${lower}.kind@demostad.example.nl`;
    await contribute(at(0).session, at(0).desk, await opened(at(0)), [{ kind: "email", value }]);
    expect((await check(at(1).session, at(1).desk, [{ kind: "account", platform: "mastodon", handle: `@${value}` }])).map(({ others }) => others)).toEqual([
      "none",
    ]);
    expect((await check(at(1).session, at(1).desk, [{ kind: "email", value }])).map(({ others }) => others)).toEqual(["1-2"]);
  });
});

describe("taking back", { timeout: 60_000 }, () => {
  it("a desk takes back its own, and only its own; then it counts for nobody", async () => {
    const mine = (await ownContributions(at(2).session, at(2).desk)).find(({ label }) => label?.kind === "account");
    if (mine === undefined) throw new Error("nothing was contributed");
    expect(await codeOf(withdraw(at(1).session, at(1).desk, mine.id))).toBe("not-found");
    await withdraw(at(2).session, at(2).desk, mine.id);
    expect(await codeOf(withdraw(at(2).session, at(2).desk, mine.id))).toBe("not-found");
    expect(await ownContributions(at(2).session, at(2).desk)).toEqual([]);
  });

  it("when the person takes back the consent, the desk's next look takes back what came from that dossier, and the other desk sees it no more", async () => {
    const { session, desk, holder, dossier } = at(1);
    const consented = standingConsent(await openReport(holder, dossier), desk);
    await withdrawConsent(holder, dossier, consented?.hash ?? "");
    expect(await codeOf(contribute(session, desk, await opened(at(1)), [phone]))).toBe("consent-missing");
    const own = await ownContributions(session, desk);
    expect(own.length).toBeGreaterThan(2);
    const open = async (id: string): Promise<DossierHandle> => await openReport(session, id);
    expect((await tidy(session, desk, own, open)).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    expect(await ownContributions(session, desk)).toEqual([]);
    expect(new Set((await ownContributions(at(0).session, at(0).desk)).map(({ others }) => others))).toEqual(new Set(["none"]));
    // Nothing is taken back where the consent stands.
    expect(await tidy(at(0).session, at(0).desk, await ownContributions(at(0).session, at(0).desk), async (id) => await openReport(at(0).session, id))).toEqual(
      [],
    );
  });

  it("consents are looked at once in a session, not at every look; a new session looks again", async () => {
    const { session, desk, dossier } = at(0);
    const own = await ownContributions(session, desk);
    const looked: string[] = [];
    const open = async (id: string): Promise<DossierHandle> => {
      looked.push(id);
      return await openReport(session, id);
    };
    await expect(tidyOnce(session, desk, own, async () => await Promise.reject(new TypeError("no network")))).rejects.toThrow(TypeError);
    for (let look = 0; look < 3; look += 1) expect(await tidyOnce(session, desk, own, open)).toEqual([]);
    expect(looked).toEqual([dossier]);
    const { connection, trust, person, expires } = session;
    const later = new Session({ connection, trust, person, guest: false, desks: [desk], expires });
    expect((await tidyOnce(later, desk, own, async () => ({ consents: [] }))).length).toBe(own.length);
    expect(await ownContributions(session, desk)).toEqual([]);
    await contribute(session, desk, await opened(at(0)), [account, phone, words]);
  });
});

describe("what the server is caught at, and what it gets to see", { timeout: 60_000 }, () => {
  it("an answer with another proof, another element or another key is refused, and nothing is contributed", async () => {
    const before = (await ownContributions(at(0).session, at(0).desk)).length;
    for (const alter of [
      (made: { evaluated: string[]; proof: string }) => ({ ...made, proof: `${made.proof.startsWith("A") ? "B" : "A"}${made.proof.slice(1)}` }),
      (made: { evaluated: string[]; proof: string }) => ({ ...made, evaluated: made.evaluated.toReversed() }),
      (made: { evaluated: string[]; proof: string }) => ({ ...made, evaluated: made.evaluated.slice(1) }),
    ]) {
      altered = async (path, answer) =>
        path.endsWith("/evaluations") ? Response.json({ left: 0, ...alter((await answer.json()) as { evaluated: string[]; proof: string }) }) : answer;
      expect(await codeOf(contribute(at(0).session, at(0).desk, await opened(at(0)), [phone, account]))).toBe("signature-invalid");
    }
    altered = null;
    expect(await ownContributions(at(0).session, at(0).desk)).toHaveLength(before);
  });

  it("what is no element of the group is refused in so many words, and costs a turn", async () => {
    const { session, desk } = at(0);
    const { left } = await readNetworkState(session, desk);
    const ask = (blinded: string[]): Promise<string> =>
      codeOf(
        session.connection.request("POST", `/api/v1/fingerprints/desks/${desk}/evaluations`, {
          body: JSON.stringify({ blinded }),
          mediaType: "application/json",
        }),
      );
    // The identity, bytes that are no point, letters that are no base64url of 32 bytes.
    for (const one of ["A".repeat(43), Buffer.alloc(32, 255).toString("base64url"), `${"A".repeat(42)}B`]) expect(await ask([one])).toBe("input-malformed");
    expect(await ask(Array.from({ length: 21 }, () => "A".repeat(43)))).toBe("input-malformed");
    expect((await readNetworkState(session, desk)).left).toBeGreaterThanOrEqual(left - 3);
  });

  it("no value, no normalised value and no output of the VOPRF is in any table or on the wire", async () => {
    const { tables, found } = await searchTables(stage.database.db);
    expect(tables).toBeGreaterThan(20);
    expect(found).toEqual([]);
    const sent = wire.filter(({ what }) => what.includes("/fingerprints"));
    expect(sent.length).toBeGreaterThan(60);
    for (const { what, bytes } of sent) {
      expect([...findIn(what, Buffer.from(what)), ...findIn(what, bytes), ...findInText(what, bytes.toString("latin1"))]).toEqual([]);
      expect(bytes.toString("latin1")).not.toMatch(/612345678|87654321/u);
    }
  });

  it("blinded points of the same value never repeat, so asking twice does not show", () => {
    const asked = wire
      .filter(({ what }) => what.startsWith("POST") && what.endsWith("/evaluations"))
      .flatMap(({ bytes }) => (JSON.parse(bytes.toString()) as { blinded: string[] }).blinded)
      // Without what the doors were knocked on with.
      .filter((one) => one !== "A".repeat(43));
    expect(asked.length).toBeGreaterThan(15);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("labels are equally long and random ids tell no time; of time a month is kept, and no dossier or person", async () => {
    const { rows } = await sql<{ row: { label: string; id: string; month: string } }>`SELECT to_jsonb(c) AS row FROM fingerprint_contribution c`.execute(
      stage.database.db,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(new Set(rows.map(({ row }) => row.label.length)).size).toBe(1);
    for (const { row } of rows) {
      expect(Object.keys(row).toSorted()).toEqual(["desk", "epoch", "fingerprint", "id", "label", "month", "network"]);
      expect(row.id[14]).toBe("4");
      expect(row.month).toMatch(/^\d{4}-\d{2}$/u);
    }
  });
});

describe("labels", { timeout: 60_000 }, () => {
  it("one that the server made itself is not believed, and never made anew: it would learn the fingerprint of a value it chose", async () => {
    const { session, desk } = at(0);
    const own = await ownContributions(session, desk);
    const [real] = own;
    if (real === undefined) throw new Error("nothing was contributed");
    const open = await session.openDesk(desk);
    const chosen = { dossier: at(0).dossier, kind: "phone", spelled: "+31600000000", words: "", mark: "A".repeat(22) };
    const label = await handOver(Buffer.from(JSON.stringify(chosen).padEnd(256)), open.epochPublicKey, {
      purpose: "label",
      subject: real.id,
      to: `${desk}/${open.epoch}`,
    });
    altered = async (path, answer) => {
      if (!path.endsWith("/contributions")) return answer;
      const page = (await answer.json()) as { contributions: { id: string }[] };
      return Response.json({ ...page, contributions: page.contributions.map((one) => (one.id === real.id ? { ...one, label } : one)) });
    };
    const shown = await ownContributions(session, desk);
    altered = null;
    expect(shown.find(({ id }) => id === real.id)?.label).toBeNull();
    expect(shown.filter((one) => one.label !== null)).toHaveLength(own.length - 1);
  });
});

describe("pace, retention and renewal", { timeout: 60_000 }, () => {
  it("a desk has its turns and no more; they come back with time, and other desks keep theirs", async () => {
    const { session, desk } = at(2);
    const { left } = await readNetworkState(session, desk);
    expect(left).toBeLessThan(24);
    const numbers = (count: number, from: number): ActorValue[] =>
      Array.from({ length: count }, (_, one) => ({ kind: "phone", value: `+3161${String(1_000_000 + from + one)}` }));
    const spend = async (count: number, from: number): Promise<string> => {
      for (let done = 0; done < count; done += 20) {
        const code = await codeOf(check(session, desk, numbers(Math.min(20, count - done), from + done)));
        if (code !== "done") return code;
      }
      return "done";
    };
    expect(await spend(left, 0)).toBe("done");
    expect(await codeOf(check(session, desk, numbers(1, 500)))).toBe("quota-reached");
    expect((await readNetworkState(session, desk)).left).toBe(0);
    expect((await readNetworkState(at(1).session, at(1).desk)).left).toBeGreaterThan(0);
    // One a minute here; a session would not outlast the wait for the real pace.
    now = new Date(now.getTime() + 61_000);
    expect((await readNetworkState(session, desk)).left).toBe(1);
    expect(await codeOf(check(session, desk, numbers(2, 600)))).toBe("quota-reached");
    expect(await codeOf(check(session, desk, numbers(1, 600)))).toBe("done");
  });

  it("asking side by side gives no more turns than asking in turn", async () => {
    const { session, desk } = at(1);
    const { left } = await readNetworkState(session, desk);
    const results = await Promise.all(
      Array.from({ length: left + 4 }, (_, one) => codeOf(check(session, desk, [{ kind: "phone", value: `+3162${String(2_000_000 + one)}` }]))),
    );
    expect(results.filter((code) => code === "done")).toHaveLength(left);
    expect(results.filter((code) => code === "quota-reached")).toHaveLength(4);
  });

  it("a next version is made by a holder who saw the one before, reaches the others when they ask again, and old contributions are made anew as far as the turns go", async () => {
    now = new Date();
    await sql`DELETE FROM fingerprint_pace`.execute(stage.database.db);
    const { session, desk } = at(0);
    const victim: ActorValue = { kind: "phone", value: "+31639999999" };
    const more: ActorValue[] = Array.from({ length: 23 }, (_, one) => ({ kind: "phone", value: `+3163${String(3_000_000 + one)}` }));
    await contribute(session, desk, await opened(at(0)), [...more, victim]);
    const all = await ownContributions(session, desk);
    const first = (await readNetworkState(session, desk)).network?.hash ?? "";
    expect(await codeOf(makeNetwork(session, desk, null))).toBe("already-there");
    expect(await codeOf(makeNetwork(session, desk, "A".repeat(43)))).toBe("signature-invalid");
    await makeNetwork(session, desk, first);
    expect(await codeOf(makeNetwork(session, desk, first))).toBe("already-there");
    const state = await readNetworkState(session, desk);
    expect(state.held?.version).toBe(2);
    // The one it was to shut out is not offered to anybody.
    expect(state.waiting).toEqual([]);
    await askForNetwork(at(2).session, at(2).desk);
    expect((await readNetworkState(session, desk)).waiting).toEqual([at(2).desk]);
    expect(await codeOf(check(at(2).session, at(2).desk, [account]))).toBe("requirement-missing");
    await admitDesk(session, desk, at(2).desk);
    expect((await check(at(2).session, at(2).desk, [account])).map(({ others }) => others)).toEqual(["none"]);
    await sql`DELETE FROM fingerprint_pace`.execute(stage.database.db);
    const without = all.filter(({ label }) => label?.spelled === "+31639999999");
    expect(without).toHaveLength(1);
    expect(await renew(session, desk, without, async () => ({ consents: [] }))).toEqual({ renewed: 0, takenBack: 1, left: 0 });
    const own = await ownContributions(session, desk);
    expect(own).toHaveLength(all.length - 1);
    await sql`UPDATE fingerprint_contribution SET month = '2025-12' WHERE desk = ${desk}`.execute(stage.database.db);
    let looked = 0;
    const open = async (id: string): Promise<DossierHandle> => {
      looked += 1;
      return await openReport(session, id);
    };
    expect(await renew(session, desk, own, open)).toEqual({ renewed: 24, takenBack: 0, left: own.length - 24 });
    // Twenty and four: consent is looked at for each batch.
    expect(looked).toBe(2);
    expect(await renew(session, desk, await ownContributions(session, desk), open)).toEqual({ renewed: 0, takenBack: 0, left: own.length - 24 });
    await sql`DELETE FROM fingerprint_pace`.execute(stage.database.db);
    expect(await renew(session, desk, await ownContributions(session, desk), open)).toEqual({ renewed: own.length - 24, takenBack: 0, left: 0 });
    expect(new Set((await ownContributions(session, desk)).map(({ month }) => month))).toEqual(new Set(["2025-12"]));
    await sql`UPDATE fingerprint_contribution SET month = ${now.toISOString().slice(0, 7)}`.execute(stage.database.db);
    expect((await ownContributions(session, desk)).every(({ network }) => network === state.network?.hash)).toBe(true);
    expect(await ownContributions(session, desk)).toHaveLength(own.length);
    expect((await check(at(2).session, at(2).desk, [account])).map(({ others }) => others)).toEqual(["1-2"]);
  });

  it("a desk has 20,000 at most, whatever it says it replaces; a full one still makes its own anew", async () => {
    const { session, desk } = at(2);
    const { network } = await readNetworkState(session, desk);
    const hash = network?.hash ?? "";
    const send = async (replaces: string, id = crypto.randomUUID()): Promise<string> =>
      await codeOf(
        session.connection.command("POST", `/api/v1/fingerprints/desks/${desk}/contributions`, {
          network: hash,
          contributions: [{ id, fingerprint: "A".repeat(43), epoch: 1, label, replaces }],
        }),
      );
    const { rows } = await sql<{ label: string }>`SELECT label FROM fingerprint_contribution LIMIT 1`.execute(stage.database.db);
    const label = rows[0]?.label ?? "";
    const standing = await sql<{ n: number }>`SELECT count(*) AS n FROM fingerprint_contribution WHERE desk = ${desk}`.execute(stage.database.db);
    await sql`INSERT INTO fingerprint_contribution (fingerprint, desk, id, network, month, epoch, label)
      SELECT 'filled', ${desk}::uuid, gen_random_uuid(), ${hash}, ${now.toISOString().slice(0, 7)}, 1, 'x' FROM generate_series(1, ${20_000 - Number(standing.rows[0]?.n ?? 0)}::int)`.execute(
      stage.database.db,
    );
    expect(await send(crypto.randomUUID())).toBe("quota-reached");
    const own = await sql<{ id: string }>`SELECT id FROM fingerprint_contribution WHERE desk = ${desk} AND fingerprint = 'filled' LIMIT 1`.execute(
      stage.database.db,
    );
    expect(await send(own.rows[0]?.id ?? "")).not.toBe("quota-reached");
    const after = await sql<{ n: number }>`SELECT count(*) AS n FROM fingerprint_contribution WHERE desk = ${desk}`.execute(stage.database.db);
    expect(Number(after.rows[0]?.n)).toBe(20_000);
    await sql`DELETE FROM fingerprint_contribution WHERE desk = ${desk} AND fingerprint IN ('filled', ${"A".repeat(43)})`.execute(stage.database.db);
  });

  it("a server that shows an older list of networks, or none, is noticed by every device that saw the newer one", async () => {
    const { session, desk } = at(2);
    expect((await readNetworkState(session, desk)).network?.version).toBe(2);
    const { networks } = (await (await session.connection.request("GET", "/api/v1/fingerprints/networks")).json()) as { networks: unknown[] };
    for (const shown of [networks.slice(0, 1), []]) {
      altered = async (path, answer) => (path.endsWith("/networks") ? Response.json({ networks: shown }) : answer);
      expect(await codeOf(readNetworkState(session, desk))).toBe("signature-invalid");
      expect(await codeOf(makeNetwork(session, desk, null))).toBe("signature-invalid");
    }
    altered = null;
    expect((await readNetworkState(session, desk)).network?.version).toBe(2);
  });

  it("is kept for 24 whole months, then no longer", async () => {
    const { session, desk } = at(0);
    const before = (await ownContributions(session, desk)).length;
    expect(before).toBeGreaterThan(2);
    const months = (count: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, 15));
    now = months(24);
    await stage.house.sweep();
    expect((await sql`SELECT 1 FROM fingerprint_contribution`.execute(stage.database.db)).rows).toHaveLength(before);
    now = months(25);
    await stage.house.sweep();
    expect((await sql`SELECT 1 FROM fingerprint_contribution`.execute(stage.database.db)).rows).toHaveLength(0);
  });
});
