/** How each term is called, in both languages; lengths and sources stand in the same file. Read by screens that list terms. */
import Type from "typebox";
import { readRegister } from "#registers/register.ts";
import terms from "./terms.json" with { type: "json" };

const Named = Type.Object({ terms: Type.Record(Type.String(), Type.Object({ nl: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) })) });
const names = readRegister(Named, terms, "registers/terms/terms.json").terms;

/** What a term asks, as a short sentence; its own id when the register has no words for it. */
export const termName = (term: string, language: "nl" | "en"): string => names[term]?.[language] ?? term;
