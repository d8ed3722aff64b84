/**
 * Who is let in without being signed in: whoever did a little work, and more of it while there is a flood. Routes for challenges and tokens, and the gate that the directory and the dossier ask.
 *
 * [Note: Nothing by address] A town hall has one address and a botnet has thousands, so nothing here looks at one. What is asked depends on how much comes in at the house and at the desk, the same for everyone.
 *
 * [Note: A token is for one thing] It is spent on one dossier (its opening, and the files that were sent for it before), one account or one attempt at recovery, in the transaction of that thing. Sent again for
 * the same thing it is good again: a lost answer costs no token. For anything else it is refused.
 */
import { createHash } from "node:crypto";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { signBlinded, TokenError } from "@rugdekking/tokens/server";
import { isEnough, workAt } from "#services/admission/contract/level.ts";
import { NewChallenge, TokenAnswer, tokenHeader, TokenRequest, WorkChallenge, type Purpose } from "#services/admission/contract/index.ts";
import { answerOnce, readSpentOn, spendToken } from "#services/admission/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database, Together, Transaction } from "#services/storage/index.ts";
import { challengeMinutes, digestOfBlinded, nameOf, readChallenge, solves, writeChallenge } from "./challenges.ts";
import { AdmissionKeys, endOf, periodAt } from "./keys.ts";
import { Load, usualCalm, type Calm, type DeskLoad } from "./load.ts";

export { usualCalm, type Calm, type DeskLoad } from "./load.ts";

/** Hashes of one piece on an ordinary day: sixteen of them are a tenth of a second on a slow phone. */
export const usualWork = 512;

/** Given by apps/server. */
export interface AdmissionOptions {
  readonly db: Database;
  /** 32 bytes, the same on every server: challenges are under it, and so are token keys in the database. */
  readonly houseKey: Uint8Array;
  readonly clock: () => Date;
  readonly deskLoad: DeskLoad;
  /** {@link usualWork} unless told otherwise. */
  readonly work?: number;
  readonly calm?: Partial<Calm>;
  /** Told of what happened, for figures. */
  readonly watch?: (event: AdmissionEvent) => void;
}

/** What is counted. */
export type AdmissionEvent = "challenge" | "token" | "spent" | "refused";

/** A token that may be spent on one thing. */
export interface Admitted {
  /** Spends it, in the transaction of what it is spent on. @throws {@link Problem} work-required when it was spent on something else */
  spend(trx: Transaction | Together): Promise<void>;
}

/** What a token is asked for. */
export interface Wanted {
  readonly purpose: Purpose;
  /** Names the one thing it is spent on: the id of a dossier or a person, the key of an attempt. */
  readonly use: string;
  /** Desks that will be handed something. */
  readonly desks?: readonly string[];
}

/** The gate. */
export interface Admission {
  /** @throws {@link Problem} work-required when the request carries no token that is good for this now. Nothing is spent yet. */
  admit(request: Pick<FastifyRequest, "headers">, wanted: Wanted): Promise<Admitted>;
  /** The level asked now, for figures. */
  level(purpose: Purpose): Promise<number>;
  readonly routes: FastifyPluginAsync;
}

const needed = (what: string): Problem =>
  new Problem("work-required", what, "Ask for a challenge at POST /api/v1/admission/challenges, solve it, and send the token along; or sign in.");

