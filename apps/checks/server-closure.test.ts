/** Law 1, shown by walking: starting from everything that runs on the server and following every import, one never reaches what opens seals. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Closure, closureOf, sourcesBelow } from "#apps/checks/imports.ts";

const services = readdirSync("services");
const serverSide = [
  ...sourcesBelow("apps/server"),
  ...sourcesBelow("services/storage"),
  ...services.flatMap((name) => ["server", "store"].flatMap((room) => sourcesBelow(`services/${name}/${room}`))),
];

const opens = (closure: Closure): readonly string[] => [
  ...[...closure.files].filter((file) => file === "engines/seal/index.ts"),
  ...[...closure.packages].filter((name) => name === "hpke" || name === "age-encryption"),
];

describe("law 1: the server cannot open what it keeps", () => {
  const server = closureOf(serverSide);

  it("starts from the server app and every server and store room", () => {
    expect(serverSide.filter((file) => file.startsWith("apps/server/")).length).toBeGreaterThan(0);
    expect(server.packages).toContain("fastify");
    expect(server.files).toContain("engines/seal/verify.ts");
  });

  it("reaches neither engines/seal/index.ts, nor hpke, nor age-encryption", () => {
    expect(opens(server)).toEqual([]);
  });

  it("reaches no client, bundle or screens room", () => {
    expect([...server.files].filter((file) => /^services\/[^/]+\/(?:client|bundle|screens)\//u.test(file))).toEqual([]);
  });

  it("has no import whose target is computed while running", () => {
    expect(server.computed).toEqual([]);
  });

  it("would see it: the same walk from the clients does reach all three", () => {
    const clients = closureOf(services.flatMap((name) => sourcesBelow(`services/${name}/client`)));
    expect(opens(clients)).toEqual(["engines/seal/index.ts", ...["hpke", "age-encryption"].filter((name) => clients.packages.has(name))]);
    expect(clients.packages).toContain("hpke");
    expect(clients.packages).toContain("age-encryption");
  });
});
