/** The one way in which an item of a list is written: a card with fields that says what lacks only after it was tried, and the row of buttons under an item. Risks and measures use it. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, type ButtonLook, type IconName } from "#services/interface/index.ts";

/**
 * A form on a card.
 * @param label what is being written
 * @param ready whether it may be kept; fields show what lacks once this was asked
 * @param children draws the fields; `checked` is true after a first try
 */
export function EditForm({
  label,
  save,
  cancel,
  ready,
  onSave,
  onCancel,
  children,
}: {
  readonly label: string;
  readonly save: string;
  readonly cancel: string;
  readonly ready: boolean;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  readonly children: (checked: boolean) => ComponentChildren;
}): JSX.Element {
  const [checked, setChecked] = useState(false);
  return (
    <form
      class="card"
      noValidate
      autocomplete="off"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (ready) onSave();
      }}
    >
      <p class="scan-part">{label}</p>
      {children(checked)}
      <div class="actions">
        <Button type="submit" icon="check">
          {save}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  );
}

/** One thing that can be done with an item; `label` names the item for who hears the button alone. */
export interface ItemAction {
  readonly key: string;
  readonly words: string;
  readonly label: string;
  readonly icon: IconName;
  readonly look?: ButtonLook;
  readonly onPress: () => void;
}

export const ItemActions = ({ actions }: { readonly actions: readonly ItemAction[] }): JSX.Element => (
  <div class="actions no-print">
    {actions.map(({ key, words, label, icon, look = "quiet", onPress }) => (
      <Button key={key} look={look} size="small" icon={icon} label={label} onPress={onPress}>
        {words}
      </Button>
    ))}
  </div>
);
