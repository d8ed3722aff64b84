/** The invented wave of the Monitor: two strata of people who do not exist, with codes for whoever wants to see how answering feels. Called by build.ts. */
import { generateInvitationCode } from "@rugdekking/seal";
import { questionnaireDigest } from "#apps/cli/questionnaire-file.ts";
import { addInvitations, readWaves, stateWave } from "#services/monitor/client/index.ts";
import { stratumName } from "#services/monitor/contract/index.ts";
import { knownCodes } from "#services/monitor/frame/words.ts";
import type { Stage } from "./build.ts";

const first = "demonstratie";
/** The name after this one: `demonstratie`, `demonstratie-2`, … */
const following = (wave: string): string => `${first}-${Number(/-(\d+)$/.exec(wave)?.[1] ?? 1) + 1}`;
const day = 86_400_000;

/** One that is asked everything, and one too small for questions about the person. */
const strata = [
  { key: { function: "raadslid", organisationType: "gemeente", province: "demoland", sizeClass: "20-50" }, population: 60, invited: 40 },
  { key: { function: "wethouder", organisationType: "gemeente", province: "demoland", sizeClass: "20-50" }, population: 12, invited: 12 },
];

const labels = Object.fromEntries(
  ["raadslid", "wethouder", "gemeente", "20-50"].flatMap((code) => {
    const words = knownCodes[code];
    return words === undefined ? [] : [[code, words]];
  }),
);

/**
 * States the wave and puts in its invitations, unless that was done; cut off, the next start goes on. Called at every start: once a wave gives out no more tokens another follows, with codes of its own.
 * @param now moment, for tests
 */
export async function playMonitor(stage: Stage, now = Date.now()): Promise<void> {
  const known = stage.monitor();
  const stated = await readWaves(stage.guest().trust);
  const latest = stated.find((one) => one.wave === known?.wave);
  const past = latest !== undefined && now >= Date.parse(latest.closes);
  const session = await stage.session("onderzoek");
  const wave = known === null ? first : past ? following(known.wave) : known.wave;
  const invitations =
    (past ? undefined : known?.invitations) ??
    strata.flatMap(({ key, invited }) => Array.from({ length: invited }, () => ({ code: generateInvitationCode(), stratum: stratumName(key) })));
  await stage.remember({ monitor: { wave, invitations: [...invitations] } });
  if (!stated.some((one) => one.wave === wave)) {
    const at = (days: number): string => new Date(now + days * day).toISOString();
    await stateWave(session, {
      desk: stage.desk("research"),
      wave,
      title: { nl: "Monitor (demonstratie, verzonnen)", en: "Monitor (demonstration, invented)", fy: "Monitor (demonstraasje, betocht)" },
      questionnaire: { set: "monitor", version: 1, digest: await questionnaireDigest("monitor", 1) },
      recallMonths: 12,
      opens: at(-0.01),
      closes: at(60),
      ends: at(62),
      strata,
      labels: { ...labels, demoland: { nl: "Demoland", en: "Demoland", fy: "Demolân" } },
    });
  }
  await addInvitations(session, wave, invitations);
}
