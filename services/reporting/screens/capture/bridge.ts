/** The page's side of the bridge to the browser extension: waits for its hello, then asks over the channel that came with it; see [Note: Extension bridge]. Used by /uitbreiding. */
import type { Static, TSchema } from "typebox";
import { Check } from "typebox/value";
import { createStore, type Store } from "#services/interface/index.ts";
import { BridgeHello, BridgeReply, type BridgeAsk, type BridgeQuestion, type BridgeRefusal } from "#services/reporting/contract/extension.ts";

/** The extension does not do what was asked: it said so, or it does not answer any more (`silent`). */
export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: BridgeRefusal | "silent";
  constructor(code: BridgeRefusal | "silent") {
    super(`the extension does not answer: ${code}`);
    this.code = code;
  }
}

/** Milliseconds in which it must answer. */
const patience = 10_000;

/** One open channel to the extension. */
export class Bridge {
  readonly #port: MessagePort;
  readonly #nonce: string;
  readonly #open = new Map<number, (reply: BridgeReply | "silent") => void>();
  #number = 0;

  /** @param onNews the pairing or what waits has changed @param onEnd the extension is gone or asleep */
  constructor(port: MessagePort, nonce: string, onNews: () => void, onEnd: () => void) {
    this.#port = port;
    this.#nonce = nonce;
    port.addEventListener("message", ({ data }) => {
      if (!Check(BridgeReply, data) || data.nonce !== nonce) return;
      if ("news" in data) onNews();
      else this.#open.get(data.number)?.(data);
    });
    port.addEventListener("close", () => {
      this.close();
      onEnd();
    });
    port.start();
  }

  /** Asks one thing. @throws {@link BridgeError} */
  async ask<S extends TSchema>(ask: BridgeAsk, answer: S): Promise<Static<S>> {
    const number = this.#number++;
    const reply = await new Promise<BridgeReply | "silent">((done) => {
      this.#open.set(number, done);
      setTimeout(() => done("silent"), patience);
      this.#port.postMessage({ nonce: this.#nonce, number, ask } satisfies BridgeQuestion);
    });
    this.#open.delete(number);
    if (reply === "silent") throw new BridgeError("silent");
    if ("refused" in reply) throw new BridgeError(reply.refused);
    if (!("answer" in reply) || !Check(answer, reply.answer)) throw new BridgeError("malformed");
    return reply.answer;
  }

  close(): void {
    this.#port.close();
    for (const done of this.#open.values()) done("silent");
  }
}

/** The channel that is open now, or null. `news` counts what changed since. */
export interface Connected {
  readonly bridge: Bridge;
  readonly news: number;
}

/** The open channel of this tab. */
export const connected: Store<Connected | null> = createStore<Connected | null>(null);

/** Takes a hello for as long as the page is open; a newer one takes the place of the one before. @returns the function that stops it */
export function awaitExtension(): () => void {
  const take = ({ source, origin, data, ports }: MessageEvent): void => {
    const [port] = ports;
    // A frame or another window is no extension: its script stands in this very window.
    if (source !== window || origin !== location.origin || port === undefined || !Check(BridgeHello, data)) return;
    connected.get()?.bridge.close();
    const bridge: Bridge = new Bridge(
      port,
      data.nonce,
      () => {
        const now = connected.get();
        if (now?.bridge === bridge) connected.set({ bridge, news: now.news + 1 });
      },
      () => {
        if (connected.get()?.bridge === bridge) connected.set(null);
      },
    );
    connected.set({ bridge, news: 0 });
  };
  addEventListener("message", take);
  return () => {
    removeEventListener("message", take);
    connected.get()?.bridge.close();
    connected.set(null);
  };
}
