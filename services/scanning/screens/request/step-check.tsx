/** Step 3: everything once more, and the three consents, each with the names of who will read what and until when. Drawn by request-page.tsx. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { Button, ButtonLink, Choices, ErrorState, Icon, Notice, Select, Skeleton, useMessages } from "#services/interface/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { Facts, More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { findDesks, type RoadDesks } from "./desks.ts";
import { Claim, type StepProps } from "./step-who.tsx";

/** Whom a consent is for. */
export const consentKinds = ["expert", "authority", "employer"] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** The three desks a request goes to. */
export type ChosenDesks = Readonly<Record<ConsentKind, VerifiedDesk>>;

interface CheckProps extends StepProps {
  readonly desks: ChosenDesks | null;
  readonly onDesks: (desks: ChosenDesks | null) => void;
  readonly given: readonly ConsentKind[];
  readonly onGive: (given: readonly ConsentKind[]) => void;
  /** End of the consents, RFC 3339. */
  readonly until: string;
  readonly onGo: (step: number) => void;
}

export function StepCheck(props: CheckProps): JSX.Element {
  const { m, draft, onGo } = props;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { home } = draft;
  return (
    <div class="stack">
      <Part name={m.steps[0] ?? ""} change={m.check.change(m.steps[0] ?? "")} onChange={() => onGo(0)}>
        <Facts
          facts={[
            [m.who.name, draft.name],
            [m.who.function, draft.function === null ? "" : `${shared.functions[draft.function]}, ${draft.organisation?.name ?? ""}`],
            [m.who.standing, draft.standing === null ? "" : m.who.standings[draft.standing].title],
          ]}
        />
      </Part>
      <Part name={m.steps[1] ?? ""} change={m.check.change(m.steps[1] ?? "")} onChange={() => onGo(1)}>
        <Facts
          facts={[
            [m.home.address, [home.address, home.homeMunicipality].filter((part) => part !== "").join(", ")],
            [m.home.residence, home.residence === null ? "" : m.home.residences[home.residence].title],
            [m.home.pkvw, home.pkvw === null ? "" : m.home.pkvws[home.pkvw].title],
            [m.home.household, home.householdSize],
            [m.home.reasons, home.reasons],
            [m.home.contact, home.contact],
          ]}
        />
      </Part>
      <Claim draft={draft} />
      <Consents {...props} />
    </div>
  );
}

function Part({
  name,
  change,
  onChange,
  children,
}: {
  readonly name: string;
  readonly change: string;
  readonly onChange: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="card card-tight">
      <div class="row row-between">
        <h2 class="card-name">{name}</h2>
        <Button look="quiet" size="small" icon="pencil" onPress={onChange}>
          {change}
        </Button>
      </div>
      {children}
    </section>
  );
}

function Consents({ m, draft, checked, desks, onDesks, given, onGive, until }: CheckProps): JSX.Element {
  const w = m.check;
  const [found, setFound] = useState<RoadDesks | null>(null);
  const [error, setError] = useState<unknown>(null);
  const organisation = draft.organisation;
  const choose = (road: RoadDesks, expert: VerifiedDesk | undefined): void => {
    const { authority, employer } = road;
    onDesks(expert === undefined || authority === null || employer === null ? null : { expert, authority, employer });
  };
  const look = async (): Promise<void> => {
    if (organisation === null) return;
    setError(null);
    try {
      const road = await findDesks(organisation.id);
      setFound(road);
      choose(road, road.expert[0]);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void look(), [organisation?.id]);
  if (error !== null) return <ErrorState error={error} onRetry={() => void look()} />;
  if (found === null)
    return (
      <>
        <p class="soft">{w.looking}</p>
        <Skeleton lines={4} />
      </>
    );
  if (desks === null) return <Missing m={m} found={found} organisation={organisation?.name ?? ""} />;
  const texts = { expert: w.expertText(until), authority: w.authorityText(until), employer: w.employerText(until) };
  return (
    <div class="stack-medium">
      {found.expert.length > 1 && (
        <Select
          label={w.which}
          value={desks.expert.id}
          options={found.expert.map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(id) =>
            choose(
              found,
              found.expert.find((one) => one.id === id),
            )
          }
        />
      )}
      <Choices
        legend={w.consents}
        hint={w.consentsHint}
        error={checked && given.length < consentKinds.length ? w.consentMissing : null}
        values={given}
        options={consentKinds.map((value) => ({ value, title: w.expert(desks[value].name), text: texts[value] }))}
        onChoose={onGive}
      />
      {consentKinds.map((kind) => (
        <More key={kind} title={`${desks[kind].name}. ${w.members(desks[kind].roster.members.length)}`}>
          <ul class="plain stack-small">
            {desks[kind].roster.members.map((member) => (
              <li key={member.person} class="reader">
                <Icon name="person" />
                <span>
                  {member.name}, <span class="soft">{member.office}</span>
                </span>
              </li>
            ))}
          </ul>
          <p class="soft small">{w.verified}</p>
        </More>
      ))}
    </div>
  );
}

/** A desk of the road is not here yet: who can help all the same. */
function Missing({ m, found, organisation }: { readonly m: StepProps["m"]; readonly found: RoadDesks; readonly organisation: string }): JSX.Element {
  const w = m.check;
  const title = found.expert.length === 0 ? w.noExpert : found.authority === null ? w.noAuthority : w.noEmployer(organisation);
  return (
    <Notice tone="amber" title={title} live>
      <p>{w.noDeskHelp}</p>
      <div class="actions">
        <ButtonLink to="tel:+31307516712" look="second" size="small" icon="phone">
          {w.call}
        </ButtonLink>
      </div>
    </Notice>
  );
}
