/** One person of the desk's list: what they can help with, for whom, and when. Used by the list of people. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Choice, Choices, Field, locale, SendForm, TextArea, useLanguage, useMessages } from "#services/interface/index.ts";
import type { Peer } from "#services/support/contract/peers.ts";
import { helpSituations, seekers, type Hours } from "#services/support/contract/situation.ts";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import type { Messages } from "./nl.ts";

const blank: Peer = { id: "", name: "", kind: "peer", office: "", seekers: [], situations: [], reach: "", hours: null, away: null, note: "" };
const days = ["1", "2", "3", "4", "5", "6", "7"] as const;
const matters = helpSituations.filter((one) => one !== "none");

type HoursKind = "always" | "week" | "unknown";
const kindOf = (hours: Hours): HoursKind => (hours === null ? "unknown" : hours === "always" ? "always" : "week");

/** @param onKeep writes it; what it throws is shown and nothing typed is lost */
export function PeerForm({
  peer,
  m,
  onKeep,
}: {
  readonly peer: Peer | null;
  readonly m: Messages;
  readonly onKeep: (peer: Peer) => Promise<void>;
}): JSX.Element {
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const language = useLanguage();
  const [value, setValue] = useState<Peer>(peer ?? blank);
  const first = value.hours === "always" || value.hours === null ? undefined : value.hours.week[0];
  const [kind, setKind] = useState<HoursKind>(kindOf(value.hours));
  const [chosen, setChosen] = useState<readonly (typeof days)[number][]>(days.filter((day) => first?.days.includes(Number(day)) === true));
  const [from, setFrom] = useState(first?.from ?? "09:00");
  const [until, setUntil] = useState(first?.until ?? "17:00");
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<Peer>): void => setValue((now) => ({ ...now, ...part }));
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
  const timesWrong = kind === "week" && !(clock.test(from) && clock.test(until) && from < until);
  const dayName = new Intl.DateTimeFormat(locale(language), { weekday: "long", timeZone: "UTC" });
  const hoursOf = (): Hours => {
    if (kind === "unknown") return null;
    if (kind === "always") return "always";
    // Nobody was asked about holidays.
    return { week: [{ days: chosen.map(Number), from, until }], holidays: "unknown" };
  };
  return (
    <SendForm
      button={m.save}
      ready={() => {
        setChecked(true);
        return value.name.trim() !== "" && !timesWrong && (kind !== "week" || chosen.length > 0);
      }}
      send={async () => await onKeep({ ...value, id: value.id === "" ? crypto.randomUUID() : value.id, hours: hoursOf() })}
    >
      <Field
        label={m.name}
        maxLength={400}
        error={checked && value.name.trim() === "" ? m.nameMissing : null}
        value={value.name}
        onInput={(name) => change({ name })}
      />
      <Choice
        legend={m.kind}
        columns={2}
        options={(["peer", "expert"] as const).map((one) => ({ value: one, title: m.kinds[one] }))}
        value={value.kind}
        onChoose={(one) => change({ kind: one })}
      />
      <Field label={m.office} hint={m.officeHint} optional maxLength={400} value={value.office} onInput={(office) => change({ office })} />
      <Field label={m.reach} maxLength={400} value={value.reach} onInput={(reach) => change({ reach })} />
      <Choice
        legend={m.hours}
        options={(["always", "week", "unknown"] as const).map((one) => ({ value: one, title: m.hoursOptions[one] }))}
        value={kind}
        onChoose={setKind}
      />
      {kind === "week" && (
        <>
          <Choices
            legend={m.days}
            columns={2}
            error={checked && chosen.length === 0 ? m.daysMissing : null}
            // 1 January 2024 was a Monday.
            options={days.map((day) => ({ value: day, title: dayName.format(Date.UTC(2024, 0, Number(day))) }))}
            values={chosen}
            onChoose={setChosen}
          />
          <Field type="time" narrow label={m.from} error={checked && timesWrong ? m.timesWrong : null} value={from} onInput={setFrom} />
          <Field type="time" narrow label={m.until} value={until} onInput={setUntil} />
        </>
      )}
      <Choices
        legend={m.for}
        hint={m.forHint}
        columns={2}
        options={seekers.map((one) => ({ value: one, title: words.seekers[one] }))}
        values={value.seekers}
        onChoose={(chosenSeekers) => change({ seekers: chosenSeekers })}
      />
      <Choices
        legend={m.with}
        hint={m.withHint}
        columns={2}
        options={matters.map((one) => ({ value: one, title: words.situations[one] }))}
        values={value.situations}
        onChoose={(situations) => change({ situations })}
      />
      <Field type="date" narrow optional label={m.away} value={value.away ?? ""} onInput={(away) => change({ away: away === "" ? null : away })} />
      <TextArea label={m.note} rows={2} optional maxLength={2_000} value={value.note} onInput={(note) => change({ note })} />
    </SendForm>
  );
}
