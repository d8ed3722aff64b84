/** What a page and its attachment workers say to each other, and how an error crosses between them; for `attachment-worker.ts` (inside) and `attachment-crew.ts` (outside). */
import type { BlockPlace } from "@rugdekking/seal";
import { SealError, type SealErrorCode } from "@rugdekking/seal/verify";
import { Problem, problems, type ProblemCode } from "#services/problem/index.ts";

/** Bytes that can be handed over without a copy. */
export type OwnBytes = Uint8Array<ArrayBuffer>;

/** Gives a worker the file that the seal jobs after it are about: once, since each part of a file that a page makes or sends has it wait for the browser. */
export interface FileJob {
  readonly what: "file";
  readonly file: Blob;
}

/** Reads one block of the file, pads it and seals it. */
export interface SealJob {
  readonly what: "seal";
  readonly payloadKey: OwnBytes;
  /** Where the block begins in the file; it may lie behind its end, when it is padding alone. */
  readonly from: number;
  /** Length of the block with its padding. */
  readonly padded: number;
  readonly at: BlockPlace;
}

/** Opens one block. */
export interface OpenJob {
  readonly what: "open";
  readonly payloadKey: OwnBytes;
  readonly sealed: OwnBytes;
  readonly at: BlockPlace;
}

/** Adds to the two running digests, in the order in which these come. */
export interface HashJob {
  readonly what: "hash";
  readonly original: OwnBytes | null;
  readonly sealed: OwnBytes;
}

/** Ends both digests. */
export interface FinishJob {
  readonly what: "finish";
}

/** What each job gives back. */
export interface JobResults {
  readonly file: Record<never, never>;
  readonly seal: { readonly original: OwnBytes; readonly sealed: OwnBytes };
  readonly open: { readonly plain: OwnBytes };
  /** The sealed bytes come back as they went; the original is let go of. */
  readonly hash: { readonly sealed: OwnBytes };
  /** base64url SHA-256. */
  readonly finish: Digests;
}

/** SHA-256 of both sides of a seal, base64url. */
export interface Digests {
  readonly original: string;
  readonly sealed: string;
}

export type Job = FileJob | SealJob | OpenJob | HashJob | FinishJob;

/** A job as posted. */
export interface Asked {
  readonly id: number;
  readonly job: Job;
}

/** What a worker posts: that it can begin, or the end of one job. */
export type Answered =
  | { readonly ready: true }
  | { readonly id: number; readonly result: JobResults[keyof JobResults] }
  | { readonly id: number; readonly failure: Failure };

/** An error as it crosses: the classes would arrive as plain errors without their codes. */
export type Failure =
  | { readonly kind: "seal"; readonly code: SealErrorCode; readonly message: string }
  | { readonly kind: "problem"; readonly code: ProblemCode; readonly message: string; readonly mend: string }
  | { readonly kind: "other"; readonly message: string };

/** Makes an error ready to cross. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SealError) return { kind: "seal", code: error.code, message: error.message };
  if (error instanceof Problem) return { kind: "problem", code: error.code, message: error.message, mend: error.mend };
  return { kind: "other", message: error instanceof Error ? error.message : "unknown" };
}

/** The error on the other side: the same class, code and words. */
export function errorOf(failure: Failure): SealError | Problem {
  if (failure.kind === "seal") return new SealError(failure.code, failure.message);
  if (failure.kind === "problem" && Object.hasOwn(problems, failure.code)) return new Problem(failure.code, failure.message, failure.mend);
  return workerLost(failure.message);
}

/** A worker that failed or died. What was sent of the file is dropped by the server in time. */
export const workerLost = (detail: string): Problem =>
  new Problem("unavailable", `The browser stopped working on the file: ${detail}`, "Try again; close other pages when the device is short of memory.");
