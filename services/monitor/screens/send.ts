/** Sends what waits: the one place where answers leave the device. Called by the start page when the moment has come. */
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { MonitorError } from "#services/monitor/client/monitor-client.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { recordOf } from "#services/monitor/questionnaire/index.ts";
import { askingOf } from "./asking.ts";
import { change } from "./kept-participation.ts";
import { monitorClient } from "./monitor-client-maker.ts";

/**
 * Sends it, and keeps only that it was sent; not when it was taken back, changed or sent in another tab (`[Note: Two tabs]`). An answer that had arrived before after all (`spent`) is as good.
 * @throws MonitorError, and whatever the connection throws; then everything is still there.
 */
export async function sendWaiting(waiting: Extract<Participation, { readonly answers: unknown }>): Promise<void> {
  const { wave, token, answers } = waiting;
  const client = await monitorClient();
  const { set, version } = wave.questionnaire;
  const questionnaire = await loadQuestionnaire(set, version);
  if (questionnaire === null) throw new MonitorError("app-old", `This app does not know version ${version} of questionnaire ${set}: load the page again`);
  const record = recordOf(askingOf(questionnaire, wave), answers);
  await change(waiting, { state: "sent", wave }, async () => void (await client.answer(token, record)));
}
