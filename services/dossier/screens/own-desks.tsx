/** A page for the teams someone sits in: opens those it is for, says so when there are none, and draws the chosen one or each. Used by pages of desks in every service. */
import { Fragment, type ComponentChildren, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { ButtonLink, EmptyState, ErrorState, Page, Select, Skeleton, type IconName } from "#services/interface/index.ts";
import { SignedOut } from "./dossier-page.tsx";

/** What such a page says of itself. */
export interface OwnDesksProps {
  readonly title: string;
  readonly lead: string;
  readonly width?: "wide";
  /** The desks it is for, opened. */
  readonly read: (session: Session) => Promise<readonly OpenDesk[]>;
  readonly none: { readonly icon: IconName; readonly title: string; readonly text: ComponentChildren };
  /** Label of the choice when someone sits in several: one is drawn at a time. Left out: all are drawn. */
  readonly choice?: string;
  readonly draw: (session: Session, desk: OpenDesk, reload: () => void) => ComponentChildren;
}

/** Words of an empty page, with the way to the work list. */
export const ToWork = ({ words, link }: { readonly words: string; readonly link: string }): JSX.Element => (
  <>
    <p>{words}</p>
    <div class="actions">
      <ButtonLink to="/werk" look="second">
        {link}
      </ButtonLink>
    </div>
  </>
);

/** Desks of these functions the reader sits in; what {@link OwnDesksProps.read} mostly is. */
export const desksOf =
  (...functions: readonly OpenDesk["function"][]) =>
  async (session: Session): Promise<readonly OpenDesk[]> =>
    (await session.openDesks()).filter((desk) => functions.includes(desk.function));

export function OwnDesksPage(props: OwnDesksProps): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <OwnDesks key={session.person.person} session={session} {...props} />;
}

function OwnDesks({ session, title, lead, width, read, none, choice, draw }: OwnDesksProps & { readonly session: Session }): JSX.Element {
  const [desks, setDesks] = useState<readonly OpenDesk[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    read(session).then(setDesks, setError);
  };
  useEffect(load, [session]);
  const one = choice === undefined ? undefined : (desks?.find(({ id }) => id === chosen) ?? desks?.[0]);
  const drawn = choice === undefined ? (desks ?? []) : one === undefined ? [] : [one];
  return (
    <Page title={title} lead={lead} {...(width === undefined ? {} : { width })}>
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {desks === null && error === null && <Skeleton lines={6} />}
      {desks?.length === 0 && (
        <EmptyState icon={none.icon} title={none.title}>
          {none.text}
        </EmptyState>
      )}
      {choice !== undefined && desks !== null && desks.length > 1 && (
        <Select label={choice} value={one?.id ?? ""} options={desks.map(({ id, name }) => ({ value: id, label: name }))} onChoose={setChosen} />
      )}
      {drawn.map((desk) => (
        // Keyed by desk, so that what was typed for one team is not shown for another.
        <Fragment key={desk.id}>{draw(session, desk, load)}</Fragment>
      ))}
    </Page>
  );
}
