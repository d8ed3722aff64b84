/** The {@link MonitorClient} of a real server: waves checked against the pinned registrar, tokens by RFC 9474, answers sealed to the research desk, everything without a cookie. apps/web hands it to the pages. */
import { SealError } from "@rugdekking/seal/verify";
import { TokenError } from "@rugdekking/tokens";
import { loadQuestionnaire, type Words } from "#registers/questionnaires/index.ts";
import { Trust, type TrustStore } from "#services/directory/client/trust.ts";
import { stratumName, stratumParts, type Stratum } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { MonitorError, type MonitorClient, type MonitorRefusal, type OpenWave } from "./monitor-client.ts";
import { collectToken, giveAnswer, lookUpInvitation, prepareToken, respondentConnection } from "./respondent.ts";
import { readSoundWaves, readWave, type Wave } from "./waves.ts";

/** Wave and stratum, or wave and token, as one text. Neither holds a space. */
const together = (wave: string, other: string): string => `${wave} ${other}`;
function apart(text: string): [string, string] {
  const at = text.indexOf(" ");
  return [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
}

const refusals: Partial<Record<string, MonitorRefusal>> = {
  "invitation-unknown": "code-unknown",
  "invitation-malformed": "code-unknown",
  "already-there": "token-collected",
  "signature-invalid": "token-refused",
  "input-malformed": "token-refused",
  "input-too-large": "answer-refused",
};

/** What the server or an engine refuses, as the pages know it. What may be tried again stays what it is. */
function refuse(error: unknown): never {
  if (error instanceof TokenError) throw new MonitorError("token-refused", error.message);
  if (error instanceof SealError || error instanceof Problem) {
    const code = refusals[error.code];
    if (code !== undefined) throw new MonitorError(code, error.message);
    if (error.code === "phase-forbidden") throw new MonitorError("wave-closed", error.message);
  }
  throw error;
}

const labelOf = ({ labels }: Wave, code: string): Words => labels[code] ?? { nl: code, en: code, fy: code };

async function shown(wave: Wave, stratum: Stratum): Promise<OpenWave> {
  const { set, version } = wave.questionnaire;
  const questionnaire = await loadQuestionnaire(set, version);
  if (questionnaire === null) throw new MonitorError("app-old", `This app does not know version ${version} of questionnaire ${set}: load the page again`);
  return {
    id: together(wave.wave, stratumName(stratum.key)),
    title: wave.title,
    questionnaire: { set, version },
    recallMonths: wave.recallMonths,
    details: stratum.invited >= questionnaire.smallStratum,
    closes: wave.closes,
    ends: wave.ends,
    stratum: stratumParts.map((part) => labelOf(wave, stratum.key[part])),
  };
}

/** @param base origin of the server; @param pins where keys are pinned on this device */
export function monitorOverHttp(base: string, pins: TrustStore, fetching: typeof fetch = fetch): MonitorClient {
  const connection = respondentConnection(base, fetching);
  const trust = new Trust(connection, pins);
  const known = new Map<string, Promise<Wave>>();
  const waveOf = (id: string): Promise<Wave> => {
    const wave = known.get(id) ?? readWave(trust, id);
    known.set(id, wave);
    wave.catch(() => known.delete(id));
    return wave;
  };
  return {
    async openWave(code) {
      const now = Date.now();
      let closed: MonitorRefusal = "code-unknown";
      try {
        const { waves, errors } = await readSoundWaves(trust);
        for (const wave of waves) {
          const found = await lookUpInvitation(connection, wave.wave, code).catch((error: unknown) => {
            if (error instanceof Problem && error.code === "invitation-unknown") return null;
            throw error;
          });
          if (found === null) continue;
          const stratum = wave.strata.find(({ key }) => stratumName(key) === found.stratum);
          if (stratum === undefined) throw new MonitorError("token-refused", "The invitation is of a stratum that the wave's statement does not name");
          if (now < Date.parse(wave.opens)) closed = "wave-not-open";
          else if (now >= Date.parse(wave.closes)) closed = "wave-closed";
          else {
            known.set(wave.wave, Promise.resolve(wave));
            return await shown(wave, stratum);
          }
        }
        // The code may be of a wave that does not verify: that is to be told, rather than that the code is wrong.
        const [first] = errors;
        if (closed === "code-unknown" && first !== undefined) throw first;
      } catch (error) {
        return refuse(error);
      }
      throw new MonitorError(closed, "No wave that runs has an invitation with this code");
    },
    async prepareToken({ id }) {
      const [wave, stratum] = apart(id);
      try {
        return together(wave, together(stratum, await prepareToken(await waveOf(wave), stratum)));
      } catch (error) {
        return refuse(error);
      }
    },
    async collectToken(code, prepared) {
      const [wave, rest] = apart(prepared);
      const [stratum, pending] = apart(rest);
      try {
        return together(wave, await collectToken(connection, await waveOf(wave), stratum, code, pending));
      } catch (error) {
        return refuse(error);
      }
    },
    async answer(token, record) {
      const [wave, text] = apart(token);
      try {
        return await giveAnswer(connection, await waveOf(wave), text, record);
      } catch (error) {
        return refuse(error);
      }
    },
  };
}
