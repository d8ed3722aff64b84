/** One message: who, when, what the computer saw in it and why; its text only while it is open. What is hidden is not in the page at all. Drawn by reading.tsx. */
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { Button, Tag, useLanguage, writeMoment } from "#services/interface/index.ts";
import { isWordless, marks, partsOf, type MarkedBy } from "./found.ts";
import type { OnlineMessages } from "./nl.ts";
import { work } from "./work.ts";

/** Code units of a long text that are drawn at once. */
const PIECE = 4_000;
/** Lines that stand for a hidden text: a longer text has more, so that one knows what to expect. */
const linesFor = (length: number): number => Math.min(4, 1 + Math.floor(length / 90));

const tones = { explicit: "red", likely: "amber", possible: "accent", none: undefined } as const;

interface CardProps {
  readonly m: OnlineMessages;
  readonly index: number;
  /** Place in the list, from 1. */
  readonly number: number;
  readonly day: string | null;
  readonly open: boolean;
  readonly reader: MarkedBy;
  readonly onOpen: (open: boolean) => void;
}

export function MessageCard({ m, index, number, day, open, reader, onOpen }: CardProps): JSX.Element | null {
  const id = useId();
  const language = useLanguage();
  const r = m.read;
  const item = work.found.items[index];
  if (item === undefined) return null;
  const judgement = work.found.judgementOf(index);
  const time = work.found.timeAt(index);
  const campaign = work.found.campaignOf(index);
  const own = judgement?.personal.filter(({ watched }) => watched === true) ?? [];
  const level = judgement?.threat.level ?? null;
  const whys = [...new Set(judgement?.threat.reasons.map(({ why }) => why))];
  const wordless = isWordless(item);
  return (
    <>
      {day !== null && <h3 class="timeline-day">{day}</h3>}
      <article class="card card-tight message" aria-labelledby={`${id}-head`}>
        <div class="message-head">
          <h3 id={`${id}-head`} class="card-name">
            <span class="hidden-words">{r.message(number)}: </span>
            {item.author ?? r.unknownWho}
          </h3>
          <p class="soft small">
            {time === null ? r.unknownWhen : <time dateTime={new Date(time).toISOString()}>{writeMoment(language, time)}</time>}
            {item.conversation !== null && item.conversation !== item.author && ` · ${item.conversation}`}
            {item.at?.zone === "unknown" && <span class="hidden-words"> ({r.clock})</span>}
          </p>
        </div>
        <p class="row message-tags">
          {level === null ? (
            <Tag>{wordless ? r.wishes.wordless : r.notJudged}</Tag>
          ) : (
            <Tag tone={tones[level]} icon={level === "none" ? undefined : "alert"}>
              {r.levels[level]}
            </Tag>
          )}
          {own.length > 0 && (
            <Tag tone="amber" icon="pin">
              {[...new Set(own.map(({ kind }) => m.kinds[kind]))].join(", ")} {r.yours}
            </Tag>
          )}
          {campaign > 0 && <Tag icon="people">{m.summary.campaign(campaign)}</Tag>}
        </p>
        {whys.length > 0 && !open && (
          <p class="small">
            <span class="soft">{r.why}: </span>
            <span lang="nl">{whys.join("; ")}</span>
          </p>
        )}
        {wordless ? (
          <p class="soft">{r.noWords}</p>
        ) : open ? (
          <Opened m={m} index={index} id={`${id}-text`} />
        ) : (
          <div class="message-hidden">
            <span class="hidden-words">{r.hidden}</span>
            {Array.from({ length: linesFor(item.text.length) }, (_, line) => (
              <span key={line} class="message-bar" aria-hidden="true" />
            ))}
          </div>
        )}
        {item.attachments.length > 0 && (
          <p class="small soft">
            {r.attachments(item.attachments.length)}: {item.attachments.map(({ name }) => name).join(", ")}
          </p>
        )}
        {item.notes.length > 0 && (open || wordless) && (
          <ul class="words small soft">
            {item.notes.map((note) => (
              <li key={note}>{r.notes[note]}</li>
            ))}
          </ul>
        )}
        <div class="message-foot">
          {!wordless && (
            <button
              type="button"
              class="button"
              data-look="second"
              data-size="small"
              aria-expanded={open}
              aria-controls={open ? `${id}-text` : undefined}
              onClick={() => onOpen(!open)}
            >
              {open ? r.hide : r.show}
              <span class="hidden-words"> {number}</span>
            </button>
          )}
          <Marks m={m} index={index} number={number} reader={reader} />
        </div>
      </article>
    </>
  );
}

/** The text, with the words that were pointed at. Drawn in pieces: a text of a million letters would hold the page up. */
function Opened({ m, index, id }: { readonly m: OnlineMessages; readonly index: number; readonly id: string }): JSX.Element {
  const r = m.read;
  const [most, setMost] = useState(PIECE);
  useEffect(() => setMost(PIECE), [index]);
  const text = work.found.items[index]?.text ?? "";
  const judgement = work.found.judgementOf(index);
  const reasons = judgement?.threat.reasons ?? [];
  const hits = judgement?.personal ?? [];
  return (
    <div id={id} class="message-open">
      <p class="message-text">
        {partsOf(text, judgement, most).map((part, place) =>
          part.stands === "plain" ? (
            part.text
          ) : (
            <mark key={place} class="message-mark" data-stands={part.stands}>
              {part.text}
              {part.reason !== null && <sup class="message-number">{part.reason}</sup>}
            </mark>
          ),
        )}
      </p>
      {text.length > most && (
        <div class="actions">
          <Button look="quiet" size="small" icon="down" onPress={() => setMost(most + PIECE)}>
            {r.more}
          </Button>
        </div>
      )}
      {reasons.length > 0 && (
        <div class="message-why">
          <p class="small">
            <strong>{r.words}</strong>
          </p>
          <ol class="words small" lang="nl">
            {reasons.map(({ start, end, why }, place) => (
              <li key={place}>
                “{text.slice(start, Math.min(end, start + 80))}”: {why}
              </li>
            ))}
          </ol>
        </div>
      )}
      {hits.length > 0 && (
        <div class="message-why">
          <p class="small">
            <strong>{r.holds}</strong>
          </p>
          <ul class="words small">
            {hits.slice(0, 20).map(({ kind, start, canonical, watched }) => (
              <li key={`${start}-${kind}`}>
                {m.kinds[kind]}: {canonical}
                {watched === true && (
                  <>
                    {" "}
                    <Tag tone="amber">{r.yours}</Tag>
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Whether it belongs: three buttons, of which one may be down. A second press takes it back. */
function Marks({
  m,
  index,
  number,
  reader,
}: {
  readonly m: OnlineMessages;
  readonly index: number;
  readonly number: number;
  readonly reader: MarkedBy;
}): JSX.Element | null {
  const r = m.read;
  const item = work.found.items[index];
  if (item === undefined) return null;
  const marked = work.found.marked.get(item.id);
  return (
    <div class="marks" role="group" aria-label={`${r.mark} ${r.message(number)}`}>
      {marks.map((mark) => {
        const is = marked?.mark === mark;
        return (
          <button key={mark} type="button" class="mark" data-mark={mark} aria-pressed={is} onClick={() => work.mark(item.id, is ? null : { mark, by: reader })}>
            {r.marks[mark]}
            {is && <span class="mark-by"> {r.markedBy[marked.by]}</span>}
          </button>
        );
      })}
    </div>
  );
}
