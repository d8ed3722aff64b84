/** Shows what would be sent, without sending it: for `rugdekking integrations check`, so that an operator sees every byte before a first zaak is made. */
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { pointerOf } from "./pointer.ts";
import type { Destination } from "./settings.ts";
import { webhookRequest } from "./webhooks.ts";
import { minimalZaak, statustypeFor } from "./zaken.ts";

/** One request as it would be made; without token and signature, which are secrets for a while. */
export interface ShownRequest {
  readonly destination: string;
  readonly when: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: unknown;
}

/** For each destination, what an invented dossier would cause: its opening and its end. The key is invented too, so the pointer is no real one. */
export function showDeliveries(destinations: readonly Destination[], workflows: Workflows, now: Date): ShownRequest[] {
  const key = new Uint8Array(32);
  const dossier = "00000000-0000-4000-8000-000000000000";
  return destinations.flatMap((one) => {
    const pointer = pointerOf(key, one.organisation, dossier);
    return one.kinds.flatMap((kind): ShownRequest[] => {
      const { start, phases, terms } = workflows[kind];
      const ended = Object.keys(phases).find((phase) => terms[phase] === undefined) ?? start.phase;
      const change = { id: "00000000-0000-7000-8000-000000000000", dossier, kind, phase: start.phase, since: now, at: now };
      const when = `a ${kind} comes to a desk of ${one.organisation}`;
      if (one.type === "webhook") {
        const { method, url, body } = webhookRequest({ workflows, clock: () => now, origin: "https://this-house", pointerOf: () => pointer }, one, change);
        return [{ destination: one.name, when: `${when}, and at every change after`, method, url, body: JSON.parse(body) }];
      }
      const zaak = "https://the-new-zaak";
      const shown = (what: string, path: string, body: unknown): ShownRequest => ({
        destination: one.name,
        when: what,
        method: "POST",
        url: `${one.api}${path}`,
        body,
      });
      const status = (what: string, phase: string): ShownRequest[] => {
        const statustype = statustypeFor(one, workflows, { kind, phase });
        return statustype === null ? [] : [shown(what, "/statussen", { zaak, statustype, datumStatusGezet: now.toISOString() })];
      };
      return [
        shown(when, "/zaken", minimalZaak(one, pointer, change, now)),
        ...status(when, start.phase),
        ...(one.result === undefined ? [] : [shown(`that ${kind} ends`, "/resultaten", { zaak, resultaattype: one.result })]),
        ...status(`that ${kind} ends`, ended),
      ];
    });
  });
}
