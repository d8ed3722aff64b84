/** The notes as a page holds them: every change is written to the device at once, one tab at a time writes, and a full disk loses nothing that is on the screen. Used by the visit page. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DeviceBox } from "#services/directory/client/kept-browser.ts";
import { createStore, type Store } from "#services/interface/index.ts";
import type { VisitPack } from "#services/scanning/client/index.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import { emptyNotes, ontoPack, withPhotos, type Notes, type PhotoNote } from "./notes.ts";
import { photoIds, readPhoto, readSmall, removePhoto, writeNotes, writePhoto, type VisitOnDevice } from "./kept.ts";

/** How the keeping goes. `full`: the disk is; `not-kept`: this browser refused for another reason. */
export type Keeping = "nothing" | "keeping" | "kept" | "full" | "not-kept";

/** A photo that could not be written yet: only this window has it. */
interface InHand {
  readonly photo: ArrayBuffer;
  readonly small: ArrayBuffer;
}

/** Whether the disk is full, by the name every browser gives it. */
export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === "QuotaExceededError";

/** Changes the notes by what is there at that moment. `quietly`: where one looks, not what one notes. */
export type Revise = (by: (now: Notes) => Notes, quietly?: boolean) => void;

/** Where the photos of the page lie. */
export interface PhotoShelf {
  readonly revise: Revise;
  /** Keeps a photo; false when the disk is full and only this window has it. @throws when this browser refused for another reason. */
  readonly addPhoto: (note: PhotoNote, made: InHand) => Promise<boolean>;
  readonly dropPhoto: (id: string) => void;
  readonly readPhoto: (id: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly readSmall: (id: string) => Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Notes, and what keeps them. */
export interface Book {
  readonly notes: Notes;
  readonly revise: Revise;
  readonly keeping: Store<Keeping>;
  /** Writes everything again that is not on the disk yet. */
  readonly keepAgain: () => Promise<void>;
  readonly shelf: PhotoShelf;
  /** Photos only this window has. */
  readonly inHand: ReadonlyMap<string, InHand>;
  /** Done when everything that was changed so far is on the disk, or could not be. */
  readonly settled: () => Promise<void>;
  /** The clock was seen to run back. */
  readonly clockBack: boolean;
}

/** A clock may be this far off before it is said. */
const patience = 10 * 60_000;

/** @param found what lay on the device when the page opened; @param mayWrite false once another tab took over */
export function useBook(box: DeviceBox, pack: VisitPack, found: VisitOnDevice, mayWrite: () => boolean): Book {
  const [notes, setNotes] = useState<Notes>(() => ontoPack(found.notes ?? emptyNotes(pack, today()), pack));
  const latest = useRef(notes);
  const dirty = useRef(false);
  const writing = useRef<Promise<void> | null>(null);
  const keeping = useMemo(() => createStore<Keeping>(found.notes === null ? "nothing" : "kept"), []);
  const inHand = useMemo(() => new Map<string, InHand>(), []);
  const clockBack = useMemo(() => {
    const now = Date.now();
    return now < Date.parse(pack.latest) - patience || now < (found.notes?.clock ?? 0) - patience;
  }, [pack.latest]);
  const { dossier } = pack;

  /** Writes until nothing is new: each change goes to the disk at once, and what changes meanwhile goes in one piece after it. */
  const write = useCallback((): Promise<void> => {
    writing.current ??= (async () => {
      keeping.set("keeping");
      while (dirty.current && mayWrite()) {
        dirty.current = false;
        try {
          await writeNotes(box, dossier, latest.current);
        } catch (error) {
          dirty.current = true;
          keeping.set(isFull(error) ? "full" : "not-kept");
          return;
        }
      }
      keeping.set(inHand.size > 0 ? "full" : "kept");
    })().finally(() => {
      writing.current = null;
    });
    return writing.current;
  }, [box, dossier]);

  const revise = useCallback(
    (by: (now: Notes) => Notes, quietly = false) => {
      const next = by(latest.current);
      if (next === latest.current) return;
      // The clock is only kept to notice that it ran back: the highest seen stays.
      latest.current = { ...next, changes: next.changes + (quietly ? 0 : 1), clock: Math.max(next.clock, Date.now()) };
      dirty.current = true;
      setNotes(latest.current);
      void write();
    },
    [write],
  );

  // A newer pack came while the page was open (another visit was sent).
  useEffect(() => revise((now) => ontoPack(now, pack), true), [pack]);

  // Photos the battery took from the notes but not from the disk come back as photos of the visit.
  useEffect(() => {
    const look = async (): Promise<void> => {
      const known = new Set(latest.current.photos.map(({ id }) => id));
      const lost = (await photoIds(box, dossier)).filter((id) => !known.has(id));
      if (lost.length > 0)
        revise((now) =>
          withPhotos(
            now,
            lost.map((id) => ({ id, name: `foto-${id.slice(0, 4)}.jpg`, takenAt: null, question: null, width: 0, height: 0, size: 0 })),
          ),
        );
    };
    void look().catch(() => undefined);
  }, [box, dossier]);

  const addPhoto = useCallback(
    async (note: PhotoNote, made: InHand): Promise<boolean> => {
      try {
        await writePhoto(box, dossier, note.id, made.photo, made.small);
      } catch (error) {
        if (!isFull(error)) throw error;
        inHand.set(note.id, made);
      }
      revise((now) => withPhotos(now, [note]));
      if (inHand.has(note.id)) keeping.set("full");
      return !inHand.has(note.id);
    },
    [box, dossier, revise],
  );

  const keepAgain = useCallback(async (): Promise<void> => {
    for (const [id, { photo, small }] of Array.from(inHand)) {
      try {
        await writePhoto(box, dossier, id, photo, small);
        inHand.delete(id);
      } catch {
        // Still full: the photo stays in hand and the line below says so.
      }
    }
    dirty.current = true;
    await write();
  }, [box, dossier, write]);

  // The same object for as long as the page stands: photos are not drawn again at every answer.
  const shelf = useMemo(
    (): PhotoShelf => ({
      revise,
      addPhoto,
      dropPhoto: (id) => {
        inHand.delete(id);
        void removePhoto(box, dossier, id).catch(() => undefined);
      },
      readPhoto: async (id) => bytesOf(inHand.get(id)?.photo) ?? (await readPhoto(box, dossier, id)),
      readSmall: async (id) => bytesOf(inHand.get(id)?.small) ?? (await readSmall(box, dossier, id)),
    }),
    [revise, addPhoto],
  );
  return { notes, revise, keeping, keepAgain, shelf, inHand, settled: async () => await (writing.current ?? Promise.resolve()), clockBack };
}

const bytesOf = (buffer: ArrayBuffer | undefined): Uint8Array<ArrayBuffer> | null => (buffer === undefined ? null : new Uint8Array(buffer));

/** Whether this tab is the one that writes a visit. `elsewhere`: another tab is. */
export type Turn = "waiting" | "mine" | "elsewhere";

/** One tab at a time: the browser itself keeps the turn, and gives it back when a tab closes or breaks. */
export function useTurn(dossier: string): { readonly turn: Turn; readonly take: () => void; readonly mine: () => boolean } {
  const [turn, setTurn] = useState<Turn>("waiting");
  const now = useRef<Turn>("waiting");
  const release = useRef<() => void>(() => undefined);
  const tell = (next: Turn): void => {
    now.current = next;
    setTurn(next);
  };
  const ask = (steal: boolean): void => {
    const held = (lock: Lock | null): Promise<void> => {
      if (lock === null) {
        tell("elsewhere");
        return Promise.resolve();
      }
      tell("mine");
      return new Promise((done) => {
        release.current = done;
      });
    };
    navigator.locks.request(`visit ${dossier}`, steal ? { steal } : { ifAvailable: true }, held).catch(() => tell("elsewhere"));
  };
  useEffect(() => {
    ask(false);
    return () => release.current();
  }, [dossier]);
  return { turn, take: () => ask(true), mine: () => now.current === "mine" };
}
