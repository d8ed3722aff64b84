/** Arranging a team besides its roster: absence with a stand-in, offices it should have, what the organisation's groups propose, and how the team came about. Used by the manage page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type * as Client from "#services/directory/client/index.ts";
import type { Arrangement, CheckedJoining } from "#services/directory/client/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import type { Absence } from "#services/directory/contract/arrangement.ts";
import { dayOf, longestAbsence } from "#services/directory/contract/arrangement.ts";
import { Button, ErrorState, Field, Notice, Select, SendForm, Skeleton, useMessages } from "#services/interface/index.ts";
import { en } from "./arranging-en.ts";
import { nl, type Messages } from "./arranging-nl.ts";
import { nameIn } from "./cover.tsx";

interface Of {
  readonly session: Session;
  readonly desk: OpenDesk;
}

/** Absence and offices. */
export function Arranging({ session, desk }: Of): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [now, setNow] = useState<Arrangement | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: (client: typeof Client) => Promise<Arrangement>): Promise<void> => {
    setError(null);
    try {
      setNow(await work(await import("#services/directory/client/index.ts")));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void attempt(async ({ readArrangement }) => await readArrangement(session, desk)), [session, desk]);
  return (
    <>
      {error !== null && <ErrorState error={error} />}
      {now === null && error === null && <Skeleton lines={3} />}
      {now !== null && (
        <>
          <section class="section">
            <h2>{m.away}</h2>
            <p class="soft">{m.awayText}</p>
            {now.absences.length === 0 && <p>{m.nobody}</p>}
            <ul class="dossier-readers">
              {now.absences.map((absence) => (
                <AbsenceLine
                  key={`${absence.person}${absence.from}`}
                  desk={desk}
                  absence={absence}
                  onBack={() => void attempt(async ({ endAbsence }) => await endAbsence(session, desk, absence))}
                />
              ))}
            </ul>
            <AbsenceForm session={session} desk={desk} onDone={setNow} />
          </section>
          <section class="section">
            <h2>{m.offices}</h2>
            <p class="soft">{m.officesText}</p>
            {now.vacant.length > 0 && (
              <Notice tone="amber" title={m.vacantTitle}>
                {now.vacant.map(({ office, missing }) => (
                  <p key={office}>{m.vacant(office, missing)}</p>
                ))}
                <p>{m.vacantMend}</p>
              </Notice>
            )}
            <ul class="dossier-readers">
              {now.offices.map(({ office, holders }) => (
                <li key={office}>
                  <p>{m.wanted(office, holders)}</p>
                  <Button
                    look="second"
                    size="small"
                    onPress={() =>
                      void attempt(
                        async ({ setOffices }) =>
                          await setOffices(
                            session,
                            desk,
                            now.offices.filter((one) => one.office !== office),
                          ),
                      )
                    }
                  >
                    {m.removeOffice(office)}
                  </Button>
                </li>
              ))}
            </ul>
            <OfficeForm session={session} desk={desk} now={now} onDone={setNow} />
          </section>
        </>
      )}
    </>
  );
}

