/** The person's own protected data: filled in once, kept sealed on this device, looked for in every message, never sent. Drawn by online-page.tsx. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ErrorState, Field, Notice, TextArea } from "#services/interface/index.ts";
import type { OnlineMessages } from "./nl.ts";
import { countWatched, emptyAddress, faultAt, watchFrom, watchLists, type WatchAddress, type WatchFault, type WatchForm } from "./watch-list.ts";
import { work } from "./work.ts";

/** Where the triage itself refuses something; null when it takes everything. Loads the finder only now. */
async function refusal(form: WatchForm): Promise<WatchFault | null> {
  const { watch } = watchFrom(form);
  if (watch === null) return null;
  const { parseWatch } = await import("@rugdekking/triage");
  try {
    parseWatch(watch);
    return null;
  } catch (error) {
    const data = typeof error === "object" && error !== null && "data" in error ? error.data : null;
    const path = typeof data === "object" && data !== null && "path" in data && typeof data.path === "string" ? data.path : "";
    const fault = faultAt(path, form);
    if (fault === null) throw error;
    return fault;
  }
}

export function WatchPanel({ m, folded = false }: { readonly m: OnlineMessages; readonly folded?: boolean }): JSX.Element {
  const o = m.own;
  const form = <WatchFields m={m} />;
  if (!folded)
    return (
      <section class="stack" aria-labelledby="own-title">
        <h2 id="own-title">{o.title}</h2>
        {form}
      </section>
    );
  return (
    <details class="fold">
      <summary>{o.title}</summary>
      {form}
    </details>
  );
}

function WatchFields({ m }: { readonly m: OnlineMessages }): JSX.Element {
  const o = m.own;
  const [form, setForm] = useState<WatchForm>(work.watch);
  const [faults, setFaults] = useState<readonly WatchFault[]>([]);
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // Where focus goes when an address is taken away together with its button.
  const rest = useRef<HTMLDivElement>(null);
  // It may have been read back only after this was drawn.
  useEffect(() => setForm(work.watch), [work.watch]);
  const change = (next: WatchForm): void => {
    setSaved(null);
    setFaults([]);
    setForm(next);
  };
  const setAddress = (index: number, part: Partial<WatchAddress>): void =>
    change({ ...form, addresses: form.addresses.map((address, place) => (place === index ? { ...address, ...part } : address)) });
  const save = async (): Promise<void> => {
    setBusy(true);
    setSaved(null);
    setError(null);
    const wrong = [...watchFrom(form).faults];
    try {
      const refused = wrong.length > 0 ? null : await refusal(form);
      if (refused !== null) wrong.push(refused);
      setFaults(wrong);
      if (wrong.length === 0) {
        setSaved((await work.setWatch(form)) ? o.saved(countWatched(form)) : o.notSaved);
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const wrongIn = (address: number, field: "street" | "number" | "postcode"): string | null =>
    faults.some((fault) => fault.at === "address" && fault.address === address && fault.field === field) ? o.faults[field] : null;
  return (
    <form
      class="stack-medium"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <p class="soft">{o.text}</p>
      <Notice>
        <p>{o.here}</p>
      </Notice>
      <div ref={rest} class="stack-medium arrived" tabIndex={-1}>
        {form.addresses.map((address, index) => (
          <fieldset key={index} class="own-address">
            <legend class="choice-legend">{o.address(index + 1)}</legend>
            <div class="own-grid">
              <Field
                label={o.street}
                value={address.street}
                maxLength={200}
                error={wrongIn(index, "street")}
                onInput={(street) => setAddress(index, { street })}
              />
              <Field
                label={o.number}
                value={address.number}
                maxLength={16}
                error={wrongIn(index, "number")}
                onInput={(number) => setAddress(index, { number })}
              />
              <Field
                label={o.postcode}
                optional
                value={address.postcode}
                maxLength={8}
                error={wrongIn(index, "postcode")}
                onInput={(postcode) => setAddress(index, { postcode })}
              />
              <Field label={o.place} optional value={address.place} maxLength={100} onInput={(place) => setAddress(index, { place })} />
            </div>
            {form.addresses.length > 1 && (
              <Button
                look="quiet"
                size="small"
                icon="bin"
                onPress={() => {
                  change({ ...form, addresses: form.addresses.filter((_, place) => place !== index) });
                  rest.current?.focus();
                }}
              >
                {o.removeAddress}
              </Button>
            )}
          </fieldset>
        ))}
      </div>
      <div class="actions">
        <Button look="second" size="small" icon="home" onPress={() => change({ ...form, addresses: [...form.addresses, emptyAddress] })}>
          {o.addAddress}
        </Button>
      </div>
      <div class="own-lists">
        {watchLists.map((list) => {
          const fault = faults.find((one) => one.at === "list" && one.list === list);
          return (
            <TextArea
              key={list}
              label={o.lists[list]}
              hint={o.perLine}
              optional
              rows={2}
              maxLength={10_000}
              value={form.lists[list]}
              error={fault?.at === "list" ? o.faults.line(fault.line) : null}
              onInput={(text) => change({ ...form, lists: { ...form.lists, [list]: text } })}
            />
          );
        })}
      </div>
      <div class="actions">
        <Button type="submit" icon="lock" busy={busy}>
          {o.save}
        </Button>
      </div>
      {error !== null && <ErrorState error={error} />}
      <p role="status">{saved}</p>
    </form>
  );
}
