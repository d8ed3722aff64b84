/** One finding to note: what, how serious, where, and photos in one tap. Used by the domains of the visit page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Choice, TextArea, useMessages } from "#services/interface/index.ts";
import { rings, type RiskDomain, type Ring, type Seriousness } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { seriousnessLevels } from "#services/scanning/screens/entries/risk-view.tsx";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import type { NotedFinding, PhotoNote } from "./notes.ts";
import { PhotoButtons, PhotoStrip, useRemovePhoto } from "./photos.tsx";

/** @param finding the one to change, or what a new one begins with; @param photos every photo of the visit, to find its own */
export function FindingForm({
  domain,
  finding,
  photos,
  onSave,
  onCancel,
}: {
  readonly domain: RiskDomain;
  readonly finding: NotedFinding | null;
  readonly photos: readonly PhotoNote[];
  readonly onSave: (finding: NotedFinding) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [ring, setRing] = useState<Ring>(finding?.ring ?? (domain === "wonen" ? "shell" : "none"));
  const [seriousness, setSeriousness] = useState<Seriousness | null>(finding?.seriousness ?? null);
  const [observation, setObservation] = useState(finding?.observation ?? "");
  const [own, setOwn] = useState<readonly string[]>(finding?.photos ?? []);
  const [checked, setChecked] = useState(false);
  const removePhoto = useRemovePhoto();
  const save = (): void => {
    setChecked(true);
    if (seriousness === null || observation.trim() === "") return;
    // A place on the house belongs to the ring it lies in.
    const moved = finding !== null && finding.ring !== ring;
    onSave({
      ...(finding ?? { id: newId("f"), topic: null, question: null, place: null, domain, from: null }),
      ...(moved ? { place: null } : {}),
      ring,
      seriousness,
      observation: observation.trim(),
      photos: own.slice(0, 20),
    });
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
        <Choice legend={m.ring} columns={2} options={rings.map((value) => ({ value, title: shared.rings[value] }))} value={ring} onChoose={setRing} />
      )}
      <div class="stack-small">
        <div class="actions actions-tight">
          <PhotoButtons question={null} onKept={({ id }) => setOwn((now) => [...now, id])} />
        </div>
        <PhotoStrip
          photos={photos.filter(({ id }) => own.includes(id))}
          onRemove={(photo) => {
            setOwn((now) => now.filter((id) => id !== photo.id));
            removePhoto(photo);
          }}
        />
        <p class="soft small">{m.stripped}</p>
      </div>
      <div class="actions">
        <Button type="submit" icon="check">
          {m.save}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {m.cancel}
        </Button>
      </div>
    </form>
  );
}
