/** Law 5: nothing is lost and nothing is silently changed. A server that drops, reorders, forges or borrows entries is refused by the client. */
import { generateSeed, newUuid, signKeyPair, signStatement, type SignKeyPair } from "@rugdekking/seal";
import { statementHash, type Roster } from "@rugdekking/seal/verify";
import { beforeAll, describe, expect, test } from "vitest";
import { statementTypes, type EntryHeader, type EntryView } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { verifyChain, type AuthorKeys } from "./chain.ts";

const dossier = newUuid();
const desk = newUuid();
const reporter = newUuid();
const worker = newUuid();
let reporterKey: SignKeyPair;
let workerKey: SignKeyPair;
let strangerKey: SignKeyPair;
let chain: EntryView[];

const reference = () => ({ item: newUuid(), digest: "A".repeat(43), size: 700 });

async function entry(
  seq: number,
  previous: string | null,
  author: EntryHeader["author"],
  key: SignKeyPair,
  of = dossier,
  stated = "2026-11-24T00:00:00Z",
): Promise<EntryView> {
  const header: EntryHeader = {
    dossier: of,
    seq,
    previous,
    kind: seq === 1 ? "report" : "message",
    action: null,
    author,
    at: stated,
    body: reference(),
    attachments: [],
  };
  return {
    statement: await signStatement(statementTypes.entry, header, key),
    body: null,
    signPublicKey: key.publicKey,
    received: "2026-11-24T00:00:01Z",
    leaf: seq,
  };
}
const owner: EntryHeader["author"] = { person: reporter, role: "reporter", desk: null };
const member: EntryHeader["author"] = { person: worker, role: "safety-desk", desk };

/** A roster of the desk as a verified chain gives it, with the worker in it or not. */
const roster = (at: string, withWorker: boolean): Roster => ({
  desk,
  organisation: "gm0000",
  name: "Demo",
  function: "safety-desk",
  epoch: 1,
  previous: null,
  epochPublicKey: "",
  members: withWorker
    ? [{ person: worker, name: "Demo Medewerker", office: "adviseur", lead: true, sealPublicKey: "", signPublicKey: workerKey.publicKey }]
    : [],
  at,
  by: "",
});
const keys = (rosters = [roster("2026-11-01T00:00:00Z", true)]): AuthorKeys => ({
  owner: null,
  ownerRole: "reporter",
  deskRosters: async (id) => (id === desk ? rosters : []),
});
const verify = (views: readonly EntryView[], seen: "whole" | "parts" = "whole") => verifyChain(dossier, views, keys(), { after: null, seen });
const codeOf = async (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "accepted",
    (error: unknown) => (error instanceof Problem ? error.code : "other"),
  );

beforeAll(async () => {
  [reporterKey, workerKey, strangerKey] = await Promise.all([signKeyPair(generateSeed()), signKeyPair(generateSeed()), signKeyPair(generateSeed())]);
  chain = [];
  let previous: string | null = null;
  for (let seq = 1; seq <= 5; seq += 1) {
    const view = await entry(seq, previous, seq % 2 === 1 ? owner : member, seq % 2 === 1 ? reporterKey : workerKey);
    chain.push(view);
    previous = await statementHash(view.statement);
  }
});

const at = (index: number): EntryView => {
  const view = chain[index];
  if (view === undefined) throw new Error("no such entry in the test chain");
  return view;
};

