/** Sends what waits: the one place where answers leave the device. Called by the start page when the moment has come. */
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { MonitorError } from "#services/monitor/client/monitor-client.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { recordOf } from "#services/monitor/questionnaire/index.ts";
import { askingOf } from "./asking.ts";
import { keep } from "./kept-participation.ts";
import { monitorClient } from "./monitor-client-maker.ts";

/**
 * Sends it, and keeps only that it was sent. An answer that had arrived before after all (`spent`) is as good.
 * @throws MonitorError, and whatever the connection throws; then everything is still there.
 */
export async function sendWaiting(waiting: Extract<Participation, { readonly answers: unknown }>): Promise<void> {
  const { wave, token, answers } = waiting;
  const client = await monitorClient();
  const questionnaire = await loadQuestionnaire(wave.questionnaire.set, wave.questionnaire.version);
  if (client === null || questionnaire === null)
    throw new MonitorError("wave-not-open", "This app knows no Monitor, or not the questionnaire of this wave; reload the page");
  await client.answer(token, recordOf(askingOf(questionnaire, wave), answers));
  await keep({ state: "sent", wave });
}
