/**
 * What the browser extension and the page /uitbreiding tell each other, and what a capture holds once opened. apps/extension, the client that seals and opens captures, and the capture
 * screens use it; no server ever sees any of it.
 *
 * [Note: Extension bridge] The extension cannot be called by any page. Only when its person presses its icon on /uitbreiding does it put a small script of its own beside that page, in a
 * world of its own. That script says hello to the page once, with one end of a message channel and a nonce; from then on page and extension talk over that channel only, and every message
 * carries the nonce. The extension itself asks the browser which origin the script stands on, and answers only the origin it was paired with.
 */
import Type, { type Static } from "typebox";
import { Envelope, Moment, SealedKey, Uuid } from "#services/directory/contract/index.ts";
import { CaptureRecord } from "#services/dossier/contract/capture.ts";

/** Where the app page lives on every server. */
export const extensionPath = "/uitbreiding";
/** Marks the one window message of the handshake. */
export const bridgeMark = "rugdekking-extension/1";
/** 128 random bits, base64url. */
export const Nonce = Type.String({ pattern: "^[A-Za-z0-9_-]{22}$" });

/** What a file of a capture is. `visible`: the screen as the browser gave it. `whole`: the whole message, put together from several screens. `text`: the words. `sheet`: all that was written down, for people. */
export const captureRoles = ["visible", "whole", "text", "sheet"] as const;
export type CaptureRole = (typeof captureRoles)[number];

/** Most bytes of one file of a capture. */
export const mostPartBytes = 40_000_000;

/** One file of a capture: its record was written in the extension, before the file was sealed. */
export const CapturedPart = Type.Object(
  {
    /** Its place in the sealed capture. */
    item: Uuid,
    role: Type.Enum(captureRoles),
    mediaType: Type.String({ maxLength: 120 }),
    record: CaptureRecord,
  },
  { additionalProperties: false },
);
export type CapturedPart = Static<typeof CapturedPart>;

/** What was read of a page, as the page showed it. Nothing of it was checked; a page can say what it likes. */
export const PageFacts = Type.Object(
  {
    url: Type.String({ maxLength: 2_000 }),
    title: Type.String({ maxLength: 400 }),
    /** Host the address names. */
    platform: Type.String({ maxLength: 253 }),
    /** The author as shown with the message; empty when none was found. */
    account: Type.String({ maxLength: 400 }),
    /** The time as shown with the message, in the page's own words, and as its markup states it; empty when none was found. */
    time: Type.Object({ shown: Type.String({ maxLength: 200 }), stated: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
    /** From which part of the page the words, the account and the time came. */
    from: Type.Object(
      { text: Type.String({ maxLength: 60 }), account: Type.String({ maxLength: 60 }), time: Type.String({ maxLength: 60 }) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type PageFacts = Static<typeof PageFacts>;

/** What a capture says once opened. */
export const CaptureSheet = Type.Object(
  {
    version: Type.Literal(1),
    id: Uuid,
    capturedAt: Moment,
    facts: PageFacts,
    /** First words of the message, to know it by. */
    begin: Type.String({ maxLength: 400 }),
    /** What could not be had: the whole message did not fit in one picture, the text was cut off, a frame of another site is in it, or (only when so) a picture was too large. */
    lacks: Type.Object(
      { whole: Type.Boolean(), text: Type.Boolean(), frames: Type.Boolean(), pictures: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    parts: Type.Array(CapturedPart, { minItems: 1, maxItems: 8 }),
  },
  { additionalProperties: false },
);
export type CaptureSheet = Static<typeof CaptureSheet>;

/** A sealed capture as it waits: all that can be known of it without the person's key. */
export const SealedCapture = Type.Object(
  {
    id: Uuid,
    capturedAt: Moment,
    /** Person whose key opens it. */
    to: Uuid,
    /** The capture's own key, handed over to that person. */
    key: SealedKey,
    /** The sealed {@link CaptureSheet}, base64url. */
    sheet: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 400_000 }),
    /** Sealed files, by item, with their sealed size in bytes. */
    parts: Type.Array(Type.Object({ item: Uuid, size: Type.Integer({ minimum: 1, maximum: 2 * mostPartBytes }) }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 8,
    }),
  },
  { additionalProperties: false },
);
export type SealedCapture = Static<typeof SealedCapture>;

/** Sealed bytes travel in pieces of this size, so that no message is large. */
export const bridgePiece = 512 * 1024;

/** What the page may ask. */
export const BridgeAsk = Type.Union([
  /** Who is signed in: the person's public card, or null. The first thing the page says. */
  Type.Object({ what: Type.Literal("here"), card: Type.Union([Envelope, Type.Null()]) }, { additionalProperties: false }),
  /** What waits for this person. */
  Type.Object({ what: Type.Literal("waiting") }, { additionalProperties: false }),
  /** One piece of one sealed file, from this byte on. */
  Type.Object({ what: Type.Literal("piece"), id: Uuid, item: Uuid, from: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
  /** It is in the dossier: the extension may forget it. */
  Type.Object({ what: Type.Literal("taken"), id: Uuid }, { additionalProperties: false }),
]);
export type BridgeAsk = Static<typeof BridgeAsk>;

/** A question with its number, as it goes over the channel and on to the extension. */
export const BridgeQuestion = Type.Object({ nonce: Nonce, number: Type.Integer({ minimum: 0 }), ask: BridgeAsk }, { additionalProperties: false });
export type BridgeQuestion = Static<typeof BridgeQuestion>;

/** How the extension stands to the person on this page. `other`: it is paired with another account or another site. */
export const bridgeStates = ["signed-out", "unpaired", "paired", "other"] as const;
export type BridgeState = (typeof bridgeStates)[number];

/** Answers, by what was asked. */
export const HereAnswer = Type.Object({ state: Type.Enum(bridgeStates), version: Type.String({ maxLength: 40 }) }, { additionalProperties: false });
export const WaitingAnswer = Type.Object({ waiting: Type.Array(SealedCapture, { maxItems: 1_000 }) }, { additionalProperties: false });
export const PieceAnswer = Type.Object({ bytes: Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 800_000 }) }, { additionalProperties: false });
export const TakenAnswer = Type.Object({ left: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

/** Why the extension does not answer a question. */
export const bridgeRefusals = ["not-paired", "gone", "malformed"] as const;
export type BridgeRefusal = (typeof bridgeRefusals)[number];

/** What comes back: an answer, a refusal, or the news that the pairing or what waits has changed. */
export const BridgeReply = Type.Union([
  Type.Object({ nonce: Nonce, number: Type.Integer({ minimum: 0 }), answer: Type.Unknown() }, { additionalProperties: false }),
  Type.Object({ nonce: Nonce, number: Type.Integer({ minimum: 0 }), refused: Type.Enum(bridgeRefusals) }, { additionalProperties: false }),
  Type.Object({ nonce: Nonce, news: Type.Literal("changed") }, { additionalProperties: false }),
]);
export type BridgeReply = Static<typeof BridgeReply>;

/** The one window message: the extension's script to the page, with one port. */
export const BridgeHello = Type.Object({ mark: Type.Literal(bridgeMark), nonce: Nonce }, { additionalProperties: false });
