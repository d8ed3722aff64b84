/** The summary that comes before any message: how many of what, which belong together, what could not be read. Quotes nothing. Drawn by online-page.tsx. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Arrived, Button, Icon, writeNumber, Notice, plural, Tag, useLanguage } from "#services/interface/index.ts";
import { Choose } from "./choose.tsx";
import { personalKinds, type Choice, type Level, type Summary, type Wish } from "./found.ts";
import type { OnlineMessages } from "./nl.ts";
import { Skipped } from "./skipped.tsx";
import { countWatched } from "./watch-list.ts";
import { work } from "./work.ts";

/** Parts of the page. */
export type Part = "overview" | "read" | "time" | "own" | "take";

interface OverviewProps {
  readonly m: OnlineMessages;
  readonly summary: Summary;
  readonly onGo: (part: Part, choice?: Partial<Choice>) => void;
}

const threatLevels = ["explicit", "likely", "possible"] as const satisfies readonly Exclude<Level, "none">[];
/** Groups that are shown at first. */
const SHOWN_GROUPS = 5;
/** Bursts that are told of one group; all of them are in the picture of time. */
const SHOWN_BURSTS = 3;

export function Overview({ m, summary, onGo }: OverviewProps): JSX.Element {
  const s = m.summary;
  const [adding, setAdding] = useState(false);
  if (work.found.items.length === 0)
    return (
      <div class="stack">
        <Notice tone="amber" title={m.none.title} live>
          <p>{m.none.text}</p>
        </Notice>
        <Skipped m={m} open />
        <Choose m={m} />
      </div>
    );
  const quiet = summary.ownMessages === 0 && threatLevels.every((level) => summary.levels[level] === 0);
  return (
    <div class="stack">
      <section class="stack-medium" aria-labelledby="summary-title">
        <h2 id="summary-title">{s.messages(summary.messages)}</h2>
        <p class="soft">{s.calm}</p>
        <ul class="tiles plain">
          {threatLevels.map((level) => (
            <Tile key={level} m={m} count={summary.levels[level]} words={s.levels[level]} tone={level} onLook={() => onGo("read", { wish: level })} />
          ))}
          <Tile m={m} count={summary.ownMessages} words={s.own} tone="own" onLook={() => onGo("read", { wish: "own" })} />
        </ul>
        {quiet && <p>{s.nothing}</p>}
        {countWatched(work.watch) === 0 && (
          <Notice>
            <p>{s.noOwn}</p>
            <div class="actions">
              <Button look="second" size="small" icon="shield" onPress={() => onGo("own")}>
                {s.fillOwn}
              </Button>
            </div>
          </Notice>
        )}
        <p class="soft small">
          {s.sorts} {s.wrong}
        </p>
      </section>
      {(summary.marks.belongs > 0 || summary.marks.doubt > 0 || summary.marks.not > 0) && (
        <section class="card card-tight" aria-labelledby="marks-title">
          <h2 id="marks-title" class="card-name">
            {s.marksTitle}
          </h2>
          <p>
            {s.marked(summary.marks.belongs, summary.marks.doubt, summary.marks.not)} {summary.byDelegate > 0 && s.delegate(summary.byDelegate)}
          </p>
        </section>
      )}
      <PersonalData m={m} summary={summary} onLook={(wish) => onGo("read", { wish })} />
      <Groups m={m} onLook={(campaign) => onGo("read", { wish: "all", campaign, order: "time" })} />
      <section class="stack-medium" aria-labelledby="unread-title">
        <h2 id="unread-title">{s.unreadTitle}</h2>
        <Unread m={m} summary={summary} onLook={() => onGo("read", { wish: "wordless" })} />
        <Skipped m={m} />
      </section>
      {adding ? (
        <Arrived>
          <Choose m={m} />
        </Arrived>
      ) : (
        <div class="actions">
          <Button look="second" icon="file" onPress={() => setAdding(true)}>
            {m.choose.more}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One figure with its words; a press shows those messages. Nothing to see: no button. */
function Tile({
  m,
  count,
  words,
  tone,
  onLook,
}: {
  readonly m: OnlineMessages;
  readonly count: number;
  readonly words: { readonly one: string; readonly other: string };
  readonly tone: string;
  readonly onLook: () => void;
}): JSX.Element {
  const language = useLanguage();
  return (
    <li class="tile" data-tone={count === 0 ? "none" : tone}>
      <p class="tile-words">
        <strong class="tile-count">{writeNumber(language, count)}</strong> <span>{plural(language, count, words)}</span>
      </p>
      {count > 0 && (
        <Button look="second" size="small" onPress={onLook} label={`${m.summary.look}: ${count} ${plural(language, count, words)}`}>
          {m.summary.look}
        </Button>
      )}
    </li>
  );
}

/** How much personal data was found, by kind. */
function PersonalData({
  m,
  summary,
  onLook,
}: {
  readonly m: OnlineMessages;
  readonly summary: Summary;
  readonly onLook: (wish: Wish) => void;
}): JSX.Element | null {
  const language = useLanguage();
  const s = m.summary;
  const kinds = personalKinds.filter((kind) => summary.personal[kind] > 0);
  if (kinds.length === 0) return null;
  return (
    <section class="stack-medium" aria-labelledby="personal-title">
      <h2 id="personal-title">{s.personalTitle}</h2>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{s.kind}</th>
            <th scope="col">{s.ownCount}</th>
            <th scope="col">{s.allCount}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{m.kinds[kind]}</th>
              <td>{summary.own[kind] > 0 ? <strong>{writeNumber(language, summary.own[kind])}</strong> : "0"}</td>
              <td>{writeNumber(language, summary.personal[kind])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="actions">
        <Button look="second" size="small" onPress={() => onLook("personal")} label={`${s.look}: ${m.read.wishes.personal}`}>
          {s.look}
        </Button>
      </div>
    </section>
  );
}

/** Which messages belong together, the largest group first. */
function Groups({ m, onLook }: { readonly m: OnlineMessages; readonly onLook: (campaign: number) => void }): JSX.Element {
  const s = m.summary;
  const [all, setAll] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const groups = work.campaigns.toSorted((one, other) => other.count - one.count);
  const shown = all ? groups : groups.slice(0, SHOWN_GROUPS);
  return (
    <section class="stack-medium" aria-labelledby="groups-title">
      <h2 id="groups-title" ref={heading} tabIndex={-1}>
        {s.campaignsTitle}
      </h2>
      {groups.length === 0 ? (
        <p class="soft">{s.noCampaigns}</p>
      ) : (
        <>
          <p class="soft">{s.campaignsText}</p>
          <ul class="plain stack-small">
            {shown.map((group) => {
              const number = Number(group.id.slice(1));
              return (
                <li key={group.id} class="card card-tight group">
                  <div class="row row-between">
                    <h3 class="card-name">{s.campaign(number)}</h3>
                    <Button look="second" size="small" onPress={() => onLook(number)} label={`${s.look}: ${s.campaign(number)}`}>
                      {s.look}
                    </Button>
                  </div>
                  <p lang="nl">{group.why}</p>
                  {group.bursts.slice(0, SHOWN_BURSTS).map((burst) => (
                    <p key={burst.from} lang="nl">
                      <Tag tone="amber" icon="clock">
                        {burst.why}
                      </Tag>
                    </p>
                  ))}
                </li>
              );
            })}
          </ul>
          {groups.length > shown.length && (
            <div class="actions">
              <Button
                look="quiet"
                onPress={() => {
                  setAll(true);
                  heading.current?.focus();
                }}
              >
                {s.moreCampaigns(groups.length - shown.length)}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** What nobody judged: said, not hidden. */
function Unread({ m, summary, onLook }: { readonly m: OnlineMessages; readonly summary: Summary; readonly onLook: () => void }): JSX.Element {
  const s = m.summary;
  const lines = [
    ...(summary.wordless > 0 ? [s.wordless(summary.wordless)] : []),
    ...(summary.unjudged > 0 ? [s.unjudged(summary.unjudged)] : []),
    ...(summary.notices > 0 ? [s.notices(summary.notices)] : []),
    ...(work.found.same > 0 ? [s.same(work.found.same)] : []),
  ];
  if (lines.length === 0 && work.brokenCount === 0)
    return (
      <p class="row soft">
        <Icon name="check" /> {s.allRead}
      </p>
    );
  return (
    <>
      <ul class="words">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {summary.wordless > 0 && (
        <>
          <p class="soft">{s.pictures}</p>
          <div class="actions">
            <Button look="second" size="small" onPress={onLook} label={`${s.look}: ${m.read.wishes.wordless}`}>
              {s.look}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
