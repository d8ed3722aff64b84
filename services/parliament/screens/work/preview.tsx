/** Letter and note side by side, as they read now. */
import { Fragment, type JSX } from "preact";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

/** "de leden A (X) en B (Y)", as the letter names them. */
function membersInWords(members: PartProps["view"]["set"]["members"]): string {
  const names = members.map(({ name, faction }) => (faction === null ? name : `${name} (${faction})`));
  return `${names.length === 1 ? "het lid" : "de leden"} ${new Intl.ListFormat("nl", { type: "conjunction" }).format(names)}`;
}

export function Preview({ view, m }: PartProps): JSX.Element {
  const { set, also } = view;
  const behalf = also.map(({ ministry }) => ministry.minister);
  return (
    <section class="stack-medium">
      <h2>{m.preview}</h2>
      <p class="soft">{m.previewText}</p>
      <div class="kamer-papers">
        <section class="kamer-paper" aria-label={m.letter} lang="nl">
          <h3>{m.letter}</h3>
          <p>
            Hierbij bied ik u{behalf.length > 0 && `, mede namens ${new Intl.ListFormat("nl", { type: "conjunction" }).format(behalf)},`} de antwoorden aan op
            de schriftelijke vragen van {membersInWords(set.members)}
            {set.subject !== null && ` over ${set.subject}`}
            {set.reference !== null && ` (kenmerk ${set.reference})`}.
          </p>
          <p>{view.lead.minister}</p>
          {view.questions.map(({ number, question, draft }) => (
            <Fragment key={number}>
              <h4>Vraag {number}</h4>
              <p class="kamer-quote">{question.text}</p>
              <h4>Antwoord {number}</h4>
              {draft.newest === null ? <p class="soft">{m.noWords}</p> : <Words words={draft.newest.words} />}
            </Fragment>
          ))}
        </section>
        <section class="kamer-paper" aria-label={m.notePaper} lang="nl">
          <h3>{m.notePaper}</h3>
          {view.note.parts.map(({ id, section, heading, questions, text }) => (
            <Fragment key={id}>
              <h4>
                {heading === "" ? (m.sections[section] ?? section) : heading}
                {questions.length > 0 && ` (${m.onQuestions(questions)})`}
              </h4>
              <Words words={text.newest?.words ?? []} />
            </Fragment>
          ))}
        </section>
      </div>
    </section>
  );
}
