/** Which questionnaire and which period to look at: for the preview and the form on paper. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RecallMonths } from "#registers/questionnaires/index.ts";
import { Choice } from "#services/interface/index.ts";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";

/** The versions in use; earlier ones stay readable under their number. */
const current = { monitor: 1, pulse: 1 } as const;
/** What is looked at. */
export interface Looked {
  readonly set: keyof typeof current;
  readonly version: number;
  readonly recallMonths: RecallMonths;
}

/** The wave over twelve months to begin with; the pulse is asked over six. */
export function useLooked(): readonly [Looked, (part: Partial<Pick<Looked, "set" | "recallMonths">>) => void] {
  const [looked, setLooked] = useState<Looked>({ set: "monitor", version: current.monitor, recallMonths: 12 });
  return [
    looked,
    (part) =>
      setLooked((now) => {
        const set = part.set ?? now.set;
        return { set, version: current[set], recallMonths: part.recallMonths ?? (part.set === undefined ? now.recallMonths : set === "pulse" ? 6 : 12) };
      }),
  ];
}

export function ChooseQuestionnaire({
  looked,
  onChange,
}: {
  readonly looked: Looked;
  readonly onChange: (part: Partial<Pick<Looked, "set" | "recallMonths">>) => void;
}): JSX.Element {
  const { m } = useMonitorLanguage();
  const w = m.preview;
  return (
    <div class="stack no-print">
      <Choice
        legend={w.which}
        columns={2}
        options={(["monitor", "pulse"] as const).map((value) => ({ value, title: w.sets[value], text: w.setsText[value] }))}
        value={looked.set}
        onChoose={(set) => onChange({ set })}
      />
      <Choice
        legend={w.period}
        columns={2}
        options={(["12", "6"] as const).map((value) => ({ value, title: w.periods[value] }))}
        value={looked.recallMonths === 12 ? "12" : "6"}
        onChoose={(months) => onChange({ recallMonths: months === "12" ? 12 : 6 })}
      />
    </div>
  );
}
