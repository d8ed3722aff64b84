/** Step 5: everything once more, each part with its way back, then lock and send. */
import type { ComponentChildren, JSX } from "preact";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { useWorking, Working } from "#services/directory/screens/working.tsx";
import { Button, Notice, ProgressBar, Tag, useLanguage, writeSize } from "#services/interface/index.ts";
import type { Draft } from "./draft.ts";
import type { ReportMessages } from "./nl.ts";
import type { SendProgress } from "./send.ts";

interface CheckProps {
  readonly m: ReportMessages;
  readonly draft: Draft;
  readonly files: readonly File[];
  readonly desk: VerifiedDesk | null;
  readonly guest: boolean;
  readonly onGo: (step: number) => void;
}

export function StepCheck({ m, draft, files, desk, guest, onGo }: CheckProps): JSX.Element {
  const language = useLanguage();
  const what = [
    draft.forms.map((form) => m.what.formOptions[form]).join(", "),
    draft.channel === null ? "" : m.what.channelOptions[draft.channel],
    draft.when,
    draft.where,
    draft.target === null ? "" : m.what.targetOptions[draft.target],
  ].filter((part) => part.trim() !== "");
  return (
    <div class="stack-medium">
      <Part name={m.steps[0] ?? ""} m={m} onChange={() => onGo(0)}>
        <p class="story">{draft.words}</p>
        <p>
          <Tag tone={draft.acute === true ? "amber" : "accent"} icon="clock">
            {draft.acute === true ? m.check.acute : m.check.normal}
          </Tag>
        </p>
      </Part>
      <Part name={m.steps[1] ?? ""} m={m} onChange={() => onGo(1)}>
        {what.length === 0 ? (
          <p class="soft">{m.check.empty}</p>
        ) : (
          <ul class="words">
            {what.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        )}
      </Part>
      <Part name={m.steps[2] ?? ""} m={m} onChange={() => onGo(2)}>
        {files.length === 0 ? (
          <p class="soft">{m.check.empty}</p>
        ) : (
          <ul class="words">
            {files.map((file) => (
              <li key={file.name}>
                {file.name} <span class="soft small">({writeSize(language, file.size)})</span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part name={m.check.readers} m={m} onChange={() => onGo(3)}>
        <p>
          <strong>{desk?.name ?? draft.organisation?.name ?? m.check.empty}</strong>
        </p>
        {desk !== null && <p>{desk.roster.members.map((member) => `${member.name} (${member.office})`).join(", ")}</p>}
      </Part>
      <Notice>
        <p>{guest ? m.check.asGuest : m.check.asPerson}</p>
      </Notice>
    </div>
  );
}

function Part({
  name,
  m,
  onChange,
  children,
}: {
  readonly name: string;
  readonly m: ReportMessages;
  readonly onChange: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="card card-tight">
      <div class="row row-between">
        <h2 class="card-name">{name}</h2>
        <Button look="quiet" size="small" icon="pencil" onPress={onChange} label={m.check.change(name)}>
          {m.check.change("").trim()}
        </Button>
      </div>
      {children}
    </section>
  );
}

/** What is happening while it is locked and sent, with numbers. */
export function Sending({ m, progress }: { readonly m: ReportMessages; readonly progress: SendProgress }): JSX.Element {
  const language = useLanguage();
  const p = m.check.phases;
  const working = useWorking();
  return (
    <div class="card" role="status">
      {progress.phase === "file" ? (
        <ProgressBar
          label={p.file(progress.file, progress.files)}
          done={progress.sent}
          all={Math.max(progress.total, 1)}
          words={`${writeSize(language, progress.sent)} / ${writeSize(language, progress.total)}`}
        />
      ) : working ? (
        <Working />
      ) : (
        <p>
          <strong>{p[progress.phase]}</strong>
        </p>
      )}
      <p class="soft">{m.check.stay}</p>
    </div>
  );
}
