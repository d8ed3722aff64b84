/** A folder of publications with one invented quarter in it, as a server hands it out. For the tests and benches of figures. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { playFigures } from "#apps/demonstration/figures-play.ts";

/** The moment the invented quarter was published: it is of the third quarter of 2026. */
const publishedAt = Date.UTC(2026, 9, 20, 12);

/** A new data directory with an invented quarter in `publications/`. Whoever asks for it removes it. */
export async function figuresFolder(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), "rugdekking-figures-"));
  await playFigures(data, publishedAt);
  return data;
}
