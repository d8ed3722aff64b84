/** Seals an answer to the research desk. Apart from respondent.ts, which loads it when something is sent and not before. */
import { generateDossierKey, handOver, sealJson, toBase64Url } from "@rugdekking/seal";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { answerBytes, sealedAnswerBytes, type AnswerBody, type SealedAnswer } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Wave } from "./waves.ts";

/** Seals an answer to the research desk, in the epoch of the wave ([Note: One epoch of a wave]); equally long whatever is in it. @throws {@link Problem} input-too-large. */
export async function sealAnswer(wave: Wave, record: AnswerRecord): Promise<SealedAnswer> {
  const body: AnswerBody = { version: 1, record, fill: "" };
  const length = new TextEncoder().encode(JSON.stringify(body)).length;
  if (length > answerBytes)
    throw new Problem(
      "input-too-large",
      `The answer is ${length} bytes, at most ${answerBytes}`,
      "This cannot come from a published questionnaire; load the page again.",
    );
  const id = crypto.randomUUID();
  const key = generateDossierKey();
  const sealed = await sealJson({ ...body, fill: " ".repeat(answerBytes - length) }, key, { dossier: id, item: id, channel: "main" });
  if (sealed.length !== sealedAnswerBytes)
    throw new Problem("unavailable", "The sealed answer has an unforeseen length", "Tell whoever runs this server; nothing was sent.");
  const { desk, epoch, answerPublicKey } = wave;
  return {
    id,
    key: await handOver(key, answerPublicKey, { purpose: "answer", subject: id, to: `${desk}/${epoch}` }),
    sealed: toBase64Url(sealed),
  };
}
