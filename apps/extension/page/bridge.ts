/**
 * The script that is put beside /uitbreiding when its reader presses the extension's icon there, in a world of its own; see [Note: Extension bridge]. It passes messages on and judges only
 * their nonce: what they say is parsed by the background and by the page.
 */

/** What the background calls. */
export interface Bridge {
  readonly start: (mark: string, nonce: string) => void;
}

declare global {
  var rugdekkingBridge: Bridge | undefined;
}

const carries = (message: unknown, nonce: string): boolean => typeof message === "object" && message !== null && "nonce" in message && message.nonce === nonce;

let stop = (): void => undefined;

globalThis.rugdekkingBridge = {
  start(mark, nonce) {
    stop();
    const { port1, port2 } = new MessageChannel();
    const extension = chrome.runtime.connect({ name: "bridge" });
    // While the page is open someone may be reading what waits: the background must not fall asleep under them.
    const awake = setInterval(() => extension.postMessage({ awake: true }), 20_000);
    const end = (): void => {
      clearInterval(awake);
      port1.close();
    };
    stop = () => {
      end();
      extension.disconnect();
    };
    port1.addEventListener("message", ({ data }) => {
      if (carries(data, nonce)) extension.postMessage(data);
    });
    port1.start();
    extension.onMessage.addListener((message) => {
      if (carries(message, nonce)) port1.postMessage(message);
    });
    // The page sees its channel close, and asks for another press of the icon.
    extension.onDisconnect.addListener(end);
    // To this very page and no other origin; whoever else listens here is a script of the page itself.
    window.postMessage({ mark, nonce }, location.origin, [port2]);
  },
};
