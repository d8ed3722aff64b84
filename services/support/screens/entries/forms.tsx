/** The support team's steps, one short form each: who helps, closing; and the person's own stop. Used by the actions of a request for help. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StepFormProps } from "#services/dossier/screens/step-dialog.tsx";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { Choice, Field, Link, Notice, Select, SendForm, TextArea, useMessages } from "#services/interface/index.ts";
import { closeHelp, offerHelp, requestedHelp, withdrawHelp } from "#services/support/client/index.ts";
import type { HelpOfferBody, HelpOutcomeBody } from "#services/support/contract/index.ts";
import { peersFor, type PeerMatch } from "#services/support/matching/index.ts";
import { readPeers } from "#services/support/screens/people/kept-peers.ts";
import { reachWords } from "#services/support/screens/reach.tsx";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import type { Messages } from "./nl.ts";

/** What every form of a request for help is given. */
export type FormProps = StepFormProps<Messages>;

const givers = ["team", "peer", "expert"] as const;
const outcomes = ["helped", "handed-over", "not-reached", "other"] as const;

/** Those of the desk's list on this device who fit what was asked; null while they are looked up. */
function useFitting({ handle }: Pick<FormProps, "handle">): readonly PeerMatch[] | null {
  const [found, setFound] = useState<readonly PeerMatch[] | null>(null);
  useEffect(() => {
    const look = async (): Promise<void> => {
      const desk = handle.view.participants.find(({ role }) => role === "support-team")?.desk ?? "";
      const [request, peers] = await Promise.all([requestedHelp(handle), readPeers(handle.session, desk)]);
      const now = new Date();
      setFound(peersFor(request?.answers ?? { seeker: null, situations: [], phase: null }, peers, now, dutchDay(now)));
    };
    look().catch(() => setFound([]));
  }, [handle]);
  return found;
}

/** Who helps: from the desk's own list, or typed. How the desk reaches them stays with the desk. */
export function OfferForm({ handle, m, done }: FormProps): JSX.Element {
  const shared = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn }).reach;
  const words = m.offer;
  const fitting = useFitting({ handle });
  const [by, setBy] = useState<HelpOfferBody["by"]>("team");
  const [chosen, setChosen] = useState("");
  const [name, setName] = useState("");
  const [office, setOffice] = useState("");
  const [how, setHow] = useState("");
  const [said, setSaid] = useState("");
  const [checked, setChecked] = useState(false);
  const own = fitting?.filter(({ peer }) => peer.kind === by) ?? [];
  const reach = own.find(({ peer }) => peer.id === chosen)?.peer.reach ?? "";
  return (
    <SendForm
      button={words.send}
      ready={() => {
        setChecked(true);
        return name.trim() !== "";
      }}
      send={async () => await done(offerHelp(handle, { by, name, office, how, words: said }))}
    >
      <Choice
        legend={words.by}
        options={givers.map((value) => ({ value, title: m.offeredBy[value] }))}
        value={by}
        onChoose={(value) => {
          setBy(value);
          setChosen("");
        }}
      />
      {by !== "team" && own.length > 0 && (
        <Select
          label={words.list}
          hint={reach === "" ? undefined : words.reach(reach)}
          value={chosen}
          options={[
            { value: "", label: words.listNone },
            ...own.map(({ peer, away, reach: now }) => ({
              value: peer.id,
              label: `${peer.name}, ${peer.office} (${away ? words.away : reachWords(now, shared)})`,
            })),
          ]}
          onChoose={(id) => {
            setChosen(id);
            const found = own.find(({ peer }) => peer.id === id)?.peer;
            setName(found?.name ?? "");
            setOffice(found?.office ?? "");
          }}
        />
      )}
      {by !== "team" && fitting !== null && own.length === 0 && (
        <Notice>
          <p>{words.listEmpty}</p>
          <p>
            <Link to="/mensen">{words.toList}</Link>
          </p>
        </Notice>
      )}
      <Field label={words.name} maxLength={400} error={checked && name.trim() === "" ? words.nameMissing : null} value={name} onInput={setName} />
      <Field label={words.office} optional maxLength={400} value={office} onInput={setOffice} />
      <Field label={words.how} hint={words.howHint} optional maxLength={400} value={how} onInput={setHow} />
      <TextArea label={words.words} rows={3} optional value={said} onInput={setSaid} />
    </SendForm>
  );
}

/** How it ended, and a last word: never empty. */
export function CloseForm({ handle, m, done }: FormProps): JSX.Element {
  const words = m.close;
  const [outcome, setOutcome] = useState<HelpOutcomeBody["outcome"] | null>(null);
  const [said, setSaid] = useState("");
  const [checked, setChecked] = useState(false);
  return (
    <SendForm
      button={words.send}
      ready={() => {
        setChecked(true);
        return outcome !== null && said.trim() !== "";
      }}
      send={async () => {
        if (outcome !== null) await done(closeHelp(handle, { outcome, words: said }));
      }}
    >
      <Choice
        legend={words.legend}
        error={checked && outcome === null ? words.missing : null}
        options={outcomes.map((value) => ({ value, title: m.outcomes[value] }))}
        value={outcome}
        onChoose={setOutcome}
      />
      <TextArea label={words.label} rows={3} error={checked && said.trim() === "" ? words.labelMissing : null} value={said} onInput={setSaid} />
    </SendForm>
  );
}

/** The person stops; a reason may stay out. */
export function WithdrawForm({ handle, m, done }: FormProps): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <SendForm button={m.withdraw.go} look="final" send={() => done(withdrawHelp(handle, reason))}>
      <Notice tone="amber">
        <p>{m.withdraw.text}</p>
      </Notice>
      <TextArea label={m.withdraw.reason} rows={3} optional value={reason} onInput={setReason} />
    </SendForm>
  );
}
