/** What was answered on /hulp, in the memory of this tab alone: kept nowhere, sent nowhere. The page that asks the team for help takes it along, sealed, if the person goes there. */
import { createStore, onLeave } from "#services/interface/index.ts";
import type { HelpAnswers } from "#services/support/contract/situation.ts";

export const noAnswers: HelpAnswers = { seeker: null, situations: [], phase: null };

/** The answers, and which question is shown: going to another page and back finds both. */
export const given = createStore<{ readonly answers: HelpAnswers; readonly step: number }>({ answers: noAnswers, step: 0 });

onLeave(() => given.set({ answers: noAnswers, step: 0 }));
