/** The words around a kept draft: that it is an earlier one, who can read it, whether it is kept, and throwing it away. Used by pages that keep drafts with kept-draft.ts. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Dialog, Notice, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import type { Saving } from "./kept-draft.ts";
import { nl, type Messages } from "./nl.ts";

/**
 * Above the form, once an earlier draft was found.
 * @param newer the dossier holds something that was kept there after this draft was begun
 * @param onThrow forgets the draft and shows what the dossier holds
 */
export function Resumed({ newer, onThrow }: { readonly newer: boolean; readonly onThrow: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).draft;
  const [throwing, setThrowing] = useState(false);
  return (
    <>
      <Notice tone={newer ? "amber" : "info"} title={newer ? m.newer : m.resumed} live>
        <p>{newer ? m.newerText : m.who}</p>
        <div class="actions">
          <Button look="second" size="small" icon="bin" onPress={() => setThrowing(true)}>
            {m.throw}
          </Button>
        </div>
      </Notice>
      <Dialog open={throwing} title={m.throwTitle} onClose={() => setThrowing(false)}>
        <p>{m.throwText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              setThrowing(false);
              onThrow();
              // The notice goes away with the button that had the focus.
              setTimeout(() => document.querySelector<HTMLElement>("main h1")?.focus());
            }}
          >
            {m.throwYes}
          </Button>
          <Button look="second" onPress={() => setThrowing(false)}>
            {m.throwNo}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** Under the form: whether what is typed is kept. */
export function SavingLine({ saving }: { readonly saving: Saving }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).draft;
  return (
    <p class="soft small" role="status">
      {m.saving[saving]}
    </p>
  );
}
