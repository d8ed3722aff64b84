/** Asks two groups of a code back, so that nobody leaves with a copy that does not work. For receipt codes and recovery sheets. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Button } from "./controls.tsx";
import { Field } from "./fields.tsx";
import { useInterfaceMessages } from "./messages.ts";

/** @param code groups separated by a space or hyphen. Two groups are drawn by chance, one from each half; letters people take for each other count as the same. */
export function ConfirmCode({ code, onBack, onDone }: { readonly code: string; readonly onBack: () => void; readonly onDone: () => void }): JSX.Element {
  const m = useInterfaceMessages().confirm;
  const groups = code.split(/[\s-]+/);
  const [first, second] = useMemo(() => twoOf(groups.length), [groups.length]);
  const [typed, setTyped] = useState<readonly [string, string]>(["", ""]);
  const [checked, setChecked] = useState(false);
  const fits = (index: number, text: string): boolean => plain(text) === plain(groups[index] ?? "");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (fits(first, typed[0]) && fits(second, typed[1])) onDone();
  };
  return (
    <form class="stack" onSubmit={submit} noValidate autocomplete="off">
      {(
        [
          [first, 0],
          [second, 1],
        ] as const
      ).map(([group, place]) => (
        <Field
          key={group}
          label={m.group(group + 1)}
          narrow
          spellcheck={false}
          value={typed[place]}
          error={checked && !fits(group, typed[place]) ? m.wrong(group + 1) : null}
          onInput={(text) => setTyped(place === 0 ? [text, typed[1]] : [typed[0], text])}
        />
      ))}
      <div class="actions">
        <Button type="submit" icon="check">
          {m.done}
        </Button>
        <Button look="quiet" onPress={onBack}>
          {m.again}
        </Button>
      </div>
    </form>
  );
}

const plain = (text: string): string => text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");

function twoOf(count: number): readonly [number, number] {
  const random = (below: number): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
  const half = Math.max(1, Math.floor(count / 2));
  return [random(half), half + random(Math.max(1, count - half))];
}
