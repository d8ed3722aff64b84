/** The built extension: it may do no more than it says, holds no call to the network, no code from elsewhere and nothing that could sign or open; and its sources reach no account and no connection. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtExtension } from "#apps/checks/extension.ts";
import { closureOf } from "#apps/checks/imports.ts";

const read = (name: string): string => readFileSync(join(builtExtension, name), "utf8");
const scripts = readdirSync(builtExtension, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
const manifest: Readonly<Record<string, unknown>> = JSON.parse(read("manifest.json"));

describe("the manifest", () => {
  it("asks for these permissions and no site at all", () => {
    expect(manifest["permissions"]).toEqual(["activeTab", "scripting", "unlimitedStorage"]);
    for (const key of [
      "host_permissions",
      "optional_host_permissions",
      "optional_permissions",
      "content_scripts",
      "externally_connectable",
      "web_accessible_resources",
      "commands",
    ])
      expect(manifest[key], key).toBeUndefined();
    expect(manifest["incognito"]).toBe("not_allowed");
  });
  it("keeps its own pages from the network, from frames and from any code but its own", () => {
    const policy = JSON.stringify(manifest["content_security_policy"]);
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|https?:|wasm|\*/u);
  });
  it("has the version of the product", () => {
    const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(manifest["version"]).toBe(version);
  });
});

describe("the scripts", () => {
  it("are the window, the background and two for pages, each whole", () => {
    expect(scripts.map((name) => name.replace(/-[\w-]{8}\.js$/u, ".js")).toSorted()).toEqual([
      "assets/popup.js",
      "background.js",
      "bridge.js",
      "page-reader.js",
    ]);
    for (const name of scripts) expect(read(name), name).not.toMatch(/\bimport\s*\(|^import\s|;import\s*[{"']/mu);
  });
  it.each(scripts)("%s calls no network and runs no text as code", (name) => {
    const code = read(name);
    for (const call of ["XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "RTCPeerConnection", "sendBeacon", "importScripts", "new Function"])
      expect(code.includes(call), call).toBe(false);
    expect(code).not.toMatch(/(?<![.\w$])(?:fetch|eval)\s*\(/u);
    expect(code).not.toMatch(/\bchrome\.(?!runtime\b|tabs\b|scripting\b|action\b)/u);
  });
  it("that stand beside pages stay short enough to read", () => {
    expect(read("bridge.js").length).toBeLessThan(1_500);
    expect(read("page-reader.js").length).toBeLessThan(16_000);
  });
});

it("its sources reach no account, no connection, no server room and no screens", () => {
  const { files, computed } = closureOf(
    ["background/background.ts", "page/page-reader.ts", "page/bridge.ts", "popup/popup.tsx"].map((name) => `apps/extension/${name}`),
  );
  const ours = [...files].filter((file) => file.startsWith("services/") && !file.startsWith("services/interface/style/"));
  expect(ours.toSorted()).toEqual([
    "services/directory/contract/index.ts",
    "services/dossier/client/capture.ts",
    "services/dossier/client/hashing.ts",
    "services/dossier/contract/capture.ts",
    "services/dossier/contract/hexadecimal.ts",
    "services/ledger/contract/witnesses.ts",
    "services/problem/index.ts",
    "services/reporting/client/sealed-capture.ts",
    "services/reporting/contract/extension.ts",
  ]);
  expect(computed).toEqual([]);
});
