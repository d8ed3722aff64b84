/** What a command leaves to be finished after its answer was given, before the process ends. Light: the command line loads it for every line. */
const works: (() => Promise<void>)[] = [];

/** Has something done after the command. */
export const afterwards = (work: () => Promise<void>): void => void works.push(work);

/** Does what was left, in its order. */
export async function finish(): Promise<void> {
  for (const work of works.splice(0)) await work();
}
