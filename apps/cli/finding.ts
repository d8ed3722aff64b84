/** One thing that `rugdekking doctor` looked at. Shared by the command and what it loads. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly mend: string;
}
