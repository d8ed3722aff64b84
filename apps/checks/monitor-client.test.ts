/** What a page of the Monitor is told of a wave by a real server: both its last moments, and that the page is older than the questions. Everybody invented. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateInvitationCode } from "@rugdekking/seal";
import { createDesk, memoryTrustStore, type Session } from "#services/directory/client/index.ts";
import { addInvitations, stateWave } from "#services/monitor/client/index.ts";
import { monitorOverHttp } from "#services/monitor/client/over-http.ts";
import { stratumName } from "#services/monitor/contract/index.ts";
import { openStage, type TestStage } from "./stage.ts";

const day = 86_400_000;
const key = { function: "raadslid", organisationType: "gemeente", province: "utrecht", sizeClass: "alle" };
const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
const [closes, ends] = [at(3), at(5)];

let stage: TestStage;
let desk = "";
let lead: Session;
beforeAll(async () => {
  stage = await openStage();
  const signIn = await stage.enrol("onderzoek@demostad.example.nl");
  const { person } = await signIn();
  const members = [{ person: person.person, name: "Demo Onderzoeker", office: "onderzoek", lead: true }];
  desk = (await createDesk(stage.connect().trust, { registrar: stage.registrar, organisation: "bzk", name: "Demo onderzoek", function: "research", members }))
    .id;
  lead = await signIn();
}, 120_000);
afterAll(async () => await stage.close());

/** States a wave of one stratum that asks this version of the questionnaire. @returns a code of it. */
async function waveOf(version: number): Promise<string> {
  const wave = `2026-${version}`;
  await stateWave(lead, {
    desk,
    wave,
    title: { nl: wave, en: wave, fy: wave },
    questionnaire: { set: "monitor", version, digest: "A".repeat(43) },
    recallMonths: 12,
    labels: {},
    opens: at(-0.0001),
    closes,
    ends,
    strata: [{ key, population: 10, invited: 10 }],
  });
  const codes = Array.from({ length: 10 }, generateInvitationCode);
  await addInvitations(
    lead,
    wave,
    codes.map((code) => ({ code, stratum: stratumName(key) })),
  );
  return codes[0] ?? "";
}

it("is told when no token is given out any more, and when no answer is taken", async () => {
  const code = await waveOf(1);
  expect(await monitorOverHttp(stage.house.url, memoryTrustStore()).openWave(code)).toMatchObject({ closes, ends });
});

it("is told that it is too old for a questionnaire published after it, and not that answers were refused", async () => {
  const code = await waveOf(99);
  await expect(monitorOverHttp(stage.house.url, memoryTrustStore()).openWave(code)).rejects.toMatchObject({ code: "app-old" });
});
