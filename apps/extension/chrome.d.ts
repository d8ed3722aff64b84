/** The part of the browser's extension interface that this extension uses, and no more: what is not named here is not called. Read by the compiler only. */
declare namespace chrome {
  interface Tab {
    readonly id?: number;
    readonly windowId: number;
    readonly active: boolean;
    readonly url?: string;
    readonly title?: string;
    readonly incognito: boolean;
  }
  /** The other side of a connection. `sender` is filled in by the browser, never by the page. */
  interface MessageSender {
    readonly id?: string;
    readonly tab?: Tab;
    readonly frameId?: number;
    readonly origin?: string;
    readonly url?: string;
  }
  interface Event<Listener> {
    addListener(listener: Listener): void;
  }
  interface Port {
    readonly name: string;
    readonly sender?: MessageSender;
    readonly onMessage: Event<(message: unknown) => void>;
    readonly onDisconnect: Event<() => void>;
    postMessage(message: unknown): void;
    disconnect(): void;
  }
  namespace runtime {
    const id: string;
    function getManifest(): { readonly version: string };
    function connect(info: { readonly name: string }): Port;
    function sendMessage(message: unknown): Promise<unknown>;
    const onConnect: Event<(port: Port) => void>;
    const onMessage: Event<(message: unknown, sender: MessageSender, answer: (value: unknown) => void) => boolean | undefined>;
  }
  namespace tabs {
    function query(wanted: { readonly active: boolean; readonly currentWindow: boolean }): Promise<Tab[]>;
    function get(tab: number): Promise<Tab>;
    function create(wanted: { readonly url: string }): Promise<Tab>;
    function captureVisibleTab(window: number, options: { readonly format: "png" }): Promise<string>;
  }
  namespace scripting {
    interface Result {
      readonly result?: unknown;
    }
    function executeScript(injection: { readonly target: { readonly tabId: number }; readonly files: readonly string[] }): Promise<Result[]>;
    function executeScript<A extends readonly unknown[]>(injection: {
      readonly target: { readonly tabId: number };
      readonly func: (...values: A) => unknown;
      readonly args: A;
    }): Promise<Result[]>;
  }
  namespace action {
    function setBadgeText(badge: { readonly text: string }): Promise<void>;
    function setBadgeBackgroundColor(badge: { readonly color: string }): Promise<void>;
  }
}
