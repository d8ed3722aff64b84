/**
 * What anonymous tokens cost: blind signatures and verifications a second on one core of the issuer, beside the client library's own server side in the same run; and the client's two steps.
 * `node tools/bench/tokens.ts [--seconds 5]`.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { encodeToken, finishToken, requestToken } from "@rugdekking/tokens";
import { exportIssuerKey, generateIssuerKey, signBlinded, TokenVerifier } from "@rugdekking/tokens/server";
import { table, tell, type Row } from "./table.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "5" } } });
const milliseconds = Number(values.seconds) * 1000;

/** Times a second that work is done, on this one thread. */
async function rate(work: () => unknown): Promise<number> {
  await work();
  const start = performance.now();
  let done = 0;
  do {
    await work();
    done += 1;
  } while (performance.now() - start < milliseconds);
  return (done * 1000) / (performance.now() - start);
}

const loadBefore = loadavg();
const rows: Row[] = [];
for (const bits of [2048, 3072, 4096] as const) {
  tell(`${bits} bits`);
  const issuer = await generateIssuerKey("2026", "bench", bits);
  const pending = await requestToken(issuer.key);
  const answer = signBlinded(issuer, pending.blinded);
  const token = encodeToken(await finishToken(issuer.key, pending, answer));
  const verifier = new TokenVerifier([issuer.key]);

  const suite = RSABSSA.SHA384.PSS.Randomized();
  const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
  const secret = await crypto.subtle.importKey("pkcs8", exportIssuerKey(issuer), algorithm, true, ["sign"]);
  const open = await crypto.subtle.importKey("spki", issuer.key.spki, algorithm, true, ["verify"]);
  const raw = await finishToken(issuer.key, pending, await suite.blindSign(secret, pending.blinded));

  const each = (perSecond: number): string => `${perSecond.toFixed(perSecond < 100 ? 1 : 0)} /s (${(1000 / perSecond).toFixed(2)} ms)`;
  const compare = (what: string, ours: number, theirs: number): void => {
    rows.push({ what: `${what}, ${bits} bits`, ours: each(ours), baseline: `${each(theirs)} blindrsa-ts`, ratio: `${(ours / theirs).toFixed(1)}x` });
  };
  compare("issuer: blind sign, checked", await rate(() => signBlinded(issuer, pending.blinded)), await rate(() => suite.blindSign(secret, pending.blinded)));
  compare("issuer: read, verify and name a token", await rate(() => verifier.verify(token)), await rate(() => suite.verify(open, raw.signature, raw.prepared)));
  rows.push({ what: `client: prepare and blind, ${bits} bits`, ours: each(await rate(() => requestToken(issuer.key))) });
  rows.push({ what: `client: finish and check, ${bits} bits`, ours: each(await rate(() => finishToken(issuer.key, pending, answer))) });
}
process.stdout.write(
  `${table("Anonymous tokens, one core", rows, loadBefore, ["The client's half is that library, so it has no baseline. `blindrsa-ts` verifies by WebCrypto, in a thread beside; ours in the same thread, with parsing and naming."])}\n`,
);
