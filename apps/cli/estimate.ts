/**
 * The work of `rugdekking estimate` (design section 6): a request and the CSV it names in, one JSON array out; all of it, or an error and nothing. Everything happens in this process.
 * Loaded by commands/estimate.ts when it is asked for.
 */
import { dirname, resolve } from "node:path";
import { type EstimateLine, parseCsv, parseSpec, runSpec, type Spec, SurveyError, type Table } from "@rugdekking/survey";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import { readText } from "./plain-files.ts";

const named = (path: string, error: unknown): unknown =>
  error instanceof SurveyError ? new SurveyError(error.code, `${path}: ${error.message}`, error.data) : error;

/** Which file an error of the run is about: the replicate weights, the data when it has a line of them, else the request. */
function fileOf(error: unknown, request: string, data: string, weights: string | null): string {
  if (!(error instanceof SurveyError)) return request;
  if (error.data["source"] === "replicates" && weights !== null) return weights;
  return error.data["line"] === undefined ? request : data;
}

async function specAt(path: string): Promise<Spec> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError(
      `${path} is not JSON (${error instanceof Error ? error.message : "unreadable"})`,
      "see rugdekking estimate --help and the README of engines/survey",
    );
  }
  try {
    return parseSpec(value);
  } catch (error) {
    throw named(path, error);
  }
}

const tableAt = async (path: string): Promise<Table> => parseCsv(await readText(path), { name: path });

/** The array of the contract, a line each so that people can read it; numbers in full. */
const written = (lines: readonly EstimateLine[]): string => `[\n${lines.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n]\n`;

/** Runs the command. @throws {@link CommandError}, SurveyError */
export async function estimate(call: Call): Promise<ExitCode> {
  const path = call.at(0);
  const spec = await specAt(path);
  const beside = (file: string): string => resolve(dirname(path), file);
  const data = beside(spec.data);
  const table = await tableAt(data);
  const columns = spec.design.replicates?.columns ?? null;
  const weights = typeof columns === "string" ? beside(columns) : null;
  const replicates = weights === null ? null : await tableAt(weights);
  let lines: readonly EstimateLine[];
  try {
    lines = runSpec(spec, table, replicates);
  } catch (error) {
    throw named(fileOf(error, path, data, weights), error);
  }
  await call.screen.pipe.write(new TextEncoder().encode(written(lines)));
  return 0;
}
