/** Desks to choose from in the forms of the road, by their function, each with its verified roster. */
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import type { PartProps } from "./set-actions.tsx";

/** Desks of a function, read with their rosters; null while they are read. */
export function useDesks({ handle }: Pick<PartProps, "handle">, kind: DeskFunction): readonly [readonly VerifiedDesk[] | null, unknown] {
  const [desks, setDesks] = useState<readonly VerifiedDesk[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    handle.session.trust.desks({ function: kind }).then(setDesks, setError);
  }, [handle, kind]);
  return [desks, error];
}
export const deskOptions = (desks: readonly VerifiedDesk[], choose: string): { value: string; label: string }[] => [
  { value: "", label: choose },
  ...desks.map(({ id, name }) => ({ value: id, label: name })),
];
