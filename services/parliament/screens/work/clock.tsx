/** The clock of a set: until when, what is late, the days inside the house. Drawn above every part. */
import type { JSX } from "preact";
import { Tag, useLanguage, useMessages } from "#services/interface/index.ts";
import { en } from "#services/parliament/screens/en.ts";
import { nl, type Messages } from "#services/parliament/screens/nl.ts";
import type { PartProps } from "./set-actions.tsx";

export function Clock({ view: { clock, set } }: Pick<PartProps, "view">): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const about = (
    <>
      <p class="kamer-set-title">{set.subject ?? set.title ?? set.reference ?? m.title}</p>
      <p class="soft small">
        {[set.reference ?? "", set.members.map(({ name, faction }) => (faction === null ? name : `${name} (${faction})`)).join(", "), set.addressees.join(", ")]
          .filter((part) => part !== "")
          .join(" · ")}
      </p>
    </>
  );
  if (clock === null)
    return (
      <section class="card stack-small">
        {about}
        <p>{m.noClock}</p>
      </section>
    );
  const { standing, term, dates } = clock;
  const late = standing.state === "late";
  const words =
    standing.state === "answered"
      ? m.sentInTime
      : standing.state === "answered-late"
        ? m.sentLate
        : late
          ? m.late(-standing.daysLeft)
          : standing.daysLeft === 0
            ? m.lastDay
            : m.left(standing.daysLeft);
  return (
    <section class="card stack-small">
      {about}
      <p>
        <Tag tone={late || standing.daysLeft <= 5 ? "amber" : "accent"} icon="clock">
          {m.due(standing.due)}: {words}
        </Tag>
        {standing.postponed && <span class="soft"> {m.postponed}</span>}
      </p>
      {standing.listedOn !== null && late && <p class="soft small">{m.listed(standing.listedOn)}</p>}
      {term.recessUnknown && <p class="soft small">{m.recessUnknown}</p>}
      {dates.length > 0 && (
        <details>
          <summary>{m.dates}</summary>
          <ol class="kamer-dates">
            {dates.map(({ step, day, squeezed, state }) => (
              <li key={step.id} data-state={state}>
                <span>{step[language]}</span> <span class="soft">{squeezed ? m.squeezed : m.day(day)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
