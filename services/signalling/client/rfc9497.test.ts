/** RFC 9497 appendix A.1.2 (VOPRF, ristretto255-SHA512), one test per vector, through the library and through our two halves; and what a client refuses. Run by vitest only. */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateBatch, evaluationKey } from "#services/signalling/server/oblivious.ts";
import { blind, fingerprintUnder, inputOf, unblind } from "./oblivious.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const spelled = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const { voprf } = ristretto255_oprf;

const seed = hex("a3".repeat(32));
const keys = voprf.deriveKeyPair(seed, new TextEncoder().encode("test key"));
const one = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";
const other = "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6";

const vectors = [
  {
    name: "A.1.2.1 test vector 1, batch size 1",
    inputs: ["00"],
    blinds: ["64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"],
    blinded: ["863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"],
    evaluated: ["aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"],
    proof: "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
    random: "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
    outputs: [one],
  },
  {
    name: "A.1.2.2 test vector 2, batch size 1",
    inputs: ["5a".repeat(17)],
    blinds: ["64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"],
    blinded: ["cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c"],
    evaluated: ["60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468"],
    proof: "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02",
    random: "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
    outputs: [other],
  },
  {
    name: "A.1.2.3 test vector 3, batch size 2",
    inputs: ["00", "5a".repeat(17)],
    blinds: ["64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706", "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e"],
    blinded: ["863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945", "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654"],
    evaluated: ["aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e", "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a"],
    proof: "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08",
    random: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
    outputs: [one, other],
  },
] as const;

/** The library takes random bytes and reduces them to 1..order-1: these give exactly this scalar. */
const bytesFor =
  (scalar: string) =>
  (length = 48): Uint8Array => {
    let less = BigInt(`0x${Buffer.from(hex(scalar)).reverse().toString("hex")}`) - 1n;
    return Uint8Array.from({ length }, () => {
      const byte = Number(less & 255n);
      less >>= 8n;
      return byte;
    });
  };

describe("RFC 9497 A.1.2: ristretto255-SHA512, VOPRF", () => {
  it("derives the key pair of the vectors", () => {
    expect(Buffer.from(keys.secretKey).toString("hex")).toBe("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909");
    expect(Buffer.from(keys.publicKey).toString("hex")).toBe("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e");
  });

  it.each(vectors)("$name: the library blinds, evaluates and proves it byte for byte", ({ inputs, blinds, blinded, evaluated, proof, random }) => {
    const made = inputs.map((input, at) => voprf.blind(hex(input), bytesFor(blinds[at] ?? "")));
    expect(made.map((each) => Buffer.from(each.blind).toString("hex"))).toEqual(blinds);
    expect(made.map((each) => Buffer.from(each.blinded).toString("hex"))).toEqual(blinded);
    const answer = voprf.blindEvaluateBatch(
      keys.secretKey,
      keys.publicKey,
      made.map((each) => each.blinded),
      bytesFor(random),
    );
    expect(answer.evaluated.map((each) => Buffer.from(each).toString("hex"))).toEqual(evaluated);
    expect(Buffer.from(answer.proof).toString("hex")).toBe(proof);
  });

  it.each(vectors)("$name: the server's half evaluates it, the client's half takes it", ({ inputs, blinds, blinded, evaluated, proof, outputs }) => {
    expect(evaluateBatch(keys, blinded.map(hex)).evaluated.map((each) => Buffer.from(each).toString("hex"))).toEqual(evaluated);
    const sent = inputs.map((input, at) => ({ input: hex(input), blind: hex(blinds[at] ?? ""), blinded: hex(blinded[at] ?? "") }));
    const answer = { evaluated: evaluated.map((each) => spelled(hex(each))), proof: spelled(hex(proof)) };
    expect(unblind(sent, answer, spelled(keys.publicKey)).map((each) => Buffer.from(each).toString("hex"))).toEqual(outputs);
  });
});

