/**
 * What a wave's statement holds the desk, the server and the respondent's device to: one epoch for every answer whatever becomes of the desk, a lead of that time, one statement per wave on a device that has seen it,
 * and no wave that keeps people from another one. Real HTTP, real database, real signatures; everybody invented.
 */
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateInvitationCode, signStatement } from "@rugdekking/seal";
import { readStatement } from "@rugdekking/seal/verify";
import { createDesk, memoryTrustStore, rotateDesk, Trust, type Session } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import {
  addInvitations,
  collectToken,
  downloadAnswers,
  giveAnswer,
  prepareToken,
  readWave,
  respondentConnection,
  stateWave,
  type Wave,
  type WavePlan,
} from "#services/monitor/client/index.ts";
import { MonitorError } from "#services/monitor/client/monitor-client.ts";
import { monitorOverHttp } from "#services/monitor/client/over-http.ts";
import { monitorStatements, stratumName, WaveList, WavePayload } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { Check, Parse } from "typebox/value";
import { openStage, type TestStage } from "./stage.ts";

const day = 86_400_000;
const key = { function: "raadslid", organisationType: "gemeente", province: "utrecht", sizeClass: "alle" };
const stratum = stratumName(key);
const words = (text: string): Wave["title"] => ({ nl: text, en: text, fy: text });
const recordOf = (recallMonths: 6 | 12): Parameters<typeof giveAnswer>[3] => ({
  questionnaire: { set: "monitor", version: 1 },
  recallMonths,
  details: false,
  answers: { months: String(recallMonths) },
});

let stage: TestStage;
let offset = 0;
let desk = "";
let signInLead: () => Promise<Session>;
let lead: Session;
let wave: Wave;
let codes: string[];

const planOf = (name: string): WavePlan => {
  const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
  return {
    desk,
    wave: name,
    title: words(name),
    questionnaire: { set: "monitor", version: 1, digest: "A".repeat(43) },
    recallMonths: 12,
    labels: {},
    opens: at(-0.0001),
    closes: at(1),
    ends: at(3),
    strata: [{ key, population: 10, invited: 10 }],
  };
};
const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  await attempt.then(
    () => "done",
    (error: unknown) => (error instanceof Problem || error instanceof MonitorError ? error.code : String(error)),
  );
/** A server, or a line to it, that answers otherwise where `change` gives something. */
const changed =
  (change: (path: string, body: unknown) => unknown): typeof fetch =>
  async (input, init) => {
    const answer = await fetch(input, init);
    const body: unknown = answer.headers.get("content-type")?.includes("json") === true ? await answer.clone().json() : null;
    const path = new URL(typeof input === "string" ? input : input instanceof URL ? input.href : input.url).pathname;
    const other = change(path, body);
    return other === undefined ? answer : Response.json(other, { status: answer.status });
  };
/** A device: what it has pinned, and whom it asks. */
const device = (pins = memoryTrustStore(), fetching: typeof fetch = fetch): Trust => new Trust(respondentConnection(stage.house.url, fetching), pins);
const payloadOf = (statement: Envelope): WavePayload => {
  const payload: unknown = readStatement(statement);
  if (!Check(WavePayload, payload)) throw new Error("no wave");
  return payload;
};
const statementOf = async (name: string): Promise<Envelope> => {
  const { waves } = await stage.connect().connection.get("/api/v1/monitor/waves", WaveList);
  const found = waves.find((one) => one.wave === name);
  if (found === undefined) throw new Error("no such wave");
  return found.statement;
};

async function answerWith(code: string, record: Parameters<typeof giveAnswer>[3]): Promise<void> {
  const own = await readWave(device(), wave.wave);
  const connection = respondentConnection(stage.house.url);
  const token = await collectToken(connection, own, stratum, code, await prepareToken(own, stratum));
  expect(await giveAnswer(connection, own, token, record)).toBe("accepted");
}

beforeAll(async () => {
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + offset) } });
  const [enrolLead, enrolOther] = await Promise.all(["onderzoek", "tweede"].map(async (name) => await stage.enrol(`${name}@demostad.example.nl`)));
  if (enrolLead === undefined || enrolOther === undefined) throw new Error("nobody enrolled");
  const [first, second] = [await enrolLead(), await enrolOther()];
  const member = (session: Session, leads: boolean) => ({ person: session.person.person, name: "Demo Onderzoeker", office: "onderzoek", lead: leads });
  ({ id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [member(first, true), member(second, true)],
  }));
  signInLead = enrolOther;
  lead = await signInLead();
  const stater = await enrolLead();
  wave = await stateWave(stater, planOf("2026-proef"));
  codes = Array.from({ length: 10 }, () => generateInvitationCode());
  await addInvitations(
    stater,
    wave.wave,
    codes.map((code) => ({ code, stratum })),
  );
  await answerWith(codes[0] ?? "", recordOf(12));
  // Who stated the wave leads no more, minutes after: the desk is in its second epoch.
  await rotateDesk(lead, desk, { add: [member(first, false)] });
}, 120_000);
afterAll(async () => await stage.close());

