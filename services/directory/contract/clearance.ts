/**
 * What is signed of figures before they are published: the list of all files of a publication, who made it, and who cleared it (design law 4). Shared by all that is published: the Monitor and the national picture.
 * Static data without I/O.
 */
import Type, { type Static } from "typebox";
import { Sha256, Uuid } from "./index.ts";

/** Name of a publication, and of the folder it lies in. */
const PublicationId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" });

/** Every file of a publication with its digest: `inhoud.json`. What is signed and what is laid out is this list, no file more and none fewer. */
export const PublicationManifest = Type.Object(
  {
    version: Type.Literal(1),
    publication: PublicationId,
    /** What it is about: the wave of a survey, or a quarter. */
    wave: Type.String(),
    files: Type.Array(
      Type.Object(
        {
          /** At most one folder deep, never a hidden file. */
          name: Type.String({ pattern: "^([A-Za-z0-9_-]{1,80}/)?[A-Za-z0-9_-]{1,150}\\.(json|jsonld|csv|svg|pdf)$" }),
          /** SHA-256 of its bytes. */
          digest: Sha256,
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 10_000 },
    ),
  },
  { additionalProperties: false },
);
export type PublicationManifest = Static<typeof PublicationManifest>;

const signed = {
  version: Type.Literal(1),
  publication: PublicationId,
  wave: Type.String(),
  /** SHA-256 of the file `inhoud.json`. */
  digest: Sha256,
  /** Who signs, a member of the desk. */
  by: Uuid,
  desk: Uuid,
  at: Type.String(),
};

/** Payload of the statement by which someone says that they made a publication. */
export const PublicationMadePayload = Type.Object(signed, { additionalProperties: false });
export type PublicationMadePayload = Static<typeof PublicationMadePayload>;

/** Payload of the statement that clears a publication: by a member of the research desk other than who signed that they made it (design law 4). */
export const PublicationPayload = Type.Object({ ...signed, madeBy: Uuid }, { additionalProperties: false });
export type PublicationPayload = Static<typeof PublicationPayload>;
