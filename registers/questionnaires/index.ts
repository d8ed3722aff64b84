/** The questionnaires of the Monitor as versioned, frozen data: which versions exist and how one is read. Loaded one version at a time by services/monitor. */
import { readQuestionnaire, readSelection } from "./read.ts";
import type { Questionnaire } from "./words.ts";

export { columnOf, columnsOf, isFields, leavesOf, readQuestionnaire, readSelection, testsOf } from "./read.ts";
export * from "./words.ts";

/** A version that was published. Its file is never changed again; a test holds its digest. */
export interface PublishedQuestionnaire {
  readonly set: string;
  readonly version: number;
  /** Loads and checks it; the file is its own piece of the browser's bundle. @throws RegisterError naming file and row. */
  readonly load: () => Promise<Questionnaire>;
}

const room = "registers/questionnaires";
const monitor1 = async (): Promise<Questionnaire> =>
  readQuestionnaire((await import("./monitor-1.json", { with: { type: "json" } })).default, `${room}/monitor-1.json`);

/** Every version ever published: the biennial wave, and the pulse between two waves. */
export const publishedQuestionnaires: readonly PublishedQuestionnaire[] = [
  { set: "monitor", version: 1, load: monitor1 },
  {
    set: "pulse",
    version: 1,
    load: async () => readSelection((await import("./pulse-1.json", { with: { type: "json" } })).default, await monitor1(), `${room}/pulse-1.json`),
  },
];

/** The version a wave names, or null when it was never published. @throws RegisterError when its file does not hold. */
export async function loadQuestionnaire(set: string, version: number): Promise<Questionnaire | null> {
  const found = publishedQuestionnaires.find((one) => one.set === set && one.version === version);
  return found === undefined ? null : await found.load();
}
