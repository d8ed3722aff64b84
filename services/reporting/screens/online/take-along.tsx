/** Handing over: which files the chosen messages become, where they go, and that they arrived. Drawn by online-page.tsx. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useSession } from "#services/directory/screens/session.ts";
import {
  Arrived,
  Button,
  ButtonLink,
  Choice,
  EmptyState,
  ErrorState,
  Link,
  navigate,
  Notice,
  ProgressBar,
  useLanguage,
  writeSize,
} from "#services/interface/index.ts";
import { addTo } from "./begin.ts";
import { MOST_FILES, piecesFor } from "./evidence.ts";
import { addToDossier, bringToReport, readTargets, Unopened, type HandingOver, type Target } from "./hand-over.ts";
import type { OnlineMessages } from "./nl.ts";
import { ChooseAgain } from "./progressing.tsx";
import { work } from "./work.ts";

interface TakeProps {
  readonly m: OnlineMessages;
  readonly change: number;
  readonly onRead: () => void;
}

const fresh = "new";

export function TakeAlong({ m, change, onRead }: TakeProps): JSX.Element {
  const t = m.take;
  const language = useLanguage();
  const session = useSession();
  const [targets, setTargets] = useState<readonly Target[]>([]);
  const [target, setTarget] = useState<string>(addTo.get() ?? fresh);
  const [progress, setProgress] = useState<HandingOver | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<{ readonly dossier: string; readonly files: number } | null>(null);
  const pieces = useMemo(
    () => piecesFor(work.found, work.found.choose({ wish: "belongs", campaign: null, window: null, order: "weight" })),
    [work.found, work.found.marked.size, change],
  );
  useEffect(() => {
    if (session === null) return;
    // Without the list a new report is still possible.
    readTargets(session).then(setTargets, () => undefined);
  }, [session]);
  const messages = new Set(pieces.flatMap(({ items }) => items)).size;
  if (done !== null)
    return (
      <Arrived>
        <Notice title={done.files === 0 ? t.already : t.done} live>
          <p>{done.files === 0 ? t.alreadyText : t.doneText}</p>
          <div class="actions">
            <ButtonLink to={`/dossier/${done.dossier}`} icon="arrow" iconLast>
              {t.open}
            </ButtonLink>
          </div>
        </Notice>
      </Arrived>
    );
  if (messages === 0)
    return (
      <EmptyState icon="file" title={t.none}>
        <p>{t.noneText}</p>
        <div class="actions">
          <Button look="second" onPress={onRead}>
            {t.toRead}
          </Button>
        </div>
      </EmptyState>
    );
  const needed = new Set(pieces.map(({ place }) => place.file));
  const missing = work.missing.filter(({ name }) => needed.has(name));
  const tooMany = pieces.length > MOST_FILES;
  const came = addTo.get();
  const options = [
    ...targets.map(({ id, opened }) => ({ value: id, title: id === came ? t.this : t.dossier(opened) })),
    { value: fresh, title: t.fresh.title, text: tooMany ? t.tooMany(MOST_FILES) : t.fresh.text },
  ];
  const chosen = options.some(({ value }) => value === target) ? target : fresh;
  const go = async (without = false): Promise<void> => {
    setError(null);
    try {
      if (chosen === fresh) {
        await bringToReport(pieces, setProgress, { without });
        navigate("/melden");
      } else if (session !== null) {
        setDone({ dossier: chosen, files: await addToDossier(session, chosen, pieces, setProgress, without) });
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setProgress(null);
    }
  };
  return (
    <section class="stack" aria-labelledby="take-title">
      <div class="stack-small">
        <h2 id="take-title">{t.title}</h2>
        <p>
          <strong>{t.count(messages, pieces.length + 1)}</strong>
        </p>
        <ul class="words">
          <li>{t.what}</li>
          <li>{t.overview}</li>
          <li>{t.sealed}</li>
        </ul>
      </div>
      <details class="fold">
        <summary>{t.files}</summary>
        <ul class="words small">
          <li>overzicht.txt</li>
          {pieces.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </details>
      {missing.length > 0 ? (
        <Notice tone="amber" title={t.missingTitle(missing.length)}>
          <p>{t.missing}</p>
          <ul class="words">
            {missing.map(({ name, given }) => (
              <li key={name}>{given}</li>
            ))}
          </ul>
          <ChooseAgain words={t.chooseAgain} onFiles={(files) => void work.bring(files)} />
        </Notice>
      ) : (
        <>
          <Choice legend={t.where} value={chosen} options={options} onChoose={setTarget} />
          {session === null && (
            <p class="soft">
              {t.signIn} <Link to="/inloggen">{t.toSignIn}</Link>
            </p>
          )}
          {chosen !== fresh && (
            <Notice tone="amber">
              <p>{t.final}</p>
            </Notice>
          )}
          {progress !== null && (
            <div class="card" role="status">
              {progress.at === "making" ? (
                <p>{t.making(progress.done, progress.all)}</p>
              ) : (
                <ProgressBar
                  label={t.sending}
                  done={progress.sent}
                  all={Math.max(progress.all, 1)}
                  words={`${writeSize(language, progress.sent)} / ${writeSize(language, progress.all)}`}
                />
              )}
            </div>
          )}
          {error !== null &&
            (error instanceof Unopened ? (
              <Notice tone="amber" title={t.failed(error.files.length)} live>
                <ul class="words">
                  {error.files.map((name) => (
                    <li key={name}>{name}</li>
                  ))}
                </ul>
                {error.others && (
                  <>
                    <p>{t.withoutText}</p>
                    <div class="actions">
                      <Button look="second" onPress={() => void go(true)}>
                        {t.without}
                      </Button>
                    </div>
                  </>
                )}
              </Notice>
            ) : (
              <ErrorState error={error} onRetry={() => void go()} />
            ))}
          <div class="actions">
            <Button icon={chosen === fresh ? "arrow" : "lock"} busy={progress !== null} disabled={chosen === fresh && tooMany} onPress={() => void go()}>
              {chosen === fresh ? t.goFresh : t.goDossier}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