/** Opens the gate. */
export function openAdmission(options: AdmissionOptions): Admission {
  const { db, clock, houseKey } = options;
  const base = options.work ?? usualWork;
  const keys = new AdmissionKeys(db, houseKey);
  const load = new Load(db, { ...usualCalm, ...options.calm }, options.deskLoad, clock);
  const tell = (event: AdmissionEvent): void => options.watch?.(event);

  const verified = async (token: string): ReturnType<AdmissionKeys["verify"]> => {
    try {
      return await keys.verify(token, clock());
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw needed(`The token is not good: ${error.message}`);
    }
  };

  const admit: Admission["admit"] = async ({ headers }, { purpose, use, desks = [] }) => {
    try {
      const token = headers[tokenHeader.toLowerCase()];
      if (typeof token !== "string") throw needed("Nobody is signed in, and no token came along");
      // First the token, which costs no question to the database.
      const { kind, spend, level } = await verified(token);
      const asked = await load.level(purpose, desks);
      const used = createHash("sha256").update(`${purpose}\n${use}`).digest("base64url");
      const before = await readSpentOn(db, kind, spend);
      if (before !== null && before !== used) throw needed("This token was spent on something else");
      // What it was spent on already it stays good for, however busy it has become since; but a file that was sent before opens no flooded desk.
      const again = before !== null && desks.length === 0;
      if (!again && !isEnough(level, asked)) throw needed("It is busy, and this token was made when less work was asked");
      return {
        spend: async (trx) => {
          if ((await spendToken(trx, { kind, spend, purpose }, used, clock())) !== used) throw needed("This token was spent on something else");
          tell("spent");
        },
      };
    } catch (error) {
      if (error instanceof Problem && error.code === "work-required") tell("refused");
      throw error;
    }
  };

  const routes: FastifyPluginAsync = async (frame) => {
    const app = frame.withTypeProvider<TypeBoxTypeProvider>();
    app.post(
      "/api/v1/admission/challenges",
      {
        schema: {
          operationId: "createWorkChallenge",
          tags: ["admission"],
          summary: "Ask what work lets someone in who is not signed in",
          description: "Good for ten minutes. How much is asked follows from how busy the house and the desk are, never from who asks.",
          body: NewChallenge,
          response: { 201: WorkChallenge },
        },
      },
      async (request, reply) => {
        const { purpose, desk } = request.body;
        const now = clock();
        const level = await load.level(purpose, desk === null ? [] : [desk]);
        const period = periodAt(now);
        const { spki } = await keys.held(period, level, true);
        const expires = now.getTime() + challengeMinutes * 60_000;
        const work = workAt(level, base);
        tell("challenge");
        return reply
          .code(201)
          .header("Cache-Control", "no-store")
          .send({
            challenge: writeChallenge(houseKey, { purpose, desk, level, work, period, expires }),
            level,
            work,
            expires: new Date(expires).toISOString(),
            key: { period, spki, ends: endOf(period).toISOString() },
          });
      },
    );
    app.post(
      "/api/v1/admission/tokens",
      {
        schema: {
          operationId: "createAdmissionTokens",
          tags: ["admission"],
          summary: "Hand in a solution and have tokens signed, blindly",
          description: "The same request again gets the same answer. A challenge is answered once.",
          body: TokenRequest,
          response: { 201: TokenAnswer },
        },
      },
      async (request, reply) => {
        const { challenge, solution, blinded } = request.body;
        const now = clock();
        const { level, work, period } = readChallenge(houseKey, challenge, now.getTime());
        if (!solves(challenge, work, solution)) {
          tell("refused");
          throw needed("/solution does not solve this challenge");
        }
        const { issuer } = await keys.held(period, level, false);
        const digest = digestOfBlinded(blinded);
        // Before anything is signed: a signature takes a hundred times as long as looking whether there may be one.
        if ((await answerOnce(db, nameOf(challenge), digest, now)) !== digest)
          throw new Problem("challenge-unknown", "This challenge was answered with other tokens", "Ask for a new challenge.");
        const signatures = blinded.map((one) => sign(issuer, one));
        tell("token");
        return reply.code(201).header("Cache-Control", "no-store").send({ signatures });
      },
    );
  };
  return { admit, routes, level: async (purpose) => await load.level(purpose, []) };
}

function sign(issuer: Parameters<typeof signBlinded>[0], blinded: string): string {
  try {
    return Buffer.from(signBlinded(issuer, Buffer.from(blinded, "base64url"))).toString("base64url");
  } catch (error) {
    if (!(error instanceof TokenError) || error.code === "signing-failed") throw error;
    throw new Problem("input-malformed", `/blinded: ${error.message}`, "Blind under the key of this challenge.");
  }
}