describe("chain", () => {
  test("a true chain is accepted whole, and in two reads", async () => {
    const { entries, owner: pinned } = await verify(chain);
    expect(entries.map(({ header }) => header.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(pinned).toEqual({ person: reporter, signPublicKey: reporterKey.publicKey });
    const second = entries[1];
    const latest = second?.header.at ?? "";
    const rest = await verifyChain(
      dossier,
      chain.slice(2),
      { ...keys(), owner: pinned },
      { after: { seq: 2, hash: second?.hash ?? "", latest }, seen: "whole" },
    );
    expect(rest.entries).toHaveLength(3);
  });

  test.each([1, 2, 3])("entry %i dropped", async (index) => expect(await codeOf(verify(chain.toSpliced(index, 1)))).toBe("chain-broken"));
  test("first entry dropped", async () => expect(await codeOf(verify(chain.slice(1)))).toBe("chain-broken"));
  test("two entries swapped", async () => expect(await codeOf(verify([at(0), at(2), at(1), at(3), at(4)]))).toBe("chain-broken"));
  test("an entry shown twice", async () => expect(await codeOf(verify([at(0), at(0), at(1)]))).toBe("chain-broken"));

  test("an entry replaced by another with the same number", async () => {
    const other = await entry(3, await statementHash(at(1).statement), owner, reporterKey);
    expect(await codeOf(verify([at(0), at(1), other, at(3), at(4)]))).toBe("chain-broken");
  });

  test("an entry of another dossier", async () => {
    const foreign = await entry(2, await statementHash(at(0).statement), member, workerKey, newUuid());
    expect(await codeOf(verify([at(0), foreign]))).toBe("chain-broken");
  });

  test("a payload altered under its signature", async () => {
    const { statement } = at(1);
    const altered = { ...at(1), statement: { ...statement, payload: at(2).statement.payload } };
    expect(await codeOf(verify([at(0), altered]))).toBe("signature-invalid");
  });

  test("a key the server made up for a desk member", async () => {
    const forged = await entry(2, await statementHash(at(0).statement), member, strangerKey);
    expect(await codeOf(verify([at(0), forged]))).toBe("signature-invalid");
  });

  test("a key the server made up for the owner", async () => {
    const forged = await entry(2, await statementHash(at(0).statement), owner, strangerKey);
    expect(await codeOf(verify([at(0), forged]))).toBe("signature-invalid");
    expect(
      await codeOf(
        verifyChain(
          dossier,
          [await entry(1, null, owner, strangerKey)],
          { ...keys(), owner: { person: reporter, signPublicKey: reporterKey.publicKey } },
          { after: null, seen: "whole" },
        ),
      ),
    ).toBe("signature-invalid");
  });

  test("a desk whose roster does not name the author", async () => {
    const forged = await entry(2, await statementHash(at(0).statement), { ...member, desk: newUuid() }, workerKey);
    expect(await codeOf(verify([at(0), forged]))).toBe("signature-invalid");
  });

  test.each(["reporter", "office-holder", "police", "authority", "expert"] as const)("a member of a safety desk who signs for it as %s", async (role) => {
    const forged = await entry(2, await statementHash(at(0).statement), { ...member, role }, workerKey);
    expect(await codeOf(verify([at(0), forged]))).toBe("signature-invalid");
  });
  test("a member of a desk who signs as someone who is consulted: any desk may be", async () => {
    const view = await entry(2, await statementHash(at(0).statement), { ...member, role: "consulted" }, workerKey);
    expect(await codeOf(verify([at(0), view]))).toBe("accepted");
  });
  test("an expert for the expert desk, and not for another", async () => {
    const view = await entry(2, await statementHash(at(0).statement), { ...member, role: "expert" }, workerKey);
    const experts: Roster = { ...roster("2026-11-01T00:00:00Z", true), function: "expert-desk" };
    expect(await codeOf(verifyChain(dossier, [at(0), view], keys([experts]), { after: null, seen: "whole" }))).toBe("accepted");
    expect(await codeOf(verify([at(0), view]))).toBe("signature-invalid");
  });
  test.each(["safety-desk", "consulted", "expert", "office-holder"] as const)("the owner who signs without a desk as %s", async (role) => {
    const forged = await entry(2, await statementHash(at(0).statement), { ...owner, role }, reporterKey);
    expect(await codeOf(verify([at(0), forged]))).toBe("signature-invalid");
    expect(await codeOf(verify([await entry(1, null, { ...owner, role }, reporterKey)]))).toBe("signature-invalid");
  });

  /** The report of 24 November, 00:00, followed by messages of the worker at the given times. */
  const followedBy = async (...times: readonly string[]): Promise<EntryView[]> => {
    const views = [at(0)];
    for (const time of times) {
      const last = views.at(-1);
      views.push(await entry(views.length + 1, last === undefined ? null : await statementHash(last.statement), member, workerKey, dossier, time));
    }
    return views;
  };
  const told = (views: readonly EntryView[], rosters: Roster[], seen: "whole" | "parts" = "whole") =>
    codeOf(verifyChain(dossier, views, keys(rosters), { after: null, seen }));

  test("a member who left, helped by the server, five minutes after the roster that let them go", async () => {
    const left = [roster("2026-11-01T00:00:00Z", true), roster("2026-11-24T12:00:00Z", false)];
    expect(await told(await followedBy("2026-11-24T11:00:00Z"), left)).toBe("accepted");
    expect(await told(await followedBy("2026-11-24T12:04:59Z"), left)).toBe("accepted");
    expect(await told(await followedBy("2026-11-24T12:05:01Z"), left)).toBe("signature-invalid");
    expect(await told(await followedBy("2026-12-24T12:00:00Z"), left)).toBe("signature-invalid");
  });

  test("a member who came, dated before that, and one who came back", async () => {
    const came = [roster("2026-11-01T00:00:00Z", false), roster("2026-11-24T12:00:00Z", true)];
    expect(await told(await followedBy("2026-11-24T11:54:59Z"), came)).toBe("signature-invalid");
    expect(await told(await followedBy("2026-11-24T11:55:01Z"), came)).toBe("accepted");
    const back = [roster("2026-11-01T00:00:00Z", true), roster("2026-11-24T12:00:00Z", false), roster("2026-11-25T12:00:00Z", true)];
    expect(await told(await followedBy("2026-11-24T18:00:00Z"), back)).toBe("signature-invalid");
    expect(await told(await followedBy("2026-11-26T00:00:00Z"), back)).toBe("accepted");
  });

  test("an entry dated back past the entries before it, at once or in small steps, and across a gap", async () => {
    const always = [roster("2026-11-01T00:00:00Z", true)];
    expect(await told(await followedBy("2026-11-24T12:00:00Z", "2026-11-24T11:55:00Z"), always)).toBe("accepted");
    expect(await told(await followedBy("2026-11-24T12:00:00Z", "2026-11-24T11:54:59Z"), always)).toBe("chain-broken");
    const steps = await followedBy("2026-11-24T12:00:00Z", "2026-11-24T11:56:00Z", "2026-11-24T11:52:00Z");
    expect(await told(steps, always)).toBe("chain-broken");
    expect(await told(steps.toSpliced(2, 1), always, "parts")).toBe("chain-broken");
    const { entries, owner: pinned } = await verify(steps.slice(0, 3));
    const after = { seq: 3, hash: entries[2]?.hash ?? "", latest: entries[1]?.header.at ?? "" };
    expect(await codeOf(verifyChain(dossier, steps.slice(3), { ...keys(), owner: pinned }, { after, seen: "whole" }))).toBe("chain-broken");
  });

  test("a reader of parts may see gaps, but not a changed order or neighbour", async () => {
    expect((await verify([at(0), at(2), at(3)], "parts")).entries).toHaveLength(3);
    expect(await codeOf(verify([at(2), at(0)], "parts"))).toBe("chain-broken");
    const other = await entry(4, "B".repeat(43), member, workerKey);
    expect(await codeOf(verify([at(2), other], "parts"))).toBe("chain-broken");
  });
});
