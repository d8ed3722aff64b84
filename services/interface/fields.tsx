/** What can be filled in: one-line and long fields, cards to choose from. Label, hint and error belong to the field and are read with it. */
import type { ComponentChildren, JSX, PartialInputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { useInterfaceMessages } from "./messages.ts";

interface FieldWords {
  readonly label: string;
  /** Language of the label where it is not the page's: a question from a register has only one (WCAG 3.1.2). */
  readonly labelLanguage?: "nl" | undefined;
  readonly hint?: ComponentChildren;
  /** What is wrong and how to mend it; null when nothing is. */
  readonly error?: string | null | undefined;
  readonly optional?: boolean | undefined;
}

interface FieldProps extends FieldWords {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: "text" | "email" | "password" | "search" | "date" | "time" | "datetime-local" | "tel" | undefined;
  /** Only where the browser's own memory helps and gives nothing away; default `off`. */
  readonly autocomplete?: "off" | "username" | "current-password" | "new-password" | "email" | "tel" | undefined;
  readonly keyboard?: "numeric" | "email" | "tel" | "search" | undefined;
  readonly narrow?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly spellcheck?: boolean | undefined;
  /** Something beside the input, under it (a counter, a word about saving). */
  readonly foot?: ComponentChildren;
  readonly name?: string | undefined;
}

function Around({
  id,
  label,
  labelLanguage,
  hint,
  error,
  optional,
  foot,
  children,
}: FieldWords & { readonly id: string; readonly foot?: ComponentChildren; readonly children: JSX.Element }): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <div class="field" data-wrong={hasError(error) ? "" : undefined}>
      <label class="field-label" for={id} lang={labelLanguage}>
        {label}
        {optional === true && <span class="soft small"> ({m.optional})</span>}
      </label>
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {hasError(error) && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="alert" size={20} />
          <span>{error}</span>
        </p>
      )}
      {children}
      {foot !== undefined && <div class="field-foot">{foot}</div>}
    </div>
  );
}

const hasError = (error: string | null | undefined): error is string => error !== undefined && error !== null && error !== "";

const describedBy = (id: string, props: Pick<FieldWords, "hint" | "error">): string | undefined => {
  const ids = [props.hint === undefined ? "" : `${id}-hint`, hasError(props.error) ? `${id}-error` : ""].filter((part) => part !== "");
  return ids.length === 0 ? undefined : ids.join(" ");
};

/** One line of text, a date, a search, a passphrase. */
export function Field(props: FieldProps): JSX.Element {
  const id = useId();
  return (
    <Around id={id} label={props.label} labelLanguage={props.labelLanguage} hint={props.hint} error={props.error} optional={props.optional} foot={props.foot}>
      <Input
        type={props.type ?? "text"}
        more={{
          id,
          name: props.name,
          class: props.narrow === true ? "field-input field-narrow" : "field-input",
          value: props.value,
          autocomplete: props.autocomplete ?? "off",
          inputMode: props.keyboard,
          maxLength: props.maxLength,
          spellcheck: props.spellcheck,
          "aria-invalid": hasError(props.error) ? "true" : undefined,
          "aria-describedby": describedBy(id, props),
          onInput: (event) => props.onInput(event.currentTarget.value),
        }}
      />
    </Around>
  );
}

type InputMore = Omit<PartialInputHTMLAttributes<HTMLInputElement>, "role" | "type" | "list">;

/** Preact ties each input type to the roles it may have, so each type is written out once, here. */
function Input({ type, more }: { readonly type: NonNullable<FieldProps["type"]>; readonly more: InputMore }): JSX.Element {
  switch (type) {
    case "text":
      return <input {...more} type="text" />;
    case "email":
      return <input {...more} type="email" />;
    case "password":
      return <input {...more} type="password" />;
    case "search":
      return <input {...more} type="search" />;
    case "date":
      return <input {...more} type="date" />;
    case "time":
      return <input {...more} type="time" />;
    case "datetime-local":
      return <input {...more} type="datetime-local" />;
    case "tel":
      return <input {...more} type="tel" />;
  }
}

