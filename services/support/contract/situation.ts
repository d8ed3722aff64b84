/** What someone answers before help is matched: who they are, what happens, where they stand. Shared by the register of provisions, the matching and the request for help; never leaves the device by itself. */
import Type, { type Static } from "typebox";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";

/** Who seeks help: a holder of an office, someone who stands for one, the household, or who helps from the organisation (griffier, secretaris, colleague). */
export const seekers = [...officeFunctions, "candidate", "family", "staff"] as const;
export const Seeker = Type.Enum(seekers);
export type Seeker = (typeof seekers)[number];

/** What happens. `private`: at home or in one's own circle. `dark`: thoughts of death. `none`: nothing yet, one prepares. */
export const helpSituations = [
  "threat",
  "violence",
  "at-home",
  "doxing",
  "online-hate",
  "discrimination",
  "pressure",
  "private",
  "burden",
  "dark",
  "none",
] as const;
export const HelpSituation = Type.Enum(helpSituations);
export type HelpSituation = (typeof helpSituations)[number];

/** Where someone stands: it happens now, it goes on, it is over but stays, or they prepare. */
export const helpPhases = ["now", "running", "after", "before"] as const;
export const HelpPhase = Type.Enum(helpPhases);
export type HelpPhase = (typeof helpPhases)[number];

/** The answers; each may be left open. */
export const HelpAnswers = Type.Object(
  {
    seeker: Type.Union([Seeker, Type.Null()]),
    situations: Type.Array(HelpSituation, { maxItems: helpSituations.length }),
    phase: Type.Union([HelpPhase, Type.Null()]),
  },
  { additionalProperties: false },
);
export type HelpAnswers = Static<typeof HelpAnswers>;

/** Time of day on Dutch clocks. */
const Clock = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" });

/**
 * When someone can be reached, on Dutch clocks: always, or on weekdays (1 Monday to 7 Sunday) from and until. Null: not known.
 * `holidays` are those of the Algemene termijnenwet; `unknown` where no source says whether one is reached on them.
 */
export const Hours = Type.Union([
  Type.Literal("always"),
  Type.Object(
    {
      week: Type.Array(
        Type.Object(
          { days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, uniqueItems: true }), from: Clock, until: Clock },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 14 },
      ),
      holidays: Type.Enum(["open", "closed", "unknown"]),
    },
    { additionalProperties: false },
  ),
  Type.Null(),
]);
export type Hours = Static<typeof Hours>;
