/** Law 5: nothing is lost and nothing is silently changed. A server that drops, reorders, forges or borrows entries is refused by the client. */
import { generateSeed, newUuid, signKeyPair, signStatement, type SignKeyPair } from "@rugdekking/seal";
import { statementHash, type RosterMember } from "@rugdekking/seal/verify";
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

async function entry(seq: number, previous: string | null, author: EntryHeader["author"], key: SignKeyPair, of = dossier): Promise<EntryView> {
  const header: EntryHeader = {
    dossier: of,
    seq,
    previous,
    kind: seq === 1 ? "report" : "message",
    action: null,
    author,
    at: "2026-11-24T00:00:00Z",
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

const keys = (): AuthorKeys => {
  const members: RosterMember[] = [
    { person: worker, name: "Demo Medewerker", office: "adviseur", lead: true, sealPublicKey: "", signPublicKey: workerKey.publicKey },
  ];
  return { owner: null, deskMembers: async (id) => (id === desk ? members : []) };
};
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
    const rest = await verifyChain(dossier, chain.slice(2), { ...keys(), owner: pinned }, { after: { seq: 2, hash: second?.hash ?? "" }, seen: "whole" });
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

  test("a reader of parts may see gaps, but not a changed order or neighbour", async () => {
    expect((await verify([at(0), at(2), at(3)], "parts")).entries).toHaveLength(3);
    expect(await codeOf(verify([at(2), at(0)], "parts"))).toBe("chain-broken");
    const other = await entry(4, "B".repeat(43), member, workerKey);
    expect(await codeOf(verify([at(2), other], "parts"))).toBe("chain-broken");
  });
});
