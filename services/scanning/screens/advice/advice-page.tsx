/** /advies/:id: one advice, four views by role: written by the adviser, weighed and signed by the authority, read by the person; the employer is pointed to the measures. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ButtonLink, EmptyState, Page, useMessages, type PageProps } from "#services/interface/index.ts";
import { newestInRound } from "#services/scanning/client/index.ts";
import { WithScan, type OpenedScan } from "#services/scanning/screens/opened.tsx";
import { Papers } from "#services/scanning/screens/papers/papers-panel.tsx";
import { Weighing } from "./weigh.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Reading } from "./read.tsx";
import { Writing } from "./write.tsx";
import { DonePage, type Done } from "./done.tsx";
import { HandOver } from "./hand-over.tsx";

export default function AdvicePage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <WithScan id={parameters["id"] ?? ""} title={m.title} Draw={Advice} />;
}

function Advice(scan: OpenedScan): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [done, setDone] = useState<Done | null>(null);
  const { handle, lock, reload, version } = scan;
  const { actions, roles, phase } = handle.view;
  const finish = (what: Done): void => {
    setDone(what);
    void reload();
  };
  if (roles.every((role) => role === "employer")) return <ForEmployer m={m} scan={scan} />;
  if (done !== null) return <DonePage done={done} handle={handle} lock={lock} m={m} />;
  if (actions.includes("draft") || actions.includes("submit")) return <Writing key={version} handle={handle} lock={lock} m={m} onDone={finish} />;
  if (actions.includes("adopt")) return <Weighing key={version} handle={handle} lock={lock} m={m} onDone={finish} reload={reload} />;
  if (phase === "adopted" && roles.includes("authority") && newestInRound(handle, "provision-list") === null)
    return <HandOver handle={handle} lock={lock} m={m} onDone={finish} />;
  return <Reading key={version} handle={handle} lock={lock} m={m} />;
}

/** No key, no words: only where to go. */
function ForEmployer({ m, scan: { handle, lock } }: { readonly m: Messages; readonly scan: OpenedScan }): JSX.Element {
  return (
    <Page title={m.title} lock={lock} part="employer">
      <EmptyState icon="lock" title={m.employer.title}>
        <p>{m.employer.text}</p>
        <div class="actions">
          <ButtonLink to={`/maatregelen/${handle.id}`}>{m.employer.go}</ButtonLink>
        </div>
      </EmptyState>
      {handle.newest("provision-list") !== null && <Papers handle={handle} kinds={["provision"]} />}
    </Page>
  );
}
