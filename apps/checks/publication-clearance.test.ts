/** Design law 4 for figures: a publication is cleared by a member of the research desk who did not make it, over its exact bytes; over a real house with real rosters. Run by vitest only. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signStatement } from "@rugdekking/seal";
import { readStatement } from "@rugdekking/seal/verify";
import { createDesk, type Session } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { checkClearance, clearPublication } from "#services/monitor/client/index.ts";
import { publicationStatement } from "#services/monitor/contract/publication.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let [maker, clearer, stranger]: Session[] = [];
let desk: string;
let envelope: Envelope;
const file = new TextEncoder().encode('{"id":"monitor-2026-1"}');

const of = (session: Session | undefined): Session => {
  if (session === undefined) throw new Error("no session");
  return session;
};
const order = () => ({ file, publication: "monitor-2026-1", wave: "2026", madeBy: of(maker).person.person, desk });

beforeAll(async () => {
  stage = await openStage();
  const enrol = async (name: string): Promise<Session> => await (await stage.enrol(`${name}@demostad.example.nl`))();
  maker = await enrol("maker");
  clearer = await enrol("tweede");
  stranger = await enrol("vreemde");
  const member = (session: Session, name: string, lead: boolean) => ({ person: session.person.person, name, office: "onderzoek", lead });
  ({ id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [member(maker, "Demo Maker", true), member(clearer, "Demo Tweede", false)],
  }));
  envelope = await clearPublication(clearer, order(), new Date());
}, 120_000);
afterAll(async () => await stage.close());

describe("a publication", () => {
  it("that another member of the desk cleared checks for anyone, by name of both", async () => {
    const payload = await checkClearance(stage.connect().trust, envelope, file);
    expect(payload).toMatchObject({ publication: "monitor-2026-1", by: of(clearer).person.person, madeBy: of(maker).person.person });
  });
  it("is not cleared by who made it, nor by someone outside the desk", async () => {
    await expect(clearPublication(of(maker), order(), new Date())).rejects.toMatchObject({ code: "role-forbidden" });
    await expect(clearPublication(of(stranger), order(), new Date())).rejects.toMatchObject({ code: "role-forbidden" });
    await expect(clearPublication(of(clearer), { ...order(), madeBy: of(stranger).person.person }, new Date())).rejects.toMatchObject({
      code: "role-forbidden",
    });
  });
  it("of which one byte is another is refused", async () => {
    const changed = Uint8Array.from(file, (byte, at) => (at === 8 ? byte ^ 1 : byte));
    await expect(checkClearance(stage.connect().trust, envelope, changed)).rejects.toMatchObject({ code: "signature-invalid" });
  });
  it("that was signed past these rules is refused by whoever checks", async () => {
    const payload = readStatement(envelope);
    const own = typeof payload === "object" && payload !== null ? payload : {};
    const forged = async (session: Session, changes: object): Promise<Envelope> =>
      await signStatement(publicationStatement, { ...own, ...changes }, session.person.sign);
    const { trust } = stage.connect();
    for (const wrong of [
      await forged(of(maker), { by: of(maker).person.person }),
      await forged(of(stranger), { by: of(stranger).person.person }),
      await forged(of(stranger), {}),
    ])
      await expect(checkClearance(trust, wrong, file)).rejects.toMatchObject({ code: "signature-invalid" });
  });
});
