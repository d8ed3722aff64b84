/** Larger pieces with behaviour of their own: dialog, tabs, file drop, and the list-and-dossier layout of desks. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { useLanguage, writeSize } from "./language.ts";
import { useInterfaceMessages } from "./messages.ts";
import { Button } from "./controls.tsx";

/** The browser's own modal dialog: focus stays inside, Escape closes, focus returns. */
export function Dialog({
  open,
  title,
  onClose,
  children,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) {
      opener.current = document.activeElement;
      element.showModal();
    }
    if (!open && element.open) element.close();
  }, [open]);
  // Closing gives the focus back by itself; whoever takes the whole dialog away has not closed it, and it is out of the page before this runs.
  useEffect(
    () => () => {
      const before = opener.current;
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [],
  );
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={onClose}>
      <div class="dialog-body">
        <h2 id={id}>{title}</h2>
        {open && children}
      </div>
    </dialog>
  );
}

/** Tabs with arrow keys. */
export function Tabs<K extends string>({
  label,
  tabs,
  now,
  onGo,
  children,
}: {
  readonly label: string;
  readonly tabs: readonly { readonly key: K; readonly name: string }[];
  readonly now: K;
  readonly onGo: (key: K) => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const index = tabs.findIndex((tab) => tab.key === now);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onGo(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div class="stack-medium">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            class="tab"
            role="tab"
            aria-selected={tab.key === now}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === now ? 0 : -1}
            onClick={() => onGo(tab.key)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${now}`}>
        {children}
      </div>
    </div>
  );
}

/** Desks: a list beside what is open; on a phone one of the two. */
export function WorkLayout({
  list,
  detail,
  open,
}: {
  readonly list: ComponentChildren;
  readonly detail: ComponentChildren;
  readonly open: "list" | "detail";
}): JSX.Element {
  return (
    <div class="work" data-open={open}>
      <div class="work-list">{list}</div>
      <div class="work-detail">{detail}</div>
    </div>
  );
}

/** Takes files by dragging, pasting, choosing and the camera. What was chosen stays on the device until the caller sends it. */
export function FileDrop({
  label,
  files,
  onAdd,
  onRemove,
}: {
  readonly label: string;
  readonly files: readonly File[];
  /** Called the moment files come in, with the way they came. */
  readonly onAdd: (files: File[], how: "file" | "paste" | "camera") => void;
  readonly onRemove: (file: File) => void;
}): JSX.Element {
  const m = useInterfaceMessages();
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0) return;
      event.preventDefault();
      onAdd(pasted, "paste");
    };
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, [onAdd]);
  const take = (input: HTMLInputElement, how: "file" | "camera"): void => {
    onAdd([...(input.files ?? [])], how);
    input.value = "";
  };
  return (
    <div class="stack-medium">
      <div
        class="drop"
        role="group"
        aria-label={label}
        data-over={over ? "" : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onAdd([...(event.dataTransfer?.files ?? [])], "file");
        }}
      >
        <Icon name="file" size={36} class="drop-icon" />
        <p>{m.drop}</p>
        <div class="actions">
          <Button look="second" icon="file" onPress={() => chooser.current?.click()}>
            {m.chooseFiles}
          </Button>
          <Button look="second" icon="camera" onPress={() => camera.current?.click()}>
            {m.takePhoto}
          </Button>
        </div>
        <input ref={chooser} type="file" multiple hidden data-role="files" onChange={(event) => take(event.currentTarget, "file")} />
        <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={(event) => take(event.currentTarget, "camera")} />
      </div>
      {files.length > 0 && (
        <ul class="files" aria-label={m.files}>
          {files.map((file) => (
            <FileLine key={`${file.name}-${file.lastModified}-${file.size}`} file={file} onRemove={onRemove} />
          ))}
        </ul>
      )}
    </div>
  );
}

function FileLine({ file, onRemove }: { readonly file: File; readonly onRemove: (file: File) => void }): JSX.Element {
  const m = useInterfaceMessages();
  const language = useLanguage();
  const picture = usePicture(file);
  return (
    <li class="file">
      <span class="file-picture">{picture === null ? <Icon name="file" /> : <img src={picture} alt="" />}</span>
      <span>
        <span class="file-name">{file.name}</span>
        <span class="soft small">{writeSize(language, file.size)}</span>
      </span>
      <button type="button" class="icon-button" aria-label={m.removeFile(file.name)} onClick={() => onRemove(file)}>
        <Icon name="cross" />
      </button>
    </li>
  );
}

/** Address of a small picture of an image file, made on this device; null for other files. */
function usePicture(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
