/** Drafts on the device: what someone typed before sending, sealed, until it is sent or thrown away. Called by screens; the browser's store is in `drafts-browser.ts`. */

/** Keeps one JSON value per name. Values are sealed at rest; a lost device key means a lost draft, never an open one. */
export interface DraftStore {
  /** The draft, or null when there is none or it can no longer be opened. The caller parses it. */
  read(name: string): Promise<unknown>;
  write(name: string, draft: unknown): Promise<void>;
  /** Removes every draft and the device key, and keeps this one alone under a fresh key: all of it or nothing, so that neither what was nor what comes can be lost between. */
  replaceAll(name: string, draft: unknown): Promise<void>;
  /** Removes one draft. */
  remove(name: string): Promise<void>;
  /** Removes every draft and the device key ("Snel weg", signing out on a shared device). */
  clear(): Promise<void>;
  /** Names of the drafts there are. */
  names(): Promise<string[]>;
}

/** Drafts that last as long as the object: Node, tests, browsers that refuse storage. */
export function memoryDraftStore(): DraftStore {
  const drafts = new Map<string, string>();
  return {
    read: async (name) => {
      const text = drafts.get(name);
      return text === undefined ? null : JSON.parse(text);
    },
    write: async (name, draft) => void drafts.set(name, JSON.stringify(draft)),
    replaceAll: async (name, draft) => {
      const text = JSON.stringify(draft);
      drafts.clear();
      drafts.set(name, text);
    },
    remove: async (name) => void drafts.delete(name),
    clear: async () => drafts.clear(),
    names: async () => [...drafts.keys()],
  };
}
