/**
 * An event "there is news" for a receiver: CloudEvents 1.0 in structured mode, signed by Standard Webhooks. Called by deliver.ts, one change at a time.
 *
 * [Note: Structured and signed] In structured mode every attribute of the event is in the body, and the signature is over the body: nothing that says what happened travels unsigned, as the `ce-` headers of binary mode would.
 * Standard Webhooks (HMAC-SHA256 over id, time and body) was chosen over HTTP Message Signatures (RFC 9421): a receiver checks it with a library in any language or with four lines of the standard one,
 * and there is nothing to canonicalise. Its price: the receiver holds the key and could sign too, which matters little for an event that says nothing.
 */
import { createHmac } from "node:crypto";
import type { OutgoingClaim } from "#services/dossier/store/outgoing.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { call, requireYes, type Outbound } from "./outbound.ts";
import type { Webhook } from "./settings.ts";
import { stageOf } from "./stage.ts";

/** CloudEvents `type` of the one event there is. */
const changedType = "nl.rugdekking.dossier.changed.v1";

/** What an event is made with. */
export interface WebhookDelivery {
  readonly workflows: Workflows;
  readonly clock: () => Date;
  /** Address of this house, the `source` unless the settings name another. */
  readonly origin: string;
  /** The house stops: break off. */
  readonly stopping?: AbortSignal;
  /** Opaque name of a dossier in an organisation. */
  pointerOf(organisation: string, dossier: string): string;
}

type News = Pick<OutgoingClaim, "id" | "dossier" | "kind" | "phase" | "at">;

function eventOf(delivery: WebhookDelivery, webhook: Webhook, news: News): object {
  const data = webhook.says === "nothing" ? null : webhook.says === "stage" ? { stage: stageOf(delivery.workflows, news) } : { phase: news.phase };
  return {
    specversion: "1.0",
    id: news.id,
    source: webhook.source ?? delivery.origin,
    type: changedType,
    subject: delivery.pointerOf(webhook.organisation, news.dossier),
    time: news.at.toISOString(),
    ...(data === null ? {} : { datacontenttype: "application/json", data }),
  };
}

/** Standard Webhooks 1.0, symmetric: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; one per key, parted by spaces. */
export function signatureOf(keys: readonly Uint8Array[], id: string, timestamp: number, body: string): string {
  return keys.map((key) => `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`).join(" ");
}

/** The request as it travels. Id and body are the same at every try; time and signature are those of the try. */
export function webhookRequest(delivery: WebhookDelivery, webhook: Webhook, news: News): Outbound & { readonly body: string } {
  const body = JSON.stringify(eventOf(delivery, webhook, news));
  const timestamp = Math.floor(delivery.clock().getTime() / 1_000);
  return {
    method: "POST",
    url: webhook.url,
    headers: {
      "Content-Type": "application/cloudevents+json; charset=utf-8",
      "webhook-id": news.id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signatureOf(webhook.secrets, news.id, timestamp, body),
    },
    body,
  };
}

/** Sends the event. @throws {@link DeliveryFailure} */
export async function deliverWebhook(delivery: WebhookDelivery, webhook: Webhook, news: News): Promise<void> {
  requireYes(await call({ ...webhookRequest(delivery, webhook, news), ...(delivery.stopping === undefined ? {} : { stopping: delivery.stopping }) }));
}
