/** Reading mode: what asks for attention first, every text hidden until it is opened, one at a time; beside it why, and whether it belongs. Drawn by online-page.tsx. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Choice as OneOf, EmptyState, Notice, Select, useLanguage, writeDay } from "#services/interface/index.ts";
import { wishes, type Choice, type MarkedBy } from "./found.ts";
import { MessageCard } from "./message-card.tsx";
import type { OnlineMessages } from "./nl.ts";
import { work } from "./work.ts";

/** Messages on one page: as many as a phone draws at once without a pause. */
const PAGE = 10;
const orders = ["weight", "time"] as const;

interface ReadingProps {
  readonly m: OnlineMessages;
  /** Goes up when anything changed. */
  readonly change: number;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

export function Reading({ m, change, choice, onChoose }: ReadingProps): JSX.Element {
  const r = m.read;
  const language = useLanguage();
  const [reader, setReader] = useState<MarkedBy>("self");
  const [start, setStart] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // What was marked stays where it is until something else is chosen: a list that moves under one's finger is not read in peace.
  const marking = choice.wish === "open" || choice.wish === "belongs" || choice.wish === "doubt";
  const found = work.found;
  const chosen = useMemo(() => found.choose(choice), [found, choice, work.stage, marking ? null : change]);
  useEffect(() => {
    setStart(0);
    setOpen(null);
  }, [choice]);
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setOpen(null);
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, []);
  const shown = chosen.slice(start, start + PAGE);
  const turn = (to: number): void => {
    setOpen(null);
    setStart(to);
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "start" });
  };
  const narrowed = choice.campaign !== null || choice.window !== null;
  const bulk = narrowed ? chosen.filter((index) => found.marked.get(found.items[index]?.id ?? "")?.mark !== "belongs") : [];
  return (
    <div class="stack">
      <OneOf
        legend={r.who}
        columns={2}
        value={reader}
        options={[
          { value: "self", ...r.self },
          { value: "delegate", ...r.delegate },
        ]}
        onChoose={(who) => {
          setReader(who);
          setOpen(null);
          if (who === "delegate" && choice.wish === "attention") onChoose({ ...choice, wish: "open" });
        }}
      />
      {reader === "delegate" && (
        <Notice title={r.delegateTitle} live>
          <p>{r.delegateText}</p>
        </Notice>
      )}
      <div class="reading-choice">
        <Select
          label={r.wish}
          value={choice.wish}
          options={wishes.map((value) => ({ value, label: r.wishes[value] }))}
          onChoose={(value) => onChoose({ ...choice, wish: wishes.find((known) => known === value) ?? "attention" })}
        />
        <Select
          label={r.order}
          value={choice.order}
          options={orders.map((value) => ({ value, label: r.orders[value] }))}
          onChoose={(value) => onChoose({ ...choice, order: value === "time" ? "time" : "weight" })}
        />
      </div>
      {narrowed && (
        <div class="row reading-narrowed">
          <p>
            {choice.campaign !== null && r.onlyCampaign(choice.campaign)}
            {choice.window !== null && r.onlyWindow(choice.window.from, choice.window.to)}
          </p>
          <Button
            look="quiet"
            size="small"
            icon="cross"
            onPress={() => {
              onChoose({ ...choice, campaign: null, window: null });
              heading.current?.focus();
            }}
          >
            {r.allAgain}
          </Button>
        </div>
      )}
      <section class="stack-medium" aria-labelledby="list-title">
        <h2 id="list-title" ref={heading} tabIndex={-1} class="list-title">
          {r.count(chosen.length)}
        </h2>
        {bulk.length > 0 && (
          <div class="actions">
            <Button
              look="second"
              size="small"
              icon="check"
              onPress={() => {
                work.markAll(
                  bulk.map((index) => found.items[index]?.id ?? ""),
                  { mark: "belongs", by: reader },
                );
                heading.current?.focus();
              }}
            >
              {r.markAll(bulk.length)}
            </Button>
          </div>
        )}
        {chosen.length === 0 ? (
          <EmptyState icon="list" title={r.empty}>
            <p>{r.emptyText}</p>
          </EmptyState>
        ) : (
          <ol class="messages plain" start={start + 1}>
            {shown.map((index, place) => {
              const item = found.items[index];
              return item === undefined ? null : (
                <li key={item.id}>
                  <MessageCard
                    m={m}
                    index={index}
                    number={start + place + 1}
                    day={dayBefore(chosen, start + place)}
                    open={open === item.id}
                    reader={reader}
                    onOpen={(wanted) => setOpen(wanted ? item.id : null)}
                  />
                </li>
              );
            })}
          </ol>
        )}
        {chosen.length > PAGE && (
          <nav class="row row-between pager" aria-label={r.list}>
            <Button look="second" size="small" icon="back" disabled={start === 0} onPress={() => turn(Math.max(0, start - PAGE))}>
              {r.earlier}
            </Button>
            <span aria-live="polite">{r.page(start + 1, Math.min(start + PAGE, chosen.length), chosen.length)}</span>
            <Button look="second" size="small" icon="arrow" iconLast disabled={start + PAGE >= chosen.length} onPress={() => turn(start + PAGE)}>
              {r.later}
            </Button>
          </nav>
        )}
      </section>
    </div>
  );

  /** The day above a message in a list by time, where it differs from the one before. */
  function dayBefore(all: readonly number[], place: number): string | null {
    if (choice.order !== "time") return null;
    const [here, before] = [found.timeAt(all[place] ?? -1), place === start ? null : found.timeAt(all[place - 1] ?? -1)];
    if (here === null) return null;
    const day = writeDay(language, here);
    return before !== null && writeDay(language, before) === day ? null : day;
  }
}
