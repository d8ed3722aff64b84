/** The publication records of letter and note, from the set and the few things only who publishes knows. Pure but for fetching the room that makes them; used by the form beside it. */
import type { SetView } from "#services/parliament/client/index.ts";
import type { PublicationRecord } from "#services/parliament/documents/index.ts";

/** Both records, as JSON to keep and as XML to hand in. */
export interface Records {
  /** One JSON text with both. */
  readonly json: string;
  readonly xml: { readonly letter: string; readonly note: string };
}

/** @param publisher address of the ministry in TOOI @throws RecordError naming what is wrong */
export async function recordsOf(view: SetView, { on, publisher }: { readonly on: string; readonly publisher: string }): Promise<Records> {
  const { recordJson, recordXml } = await import("#services/parliament/documents/index.ts");
  const { set, signature, sending, lead } = view;
  const signed = signature?.at.slice(0, 10) ?? on;
  const identifiers = [...new Set([sending?.body.reference ?? "", set.reference ?? ""].map((one) => one.trim()))].filter((one) => one !== "");
  const subject = set.subject ?? set.title ?? "schriftelijke vragen";
  const both: Omit<PublicationRecord, "title" | "kind" | "belongsTo"> = {
    kindResource: null,
    publisher: { resource: publisher.trim(), label: lead.name },
    responsible: null,
    identifiers,
    created: signed,
    signed,
    published: on,
    format: "PDF",
  };
  const letter: PublicationRecord = {
    ...both,
    title: `Antwoorden op de schriftelijke vragen over ${subject}`,
    kind: "antwoord Kamervragen",
    belongsTo: set.reference,
  };
  const note: PublicationRecord = {
    ...both,
    title: `Beslisnota bij de antwoorden op de schriftelijke vragen over ${subject}`,
    kind: "beslisnota",
    belongsTo: identifiers[0] ?? null,
  };
  return { json: `[${recordJson(letter).trim()},\n${recordJson(note).trim()}]`, xml: { letter: recordXml(letter), note: recordXml(note) } };
}
