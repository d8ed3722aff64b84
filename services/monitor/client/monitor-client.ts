/** What the respondent's page needs of the Monitor: look up a wave, collect a token, answer. The screens know this interface alone; who makes it is decided where the app is wired. */
import type { RecallMonths, Words } from "#registers/questionnaires/index.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";

/** A wave as a respondent sees it. */
export interface OpenWave {
  /** Stable id of the wave. */
  readonly id: string;
  readonly title: Words;
  /** Which published questionnaire is asked. */
  readonly questionnaire: { readonly set: string; readonly version: number };
  readonly recallMonths: RecallMonths;
  /** Whether questions marked `detail` are asked: false when the stratum has fewer invited than the questionnaire's `smallStratum`. */
  readonly details: boolean;
  /** From this moment on no token is given out, RFC 3339. */
  readonly closes: string;
  /** From this moment on no answer is taken, RFC 3339; a day or more after `closes`. */
  readonly ends: string;
  /** What the token will say of the person and all it will say: function, kind of organisation, province, size class, in words. */
  readonly stratum: readonly Words[];
}

/** Every stable code with which the Monitor refuses something. */
export const monitorRefusals = ["code-unknown", "wave-not-open", "wave-closed", "token-collected", "token-refused", "answer-refused", "app-old"] as const;
/**
 * `code-unknown`: no invitation has this code. `wave-not-open`, `wave-closed`: outside its days. `token-collected`: a token was collected with this code for another prepared token (another device,
 * or a device that was cleared). `token-refused`: the token does not hold, was not made for this wave, or what came back does not check. `answer-refused`: the record does not fit its questionnaire.
 * `app-old`: the wave asks a questionnaire that was published after this page was loaded.
 */
export type MonitorRefusal = (typeof monitorRefusals)[number];

/** The Monitor does not do what was asked. Anything else that is thrown (no connection, a server that fails) may be tried again. */
export class MonitorError extends Error {
  override readonly name = "MonitorError";
  readonly code: MonitorRefusal;

  constructor(code: MonitorRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * [Note: Two visits] `openWave`, `prepareToken` and `collectToken` are one visit, under the code of an invitation. `answer` is another, under the token alone: nothing may go with it that was in the
 * first (no code, no cookie, no sign-in, no connection kept open for it), and the page makes it later, at a moment chosen by chance. It is made from `/monitor` alone, and goes without the cookie also when
 * someone is signed in there.
 */
export interface MonitorClient {
  /** Looks up the wave of an invitation. Spends nothing. @throws {@link MonitorError} code-unknown, wave-not-open, wave-closed, app-old. */
  openWave(code: string): Promise<OpenWave>;
  /**
   * Makes a token and blinds it, here, without asking anyone.
   * @returns what {@link collectToken} needs, as text; the page keeps it sealed before it collects, so that a lost connection loses no token.
   */
  prepareToken(wave: OpenWave): Promise<string>;
  /**
   * Has a prepared token signed blindly. Asked again with the same code and prepared token it gives the same token: the server signs the same blinded message again.
   * @returns the token, as text, opaque to the page.
   * @throws {@link MonitorError} code-unknown, wave-closed, token-collected, token-refused.
   */
  collectToken(code: string, prepared: string): Promise<string>;
  /**
   * Sends one answer, sealed; what goes over the line is equally long whatever is in it ([Note: Every answer is equally long]).
   * @returns `accepted`; or `spent`: an answer under this token was taken before, so an earlier attempt had arrived after all.
   * @throws {@link MonitorError} wave-closed, token-refused, answer-refused.
   */
  answer(token: string, record: AnswerRecord): Promise<"accepted" | "spent">;
}
