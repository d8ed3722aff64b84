/** The data of the template `verstrekking`: what the employer provides, at what cost and when. It has no field for a reason, a finding or a weakness, and refuses any. */
import Type, { type Static } from "typebox";
import { closed, Code, Day, Domain, Euros, Head, Line, Provided, Title, Who } from "./parts.ts";

/** Data of the template `verstrekking`. */
export const ProvisionData = closed({
  document: Head,
  /** Who must provide: gemeente, provincie or waterschap. */
  employer: Title,
  /** For whom, and how the fitter makes an appointment. */
  recipient: closed({ name: Title, contact: Line }),
  /** That the advice behind this list was adopted: by whom and when; null while it was not. */
  adopted: Type.Union([closed({ name: Title, office: Title, on: Day }), Type.Null()]),
  lines: Type.Array(
    closed({
      code: Code,
      domain: Domain,
      what: Title,
      provided: Provided,
      costLow: Euros,
      costHigh: Euros,
      who: Who,
      byWhen: Type.Union([Day, Type.Null()]),
    }),
    { maxItems: 150 },
  ),
  totalLow: Type.Integer({ minimum: 0 }),
  totalHigh: Type.Integer({ minimum: 0 }),
  /** To whom the employer answers, in one line; may be empty. */
  answerTo: Line,
});
export type ProvisionData = Static<typeof ProvisionData>;