describe("a wave whose desk changes meanwhile", () => {
  it("stays that of a lead of the time it was stated", async () => {
    expect((await readWave(device(), wave.wave)).hash).toBe(wave.hash);
  });

  it("has every answer sealed to the epoch it names, and the answers say nothing of epochs", async () => {
    await answerWith(codes[1] ?? "", recordOf(12));
    await answerWith(codes[2] ?? "", recordOf(6));
    const { rows } = await sql<{ name: string }>`SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_name LIKE 'monitor_%' AND column_name = 'epoch'`.execute(stage.database.db);
    expect(rows).toEqual([]);
    offset = 4 * day;
    try {
      // A session does not last until the wave has ended.
      const later = await signInLead();
      const opened = await downloadAnswers(later, await readWave(later.trust, wave.wave));
      expect(opened.filter(({ record }) => record !== null)).toHaveLength(2);
      // What answers about other months than were asked is counted among what does not open.
      expect(opened.flatMap((one) => (one.record === null ? [one.why] : []))).toEqual([expect.stringContaining("6 months")]);
    } finally {
      offset = 0;
    }
  });

  it("is refused by the server when it is stated for another epoch than that of the day, and by a device when that epoch was not in force", async () => {
    const stale = { ...payloadOf(await statementOf(wave.wave)), by: lead.person.person, at: new Date().toISOString(), epoch: 1 };
    const state = async (payload: WavePayload): Promise<string> =>
      await codeOf(
        lead.connection.command("POST", "/api/v1/monitor/waves", { statement: await signStatement(monitorStatements.wave, payload, lead.person.sign) }),
      );
    expect(await state({ ...stale, wave: "2027" })).toBe("epoch-stale");
    const statement = await signStatement(monitorStatements.wave, { ...stale, epoch: 3 }, lead.person.sign);
    const lying = changed((path) => (path.endsWith(`/waves/${wave.wave}`) ? { wave: wave.wave, statement } : undefined));
    expect(await codeOf(readWave(device(memoryTrustStore(), lying), wave.wave))).toBe("signature-invalid");
  });
});

describe("[Note: The first statement stands]", () => {
  it("refuses another statement of a wave that was seen, though a lead signed it; who never looked before is shown it as the first", async () => {
    const other = { ...payloadOf(await statementOf(wave.wave)), by: lead.person.person, at: new Date().toISOString(), epoch: 2, title: words("Voor u alleen") };
    const statement = await signStatement(monitorStatements.wave, other, lead.person.sign);
    const lying = changed((path) => (path.endsWith(`/waves/${wave.wave}`) ? { wave: wave.wave, statement } : undefined));
    const seen = memoryTrustStore();
    await readWave(device(seen), wave.wave);
    expect(await codeOf(readWave(device(seen, lying), wave.wave))).toBe("signature-invalid");
    expect((await readWave(device(seen), wave.wave)).hash).toBe(wave.hash);
    // The limit that docs/anonymity.md tells: lead and server together, and a device that comes for the first time.
    const fresh = memoryTrustStore();
    expect((await readWave(device(fresh, lying), wave.wave)).title.nl).toBe("Voor u alleen");
    expect(await codeOf(readWave(device(fresh), wave.wave))).toBe("signature-invalid");
  });
});

describe("a respondent's device", () => {
  it("passes over a wave that does not verify, and says so only to whose code no other wave knows", async () => {
    const lying = changed((path, body) => {
      if (!path.endsWith("/waves")) return undefined;
      const { waves } = Parse(WaveList, body);
      const [sound] = waves;
      return sound === undefined
        ? undefined
        : { waves: [{ ...sound, wave: "2029" }, { wave: "2030", statement: { ...sound.statement, payload: "e30" } }, ...waves] };
    });
    const client = monitorOverHttp(stage.house.url, memoryTrustStore(), lying);
    expect((await client.openWave(codes[3] ?? "")).title.nl).toBe("2026-proef");
    expect(await codeOf(client.openWave(generateInvitationCode()))).toBe("token-refused");
    expect(await codeOf(monitorOverHttp(stage.house.url, memoryTrustStore()).openWave(generateInvitationCode()))).toBe("code-unknown");
  });

  it("asks for waves once when a code is opened, and for the one wave when it comes back later", async () => {
    const asked: string[] = [];
    const watching = changed((path) => {
      if (path.includes("/waves")) asked.push(path.replace("/api/v1/monitor", ""));
      return undefined;
    });
    const pins = memoryTrustStore();
    const client = monitorOverHttp(stage.house.url, pins, watching);
    const opened = await client.openWave(codes[4] ?? "");
    const prepared = await client.prepareToken(opened);
    expect(asked).toEqual(["/waves", `/waves/${wave.wave}/look-ups`]);
    asked.length = 0;
    const later = monitorOverHttp(stage.house.url, pins, watching);
    await later.collectToken(codes[4] ?? "", prepared);
    expect(asked).toEqual([`/waves/${wave.wave}`, `/waves/${wave.wave}/tokens`]);
  });
});