/** More lines of text; grows with what is typed. */
export function TextArea(props: FieldProps & { readonly rows?: number | undefined }): JSX.Element {
  const id = useId();
  return (
    <Around id={id} label={props.label} labelLanguage={props.labelLanguage} hint={props.hint} error={props.error} optional={props.optional} foot={props.foot}>
      <textarea
        id={id}
        name={props.name}
        class={(props.rows ?? 6) <= 3 ? "field-input field-short" : "field-input"}
        rows={props.rows ?? 6}
        value={props.value}
        maxLength={props.maxLength}
        spellcheck={props.spellcheck}
        autocomplete="off"
        aria-invalid={hasError(props.error) ? "true" : undefined}
        aria-describedby={describedBy(id, props)}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Around>
  );
}

/** A choice from a list too long for cards (a municipality's function list, a month). */
export function Select(
  props: FieldWords & {
    readonly value: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly onChoose: (value: string) => void;
  },
): JSX.Element {
  const id = useId();
  return (
    <Around id={id} label={props.label} labelLanguage={props.labelLanguage} hint={props.hint} error={props.error} optional={props.optional}>
      <select
        id={id}
        class="field-input"
        value={props.value}
        aria-invalid={hasError(props.error) ? "true" : undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** One card of a {@link Choice}. */
export interface ChoiceOption<V extends string> {
  readonly value: V;
  readonly title: string;
  /** The consequence in one plain sentence. */
  readonly text?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Language of title and text where it is not the page's. */
  readonly language?: "nl" | undefined;
}

interface ChoiceWords<V extends string> {
  readonly legend: string;
  /** Language of the legend where it is not the page's. */
  readonly legendLanguage?: "nl" | undefined;
  readonly hint?: ComponentChildren;
  readonly error?: string | null | undefined;
  readonly options: readonly ChoiceOption<V>[];
  readonly columns?: 1 | 2 | undefined;
}

function Cards<V extends string>(
  props: ChoiceWords<V> & { readonly type: "radio" | "checkbox"; readonly chosen: (value: V) => boolean; readonly onChoose: (value: V, on: boolean) => void },
): JSX.Element {
  const id = useId();
  return (
    <fieldset aria-describedby={describedBy(id, props)}>
      <legend class="choice-legend" lang={props.legendLanguage}>
        {props.legend}
      </legend>
      {props.hint !== undefined && (
        <p class="choice-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {hasError(props.error) && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="alert" size={20} />
          <span>{props.error}</span>
        </p>
      )}
      <div class="choices" data-columns={props.columns ?? 1}>
        {props.options.map((option) => (
          <label key={option.value} class="choice-card">
            <input
              type={props.type}
              name={id}
              value={option.value}
              checked={props.chosen(option.value)}
              disabled={option.disabled}
              onChange={(event) => props.onChoose(option.value, event.currentTarget.checked)}
            />
            <span lang={option.language}>
              <span class="choice-title">{option.title}</span>
              {option.text !== undefined && <span class="choice-text">{option.text}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Choose one: radio buttons as cards. */
export function Choice<V extends string>(props: ChoiceWords<V> & { readonly value: V | null; readonly onChoose: (value: V) => void }): JSX.Element {
  return <Cards {...props} type="radio" chosen={(value) => value === props.value} onChoose={(value) => props.onChoose(value)} />;
}

/** Choose some: checkboxes as cards. */
export function Choices<V extends string>(props: ChoiceWords<V> & { readonly values: readonly V[]; readonly onChoose: (values: V[]) => void }): JSX.Element {
  return (
    <Cards
      {...props}
      type="checkbox"
      chosen={(value) => props.values.includes(value)}
      onChoose={(value, on) =>
        props.onChoose(on ? [...props.values.filter((other) => other !== value), value] : props.values.filter((other) => other !== value))
      }
    />
  );
}
