/**
 * Where does this person hold office: searching by name as they type. Used by the first screens of a report, a scan and a signal. Its words are its own and the
 * client is loaded when someone first searches, so that it weighs little on the report page.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Organisation } from "#services/directory/contract/index.ts";
import { openDoor } from "#services/directory/screens/session.ts";
import { ErrorState, Field, Icon, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** How many are shown; more is a list nobody reads. */
const shown = 8;

/** At most eight organisations whose name fits. Asks for more when some are left out. @throws Problem unavailable. */
async function findOrganisations(query: string, fits?: (organisation: Organisation) => boolean): Promise<Organisation[]> {
  const { searchOrganisations } = await import("#services/directory/client/index.ts");
  const { connection } = await openDoor();
  if (fits === undefined) return searchOrganisations(connection, { query, limit: shown });
  return (await searchOrganisations(connection, { query, limit: 20 })).filter(fits).slice(0, shown);
}

export function OrganisationSearch({
  label,
  hint,
  missing,
  fits,
  onChoose,
}: {
  /** What is asked; where the person holds office when left out. */
  readonly label?: string;
  readonly hint?: string;
  /** Said at the field when nothing was chosen yet and something must be. */
  readonly missing: string | null;
  /** Leaves out organisations that do not fit here; all fit when left out. */
  readonly fits?: (organisation: Organisation) => boolean;
  readonly onChoose: (chosen: Organisation) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<readonly Organisation[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const wanted = query.trim();
    setError(null);
    if (wanted.length < 2) {
      setFound(null);
      return;
    }
    let stale = false;
    const wait = setTimeout(() => {
      findOrganisations(wanted, fits).then(
        (organisations) => {
          if (!stale) setFound(organisations);
        },
        (thrown: unknown) => {
          if (!stale) setError(thrown);
        },
      );
    }, 200);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [query]);
  return (
    <div class="stack-medium">
      <Field label={label ?? m.search} hint={hint ?? m.searchHint} type="search" value={query} error={missing} onInput={setQuery} />
      <div aria-live="polite">
        {error !== null && <ErrorState error={error} />}
        {error === null && found === null && query.trim().length >= 2 && <p class="soft">{m.searching}</p>}
        {error === null && found?.length === 0 && <p>{m.none}</p>}
        {error === null && found !== null && found.length > 0 && (
          <ul class="plain stack-small" aria-label={m.results}>
            {found.map((organisation) => (
              <li key={organisation.id}>
                <button type="button" class="result" onClick={() => onChoose(organisation)}>
                  <span>
                    <strong>{organisation.name}</strong>
                    {organisation.demonstration && !organisation.name.includes(m.demonstration) && <span class="soft"> ({m.demonstration})</span>}
                  </span>
                  <Icon name="arrow" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
