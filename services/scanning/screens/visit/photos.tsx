/** Photos of a visit: taken in one tap, made fit in a worker, sealed at once, shown small. Used by questions, findings and the finish. */
import { createContext, type JSX } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { Button, Icon, Notice, useMessages } from "#services/interface/index.ts";
import type { PhotoShelf } from "./book.ts";
import { en } from "./en.ts";
import { countPhotos, withoutPhoto, type PhotoNote } from "./notes.ts";
import { nl, type Messages } from "./nl.ts";
import { fitPhoto, type PhotoDone } from "./photo-work.ts";
import { startPhotoWorker } from "./photo-worker-maker.ts";

let worker: Worker | null | undefined;
let tasks = 0;
const waiting = new Map<number, (made: PhotoDone["made"]) => void>();

/** Makes one file fit, in the worker where there is one. */
function fit(file: Blob): Promise<PhotoDone["made"]> {
  if (worker === undefined) {
    worker = startPhotoWorker();
    worker?.addEventListener("message", ({ data }: MessageEvent<PhotoDone>) => {
      waiting.get(data.id)?.(data.made);
      waiting.delete(data.id);
    });
  }
  if (worker === null) return fitPhoto(file);
  const id = (tasks += 1);
  return new Promise((done) => {
    waiting.set(id, done);
    worker?.postMessage({ id, file });
  });
}

/** The photos of the page, for everything that takes or shows them. */
export const ShelfOfPage = createContext<PhotoShelf | null>(null);

function useShelf(): PhotoShelf {
  const shelf = useContext(ShelfOfPage);
  if (shelf === null) throw new Error("photos are drawn inside the visit page");
  return shelf;
}

/** Where a photo belongs. */
export interface PhotoOf {
  readonly question: string | null;
  /** Told about each photo that was kept. */
  readonly onKept?: (note: PhotoNote) => void;
}

interface Failure {
  readonly key: number;
  readonly words: string;
}
let failures = 0;

/** Takes files, keeps photos, says which are none. */
export function usePhotoTaking({ question, onKept }: PhotoOf): {
  readonly take: (files: readonly File[]) => Promise<void>;
  readonly busy: number;
  readonly failed: readonly Failure[];
} {
  const m = useMessages<Messages>({ nl, en });
  const shelf = useShelf();
  const [busy, setBusy] = useState(0);
  const [failed, setFailed] = useState<readonly Failure[]>([]);
  const fail = (words: string): void => setFailed((now) => [...now, { key: (failures += 1), words }]);
  const keep = async (file: File): Promise<void> => {
    const made = await fit(file);
    const name = file.name === "" ? m.photo(1) : file.name;
    if (made === null) {
      fail(m.noPhoto(name));
      return;
    }
    const id = crypto.randomUUID();
    // The old name may say what is on it and with what it was taken.
    const note: PhotoNote = {
      id,
      name: `foto-${id.slice(0, 8)}.jpg`,
      takenAt: new Date(file.lastModified).toISOString(),
      question,
      width: made.width,
      height: made.height,
      size: made.photo.byteLength,
    };
    try {
      if (!(await shelf.addPhoto(note, made))) fail(m.photoFull(name));
      if (question !== null) shelf.revise((now) => countPhotos(now, question));
      onKept?.(note);
    } catch {
      fail(m.photoLost(name));
    }
  };
  const take = async (files: readonly File[]): Promise<void> => {
    setFailed([]);
    setBusy((now) => now + files.length);
    for (const file of files) {
      await keep(file);
      setBusy((now) => now - 1);
    }
  };
  return { take, busy, failed };
}

/** The button that takes a photo, and one that chooses files. @param label of the question, for whoever hears the button alone */
export function PhotoButtons({ label, small, ...of }: PhotoOf & { readonly label?: string; readonly small?: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { take, busy, failed } = usePhotoTaking(of);
  const camera = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const taken = (input: HTMLInputElement): void => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length > 0) void take(files);
  };
  const size = small === true ? "small" : "normal";
  return (
    <>
      <Button look="second" size={size} icon="camera" label={label === undefined ? undefined : m.takePhotoOf(label)} onPress={() => camera.current?.click()}>
        {m.takePhoto}
      </Button>
      {small !== true && (
        <Button look="quiet" size={size} onPress={() => chooser.current?.click()}>
          {m.choosePhotos}
        </Button>
      )}
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        data-role="camera"
        data-question={of.question ?? ""}
        onChange={(event) => taken(event.currentTarget)}
      />
      <input ref={chooser} type="file" accept="image/*" multiple hidden data-role="photos" onChange={(event) => taken(event.currentTarget)} />
      <span class="visit-photo-state" role="status">
        {busy > 0 ? m.working(busy) : ""}
      </span>
      {failed.map(({ key, words }) => (
        <div key={key} class="visit-wide">
          <Notice tone="amber" live title={words} />
        </div>
      ))}
    </>
  );
}

/** Small pictures of photos, each with a button that removes it. */
export function PhotoStrip({
  photos,
  onRemove,
}: {
  readonly photos: readonly PhotoNote[];
  readonly onRemove?: (photo: PhotoNote) => void;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  if (photos.length === 0) return null;
  return (
    <ul class="visit-photos" aria-label={m.photos}>
      {photos.map((photo, at) => (
        <li key={photo.id}>
          <Small photo={photo} alt={m.photo(at + 1)} />
          {onRemove !== undefined && (
            <button type="button" class="icon-button visit-photo-remove" aria-label={m.removePhoto(at + 1)} onClick={() => onRemove(photo)}>
              <Icon name="cross" size={20} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Small({ photo, alt }: { readonly photo: PhotoNote; readonly alt: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shelf = useShelf();
  const [address, setAddress] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let made: string | null = null;
    let stale = false;
    const show = async (): Promise<void> => {
      const bytes = await shelf.readSmall(photo.id);
      if (stale) return;
      if (bytes === null) return setGone(true);
      made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
      setAddress(made);
    };
    void show();
    return () => {
      stale = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [photo.id]);
  if (gone) return <span class="visit-photo-gone soft small">{m.photoGone}</span>;
  return address === null ? <span class="visit-photo-gone" aria-hidden="true" /> : <img src={address} alt={alt} width={96} height={96} />;
}

/** Removes a photo from notes and device. */
export function useRemovePhoto(): (photo: PhotoNote) => void {
  const shelf = useShelf();
  return (photo) => {
    shelf.revise((now) => {
      const without = withoutPhoto(now, photo.id);
      return photo.question === null ? without : countPhotos(without, photo.question);
    });
    shelf.dropPhoto(photo.id);
  };
}
