/** Puts "Telt u mee?" at the foot of an opened dossier; apps/web finds this file by its name and loads it with the first dossier that is opened. */
import { registerFoot } from "#services/dossier/screens/kinds.ts";
import { Counting } from "./counting/counting.tsx";

registerFoot(Counting);
