/** What was decided along the road, oldest kind first: postponement, return, agreement, signature, sending, publication. Drawn by the road. */
import type { ComponentChildren, JSX } from "preact";
import { useLanguage, writeMoment } from "#services/interface/index.ts";
import type { Messages as Shared } from "#services/parliament/screens/nl.ts";
import type { PartProps } from "./set-actions.tsx";

export function Decisions({ view, m, shared }: PartProps & { readonly shared: Shared }): JSX.Element | null {
  const language = useLanguage();
  const lines: readonly (readonly [string, string, ComponentChildren])[] = [
    ...view.postponements.map(({ seq, body }) => [`p${seq}`, m.postponements, `${shared.day(body.on)}. ${body.reasons}`] as const),
    ...view.returns.map(
      ({ seq, at, body }) =>
        [`r${seq}`, m.returned, `${m.by(body.signedBy.name, body.signedBy.office)}, ${writeMoment(language, at)}: ${body.reason}`] as const,
    ),
    ...[view.decision].flatMap((one) =>
      one === null
        ? []
        : [
            [
              "d",
              m.decided,
              `${m.by(one.body.signedBy.name, one.body.signedBy.office)}, ${writeMoment(language, one.at)}${one.lapsed ? ` (${m.lapsed})` : ""}`,
            ] as const,
          ],
    ),
    ...[view.signature].flatMap((one) =>
      one === null
        ? []
        : [["s", m.signed, `${m.by(one.body.signedBy.name, one.body.signedBy.office)}: ${one.body.documents.map(({ name }) => name).join(", ")}`] as const],
    ),
    ...[view.sending].flatMap((one) => (one === null ? [] : [["v", m.sent, `${shared.day(one.body.on)}, ${one.body.reference}`] as const])),
    ...[view.publicVersion].flatMap((one) =>
      one === null ? [] : [["c", m.publicMade, `${m.by(one.body.signedBy.name, one.body.signedBy.office)}, ${writeMoment(language, one.at)}`] as const],
    ),
    ...view.publications.map(
      ({ seq, body }) => [`u${seq}`, m.published, `${shared.day(body.on)}: ${body.documents.map(({ address }) => address).join(", ")}`] as const,
    ),
  ];
  if (lines.length === 0) return null;
  return (
    <section class="card stack-small">
      <h2>{m.road}</h2>
      <dl class="facts">{lines.map(([key, label, words]) => [<dt key={`${key}-label`}>{label}</dt>, <dd key={key}>{words}</dd>])}</dl>
    </section>
  );
}