function AbsenceLine({ desk, absence, onBack }: { readonly desk: OpenDesk; readonly absence: Absence; readonly onBack: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { person, from, until, standIn } = absence;
  const name = nameIn(desk, person);
  const cover = standIn === null ? null : nameIn(desk, standIn);
  return (
    <li>
      <p>{from <= dayOf(new Date()) ? m.line(name, until, cover) : m.later(name, from, until, cover)}</p>
      <Button look="second" size="small" onPress={onBack}>
        {m.back(name)}
      </Button>
    </li>
  );
}

function AbsenceForm({ session, desk, onDone }: Of & { readonly onDone: (now: Arrangement) => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [person, setPerson] = useState("");
  const [standIn, setStandIn] = useState("");
  const [from, setFrom] = useState(() => dayOf(new Date()));
  const [until, setUntil] = useState("");
  const [checked, setChecked] = useState(false);
  const members = desk.roster.members.map(({ person: value, name, office }) => ({ value, label: `${name}, ${office}` }));
  const late = from !== "" && until !== "" && until < from;
  const long = from !== "" && until !== "" && Date.parse(until) - Date.parse(from) > longestAbsence * 86_400_000;
  return (
    <SendForm
      button={m.set}
      icon="key"
      ready={() => {
        setChecked(true);
        return person !== "" && from !== "" && until !== "" && !late && !long;
      }}
      send={async () => {
        const { setAbsence } = await import("#services/directory/client/index.ts");
        onDone(await setAbsence(session, desk, { person, standIn: standIn === "" ? null : standIn, from, until }));
        setPerson("");
        setStandIn("");
        setUntil("");
        setChecked(false);
      }}
    >
      <Select
        label={m.who}
        value={person}
        error={checked && person === "" ? m.missing : null}
        options={[{ value: "", label: m.choose }, ...members]}
        onChoose={setPerson}
      />
      <Field label={m.from} type="date" narrow value={from} error={checked && from === "" ? m.dayMissing : null} onInput={setFrom} />
      <Field
        label={m.until}
        type="date"
        narrow
        value={until}
        error={checked && until === "" ? m.dayMissing : late ? m.order : long ? m.tooLong : null}
        onInput={setUntil}
      />
      <Select
        label={m.standIn}
        value={standIn}
        options={[{ value: "", label: m.noOne }, ...members.filter(({ value }) => value !== person)]}
        onChoose={setStandIn}
      />
    </SendForm>
  );
}

function OfficeForm({ session, desk, now, onDone }: Of & { readonly now: Arrangement; readonly onDone: (now: Arrangement) => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [office, setOffice] = useState("");
  const [holders, setHolders] = useState("1");
  const [checked, setChecked] = useState(false);
  const number = /^\d{1,2}$/u.test(holders) && Number(holders) >= 1 && Number(holders) <= 50;
  return (
    <SendForm
      button={m.addOffice}
      icon="key"
      ready={() => {
        setChecked(true);
        return office.trim() !== "" && number;
      }}
      send={async () => {
        const { setOffices } = await import("#services/directory/client/index.ts");
        const wanted = office.trim();
        onDone(
          await setOffices(session, desk, [
            ...now.offices.filter((one) => one.office.toLowerCase() !== wanted.toLowerCase()),
            { office: wanted, holders: Number(holders) },
          ]),
        );
        setOffice("");
        setHolders("1");
        setChecked(false);
      }}
    >
      <Field
        label={m.office}
        hint={m.officeHint}
        maxLength={120}
        value={office}
        error={checked && office.trim() === "" ? m.missing : null}
        onInput={setOffice}
      />
      <Field
        label={m.holders}
        keyboard="numeric"
        narrow
        maxLength={2}
        value={holders}
        error={checked && !number ? m.holdersWrong : null}
        onInput={setHolders}
      />
    </SendForm>
  );
}

/** Who is in none of the organisation's groups for this team: a proposal to the lead, nothing more. Drawn only when there is one. */
export function Proposals({ session, desk }: Of): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [persons, setPersons] = useState<readonly string[]>([]);
  useEffect(() => {
    void import("#services/directory/client/index.ts")
      .then(async ({ listRosterProposals }) => (await listRosterProposals(session, desk.id)).map(({ person }) => person))
      .then(setPersons, () => undefined);
  }, [session, desk]);
  const dismiss = async (person: string): Promise<void> => {
    const { dismissRosterProposal } = await import("#services/directory/client/index.ts");
    await dismissRosterProposal(session, desk.id, person).catch(() => undefined);
    setPersons((before) => before.filter((one) => one !== person));
  };
  const shown = persons.filter((person) => desk.roster.members.some((one) => one.person === person));
  if (shown.length === 0) return null;
  return (
    <Notice tone="amber" title={m.proposed}>
      {shown.map((person) => (
        <div key={person} class="stack-small">
          <p>{m.proposedLine(nameIn(desk, person))}</p>
          <p>{m.proposedText}</p>
          <div class="actions">
            <Button look="second" size="small" onPress={() => void dismiss(person)}>
              {m.dismiss(nameIn(desk, person))}
            </Button>
          </div>
        </div>
      ))}
    </Notice>
  );
}

/** The two authorities whose signatures a team comes from; nothing for a team that the registrar enrolled without a request. */
export function Origin({ session, desk }: Of): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [found, setFound] = useState<CheckedJoining | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    void import("#services/directory/client/index.ts")
      .then(async ({ readDeskOrigin }) => await readDeskOrigin(session.connection, session.trust, desk))
      .then(setFound, setError);
  }, [session, desk]);
  if (error !== null) return <ErrorState error={error} />;
  if (found === null) return null;
  return (
    <section class="section">
      <h2>{m.origin}</h2>
      {found.verdicts.map(({ payload, name, desk: by }) => (
        <p key={payload.desk}>{m.originLine(name, by.name, payload.at)}</p>
      ))}
      <p class="soft small">{m.originText}</p>
    </section>
  );
}
