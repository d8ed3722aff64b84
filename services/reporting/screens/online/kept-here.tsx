/** What is kept where, in one sentence, and wiping all of it. Stands at the foot of the page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Dialog } from "#services/interface/index.ts";
import type { OnlineMessages } from "./nl.ts";
import { work } from "./work.ts";

export function KeptHere({ m, onWipe }: { readonly m: OnlineMessages; readonly onWipe: () => void }): JSX.Element {
  const k = m.kept;
  const [asking, setAsking] = useState(false);
  return (
    <section class="card kept-here no-print" aria-labelledby="kept-title">
      <h2 id="kept-title" class="card-name">
        {k.title}
      </h2>
      <p>{work.kept === false ? k.no : k.yes}</p>
      <p class="soft">{k.files}</p>
      <div class="actions">
        <Button look="second" size="small" icon="bin" onPress={() => setAsking(true)}>
          {k.wipe}
        </Button>
      </div>
      <Dialog open={asking} title={k.wipeTitle} onClose={() => setAsking(false)}>
        <p>{k.wipeText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              setAsking(false);
              onWipe();
            }}
          >
            {k.wipeYes}
          </Button>
          <Button look="second" onPress={() => setAsking(false)}>
            {k.wipeNo}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