describe("what a client refuses and a server never learns", () => {
  const key = evaluationKey(seed);
  const input = inputOf("phone", "+31612345678");
  const answerOf = (made: { evaluated: readonly Uint8Array[]; proof: Uint8Array }) => ({ evaluated: made.evaluated.map(spelled), proof: spelled(made.proof) });

  it("an evaluation with another key than the pinned one, however well proven", () => {
    const sent = [blind(input)];
    const elsewhere = evaluationKey(hex("b4".repeat(32)));
    const answer = answerOf(
      evaluateBatch(
        elsewhere,
        sent.map((each) => each.blinded),
      ),
    );
    expect(unblind(sent, answer, spelled(elsewhere.publicKey))).toHaveLength(1);
    expect(() => unblind(sent, answer, spelled(key.publicKey))).toThrow(expect.objectContaining({ code: "signature-invalid" }));
  });

  it("a batch in which one element was evaluated with another key", () => {
    const sent = [blind(input), blind(inputOf("email", "demo@demostad.example.nl"))];
    const good = answerOf(
      evaluateBatch(
        key,
        sent.map((each) => each.blinded),
      ),
    );
    const [second] = sent.slice(1);
    const bad = evaluateBatch(evaluationKey(hex("b4".repeat(32))), [second?.blinded ?? input]).evaluated.map(spelled);
    expect(() => unblind(sent, { ...good, evaluated: [good.evaluated[0] ?? "", bad[0] ?? ""] }, spelled(key.publicKey))).toThrow(
      expect.objectContaining({ code: "signature-invalid" }),
    );
  });

  it("any answer with one bit turned, one element too few, or elements in another order", () => {
    const sent = [blind(input), blind(inputOf("email", "demo@demostad.example.nl"))];
    const made = evaluateBatch(
      key,
      sent.map((each) => each.blinded),
    );
    const refused = (answer: Parameters<typeof unblind>[1]): void =>
      expect(() => unblind(sent, answer, spelled(key.publicKey))).toThrow(expect.objectContaining({ code: "signature-invalid" }));
    fc.assert(
      fc.property(fc.nat(127), fc.nat(7), (at, bit) => {
        const whole = Buffer.concat([...made.evaluated, made.proof]);
        whole[at] = (whole[at] ?? 0) ^ (1 << bit);
        refused(answerOf({ evaluated: [whole.subarray(0, 32), whole.subarray(32, 64)], proof: whole.subarray(64) }));
      }),
      { numRuns: 12 },
    );
    const good = answerOf(made);
    refused({ ...good, evaluated: good.evaluated.slice(1) });
    refused({ ...good, evaluated: good.evaluated.toReversed() });
  });

  it("the same value blinded twice is two unrelated points, and comes to one output", () => {
    const [first, second] = [blind(input), blind(input)];
    expect(spelled(first.blinded)).not.toBe(spelled(second.blinded));
    const outputs = [first, second].map((each) => unblind([each], answerOf(evaluateBatch(key, [each.blinded])), spelled(key.publicKey))[0]);
    expect(outputs[0]).toEqual(outputs[1]);
  });

  it("the identity and what is no point are not evaluated", () => {
    for (const bytes of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(31), hex("01".padEnd(64, "0"))])
      expect(() => evaluateBatch(key, [bytes])).toThrow(expect.objectContaining({ code: "input-malformed" }));
  });

  it("another network key makes another fingerprint of the same output", async () => {
    const sent = [blind(input)];
    const [output = new Uint8Array()] = unblind(
      sent,
      answerOf(
        evaluateBatch(
          key,
          sent.map((each) => each.blinded),
        ),
      ),
      spelled(key.publicKey),
    );
    expect(output).toHaveLength(64);
    const [mine, again, yours] = await Promise.all([1, 1, 2].map((byte) => fingerprintUnder(new Uint8Array(32).fill(byte), output)));
    expect(mine).toMatch(/^[A-Za-z0-9_-]{43}$/u);
    expect(mine).toBe(again);
    expect(mine).not.toBe(yours);
  });
});
