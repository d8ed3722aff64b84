/** What /monitor shows when a code came with the link and this device still holds a token: go on with that, or give it up for the code. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "#services/interface/index.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { MonitorFrame } from "#services/monitor/screens/frame.tsx";
import { useMonitorLanguage, writeMonitorUntil } from "#services/monitor/screens/language.ts";
import { EraseForGood } from "./erase.tsx";

export function Occupied({
  kept,
  onGoOn,
  children,
}: {
  readonly kept: Participation;
  readonly onGoOn: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const [asking, setAsking] = useState(false);
  const w = m.occupied;
  return (
    <MonitorFrame title={w.title} lead={w.text(kept.wave.title[language])} part="occupied">
      {children}
      <p>{w.until(writeMonitorUntil(language, kept.wave.ends, "with-year"))}</p>
      <p>{w.once}</p>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={onGoOn}>
          {w.goOn}
        </Button>
        <Button look="quiet" icon="bin" onPress={() => setAsking(true)}>
          {w.replace}
        </Button>
      </div>
      <EraseForGood open={asking} participation={kept} onClose={() => setAsking(false)} />
    </MonitorFrame>
  );
}
