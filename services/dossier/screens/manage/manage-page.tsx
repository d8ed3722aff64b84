/** /beheer: for whoever leads a team: who is in, inviting, adding, removing, and the signed history. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import type { DeskChanges } from "#services/directory/client/index.ts";
import { OwnDesksPage, ToWork } from "#services/dossier/screens/own-desks.tsx";
import { Button, Dialog, ErrorState, Notice, Tag, useMessages } from "#services/interface/index.ts";
import { DeskRecovery } from "#services/directory/screens/recovery/desk-recovery.tsx";
import "#services/dossier/screens/dossier.css";
import { Arranging, Origin, Proposals } from "./arranging.tsx";
import { en as arrangingEn } from "./arranging-en.ts";
import { nl as arrangingNl, type Messages as ArrangingMessages } from "./arranging-nl.ts";
import { en } from "./en.ts";
import { History } from "./history.tsx";
import { Inviting, type Accepted } from "./inviting.tsx";
import { nl, type Messages } from "./nl.ts";

type Member = OpenDesk["roster"]["members"][number];

/** What is asked before a key changes. `last` and `last-member`: refused, because nobody would lead or read. */
type Question =
  | { readonly is: "remove" | "lead" | "last" | "last-member" | "hand-over"; readonly member: Member }
  | { readonly is: "add"; readonly invitation: Accepted };

/** Opened anew, so that a change of the roster shows. */
const led = async (session: Session): Promise<readonly OpenDesk[]> =>
  (await Promise.all(session.desks.map((id) => session.openDesk(id, true)))).filter(({ lead }) => lead);

export default function ManagePage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <OwnDesksPage
      title={m.title}
      lead={m.lead}
      read={led}
      none={{ icon: "people", title: m.notLead, text: <ToWork words={m.notLeadText} link={m.toWork} /> }}
      choice={m.team}
      draw={(session, desk, reload) => <Team session={session} desk={desk} onChange={reload} />}
    />
  );
}

function Team({ session, desk, onChange }: { readonly session: Session; readonly desk: OpenDesk; readonly onChange: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [question, setQuestion] = useState<Question | null>(null);
  const [done, setDone] = useState(false);
  const { members } = desk.roster;
  const leads = members.filter(({ lead }) => lead).length;
  const askRemoval = (member: Member): void =>
    setQuestion({ is: members.length === 1 ? "last-member" : member.lead && leads === 1 ? "last" : "remove", member });
  const arranging = useMessages<ArrangingMessages>({ nl: arrangingNl, en: arrangingEn });
  return (
    <>
      <section class="stack-medium">
        <h2>{desk.name}</h2>
        {done && <Notice title={m.rotated} live />}
        <Proposals session={session} desk={desk} />
        <p class="soft">{m.count(members.length)}</p>
        <ul class="dossier-readers">
          {members.map((member) => (
            <li key={member.person}>
              <div>
                <p>
                  <strong>{member.name}</strong> {member.lead && <Tag tone="accent">{m.leads}</Tag>}
                </p>
                <p class="soft small">
                  {member.office}
                  {member.person === session.person.person && `, ${m.you}`}
                </p>
              </div>
              <div class="actions">
                {!member.lead && (
                  <Button look="second" size="small" label={`${m.makeLead}: ${member.name}`} onPress={() => setQuestion({ is: "lead", member })}>
                    {m.makeLead}
                  </Button>
                )}
                {member.person !== session.person.person && (
                  <Button look="second" size="small" label={`${arranging.handOver}: ${member.name}`} onPress={() => setQuestion({ is: "hand-over", member })}>
                    {arranging.handOver}
                  </Button>
                )}
                <Button look="second" size="small" label={`${m.remove}: ${member.name}`} onPress={() => askRemoval(member)}>
                  {m.remove}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <Inviting session={session} desk={desk} onAdd={(invitation) => setQuestion({ is: "add", invitation })} />
      <Arranging session={session} desk={desk} />
      <Origin session={session} desk={desk} />
      <DeskRecovery session={session} desk={desk} onChange={onChange} />
      <History desk={desk} />
      {question !== null && (
        <Ask
          session={session}
          desk={desk}
          question={question}
          onClose={() => setQuestion(null)}
          onDone={() => {
            setQuestion(null);
            setDone(true);
            onChange();
          }}
        />
      )}
    </>
  );
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly careful: string | null;
  readonly go: string | null;
}

function wordsOf(question: Question, m: Messages, arranging: ArrangingMessages): Words {
  switch (question.is) {
    case "last-member":
      return { title: arranging.lastMemberTitle, text: arranging.lastMemberText, careful: null, go: null };
    case "hand-over":
      return { title: arranging.handOverTitle(question.member.name), text: arranging.handOverText, careful: null, go: arranging.handOverGo };
    case "remove":
      return { title: m.removeTitle(question.member.name), text: m.removeText, careful: m.removeStays, go: m.removeGo };
    case "lead":
      return { title: m.makeLeadTitle(question.member.name), text: m.makeLeadText, careful: null, go: m.makeLeadGo };
    case "last":
      return { title: m.lastTitle, text: m.lastText, careful: null, go: null };
    case "add":
      return { title: m.addTitle(question.invitation.name), text: m.addText, careful: m.addCheck, go: m.addGo };
  }
}

function changesOf(question: Question): DeskChanges | null {
  switch (question.is) {
    case "remove":
      return { remove: [question.member.person] };
    case "lead": {
      const { person, name, office } = question.member;
      return { add: [{ person, name, office, lead: true }] };
    }
    case "last":
    case "last-member":
      return null;
    case "hand-over":
      // Two members change at once: see handOverLeadership.
      return {};
    case "add": {
      const { acceptedBy, name, office, keys } = question.invitation;
      // The key that was compared, and no other that the server may show by now.
      return { add: [{ person: acceptedBy, name, office, lead: false, signPublicKey: keys.signPublicKey }] };
    }
  }
}

/** Says what a change means before the key changes. */
function Ask({
  session,
  desk,
  question,
  onClose,
  onDone,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly question: Question;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = wordsOf(question, m, useMessages<ArrangingMessages>({ nl: arrangingNl, en: arrangingEn }));
  const go = async (): Promise<void> => {
    const changes = changesOf(question);
    if (changes === null) return;
    setBusy(true);
    setError(null);
    try {
      const { handOverLeadership, rotateDesk } = await import("#services/directory/client/index.ts");
      await (question.is === "hand-over" ? handOverLeadership(session, desk, question.member.person) : rotateDesk(session, desk.id, changes));
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={words.title} onClose={onClose}>
      <p>{words.text}</p>
      {question.is === "add" && (
        <p>
          {m.fingerprint}: <strong class="code">{question.invitation.keys.fingerprint}</strong>
        </p>
      )}
      {words.careful !== null && (
        <Notice tone="amber">
          <p>{words.careful}</p>
        </Notice>
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        {words.go !== null && (
          <Button look={question.is === "remove" ? "final" : "first"} busy={busy} onPress={() => void go()}>
            {words.go}
          </Button>
        )}
        <Button look="quiet" onPress={onClose}>
          {m.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
