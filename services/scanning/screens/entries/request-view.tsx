/** A request for a scan to read: who, what home, the certificate, and why now. Used by the dossier page, the visit and the first look of the desk. */
import type { JSX } from "preact";
import { Tag, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { RequestBody } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Facts } from "./said.tsx";

export function RequestView({ body }: { readonly body: RequestBody }): JSX.Element {
  const m = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const w = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const day = (one: string | null | undefined): string => (one === null || one === undefined ? "" : writeDay(language, one));
  const standing = [w.standing[body.standing], [day(body.since), day(body.until)].filter((part) => part !== "").join(" - ")]
    .filter((part) => part !== "")
    .join(", ");
  const pkvw = [m.pkvw[body.pkvw.status], body.pkvw.validUntil === null ? "" : writeDay(language, body.pkvw.validUntil), body.pkvw.reason];
  return (
    <>
      {body.moved && (
        <span>
          <Tag icon="home">{w.moved}</Tag>
        </span>
      )}
      <Facts
        facts={[
          [w.facts.name, body.name],
          [w.facts.function, m.functions[body.function]],
          [w.facts.organisation, body.organisationName],
          [w.facts.standing, standing],
          [w.facts.address, body.address],
          [w.facts.municipality, body.homeMunicipality],
          [
            w.facts.ontheffing,
            body.ontheffing === "not-needed" ? "" : [w.ontheffing[body.ontheffing], day(body.ontheffingUntil)].filter((part) => part !== "").join(", "),
          ],
          [w.facts.pkvw, pkvw.filter((part) => part !== "").join(": ")],
          [w.facts.household, body.householdSize === null ? "" : String(body.householdSize)],
          [w.facts.reasons, body.reasons],
          [w.facts.contact, body.contact],
        ]}
      />
    </>
  );
}
