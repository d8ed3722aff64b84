/** One finding to note: where, how serious, what, and photos in one tap. Used by the visit page. */
import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Button, Choice, FileDrop, Notice, TextArea, useMessages } from "#services/interface/index.ts";
import { type RiskDomain, type Ring, type Seriousness } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { seriousnessLevels } from "#services/scanning/screens/entries/risk-view.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { newId } from "#services/scanning/screens/local-id.ts";
import { dropPhotos, keepPhoto, readPhoto, type DraftFinding, type PhotoNote } from "./draft.ts";
import type { Messages } from "./nl.ts";

const homeRings: readonly Ring[] = ["surroundings", "plot", "shell", "inside", "safe-room", "none"];

interface Held {
  readonly note: PhotoNote;
  readonly file: File;
}

/** @param finding the one to change, or null for a new one */
export function FindingForm({
  dossier,
  domain,
  finding,
  m,
  onSave,
  onCancel,
}: {
  readonly dossier: string;
  readonly domain: RiskDomain;
  readonly finding: DraftFinding | null;
  readonly m: Messages;
  readonly onSave: (finding: DraftFinding) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [ring, setRing] = useState<Ring>(finding?.ring ?? (domain === "wonen" ? "shell" : "none"));
  const [seriousness, setSeriousness] = useState<Seriousness | null>(finding?.seriousness ?? null);
  const [observation, setObservation] = useState(finding?.observation ?? "");
  const [photos, setPhotos] = useState<readonly Held[]>([]);
  const [checked, setChecked] = useState(false);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const read = async (): Promise<void> => {
      for (const note of finding?.photos ?? []) {
        const file = await readPhoto(dossier, note);
        if (file !== null) setPhotos((now) => [...now, { note, file }]);
      }
    };
    void read();
  }, []);
  const add = useCallback((files: File[]) => {
    const keep = async (): Promise<void> => {
      for (const file of files) {
        try {
          const note = await keepPhoto(dossier, file);
          setPhotos((now) => [...now, { note, file }]);
        } catch {
          setLost(true);
        }
      }
    };
    void keep();
  }, []);
  const remove = (file: File): void => {
    setPhotos((now) => now.filter((held) => held.file !== file));
  };
  const save = (): void => {
    setChecked(true);
    if (seriousness === null || observation.trim() === "") return;
    const kept = photos.map(({ note }) => note);
    const gone = (finding?.photos ?? []).filter(({ id }) => !kept.some((note) => note.id === id));
    void dropPhotos(dossier, gone);
    onSave({ id: finding?.id ?? newId("f"), domain, ring, seriousness, observation: observation.trim(), photos: kept });
  };
  return (
    <form
      class="card"
      noValidate
      autocomplete="off"
      aria-label={m.editing}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        label={m.observation}
        hint={m.observationHint}
        rows={3}
        maxLength={6_000}
        value={observation}
        error={checked && observation.trim() === "" ? m.observationMissing : null}
        onInput={setObservation}
      />
      <Choice
        legend={m.seriousness}
        columns={2}
        error={checked && seriousness === null ? m.seriousnessMissing : null}
        options={seriousnessLevels.map((value) => ({ value, title: shared.seriousness[value] }))}
        value={seriousness}
        onChoose={setSeriousness}
      />
      {domain === "wonen" && (
        <Choice legend={m.ring} columns={2} options={homeRings.map((value) => ({ value, title: shared.rings[value] }))} value={ring} onChoose={setRing} />
      )}
      <FileDrop label={m.photos} files={photos.map(({ file }) => file)} onAdd={add} onRemove={remove} />
      {lost && <Notice tone="amber" title={m.photoLost} live />}
      <div class="actions">
        <Button type="submit" icon="check">
          {m.save}
        </Button>
        <Button
          look="quiet"
          onPress={() => {
            const before = new Set((finding?.photos ?? []).map(({ id }) => id));
            void dropPhotos(
              dossier,
              photos.map(({ note }) => note).filter(({ id }) => !before.has(id)),
            );
            onCancel();
          }}
        >
          {m.cancel}
        </Button>
      </div>
    </form>
  );
}
