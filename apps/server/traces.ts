/**
 * Spans for a collector (OpenTelemetry over OTLP/HTTP), only where an operator names one. Started by house.ts, which loads this file for nobody else.
 *
 * A span is the pattern of a route, a method, a status and how long it took. It is made here and by nothing automatic: instrumentation of HTTP and of the database would record addresses, queries and statements.
 * What a client says in `traceparent` is not read, so that nobody can mark a person's request from outside.
 */
import { SpanKind, SpanStatusCode, type Span } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { FastifyInstance } from "fastify";

/** Running traces. */
export interface Traces {
  /** Has every request of this frame make a span. Call it before routes are registered. */
  watch(server: FastifyInstance): void;
  /** Sends what waits and ends. */
  stop(): Promise<void>;
}

/** @param endpoint `https://collector/v1/traces`. */
export function startTraces(endpoint: string, version: string): Traces {
  const provider = new TracerProvider({
    // Named here and not looked up: the usual detectors would add the machine, its user and the command line.
    resource: resourceFromAttributes({ "service.name": "rugdekking", "service.version": version }),
    sampler: new AlwaysOnSampler(),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: endpoint, timeoutMillis: 5_000 }), scheduledDelayMillis: 2_000, maxQueueSize: 4_096 }),
    ],
  });
  const tracer = provider.getTracer("rugdekking", version);
  return {
    watch: (server) => {
      const spans = new WeakMap<object, Span>();
      server.addHook("onRequest", async (request) => {
        spans.set(request.raw, tracer.startSpan("request", { kind: SpanKind.SERVER, root: true }));
      });
      const end = (raw: object, method: string, route: string | undefined, status: number | null): void => {
        const span = spans.get(raw);
        if (span === undefined) return;
        spans.delete(raw);
        span.updateName(`${method} ${route ?? "none"}`);
        span.setAttributes({ "http.request.method": method, "http.route": route ?? "none" });
        if (status !== null) span.setAttribute("http.response.status_code", status);
        if (status === null || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
      server.addHook("onResponse", async (request, reply) => end(request.raw, request.method, request.routeOptions.url, reply.statusCode));
      server.addHook("onRequestAbort", async (request) => end(request.raw, request.method, request.routeOptions.url, null));
    },
    // A collector that is away must not hold up a stop.
    stop: async () => {
      await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
    },
  };
}
