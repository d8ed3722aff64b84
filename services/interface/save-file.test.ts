/** What is saved bears a name that shows as what it is, whoever chose it. */
import { afterEach, expect, it, vi } from "vitest";
import { saveFile } from "./blocks.tsx";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The name the browser is told to save under. The link is the only thing of the browser that is needed. */
function savedAs(name: string): string {
  const link = { href: "", download: "", click: () => undefined };
  vi.stubGlobal("document", { createElement: () => link });
  vi.stubGlobal("setTimeout", () => 0);
  saveFile(name, "demonstration");
  return link.download;
}

it.each([
  ["marks that turn text around", "foto\u202Egpj.exe", "foto_gpj.exe"],
  ["isolates and unseen marks", "a\u2066b\u2069c\u200Fd\u200B.pdf", "a_b_c_d_.pdf"],
  ["control characters", "brief\u0000\r\n.txt", "brief___.txt"],
  ["a path", "../../.ssh/config", "_.._.ssh_config"],
  ["a path on another system", "C:\\Windows\\x.dll", "C__Windows_x.dll"],
  ["nothing that can be shown", "..", "bestand"],
  ["an ordinary name, which stays", "Dreigbrief 3 één.pdf", "Dreigbrief 3 één.pdf"],
])("%s", (_what, name, safe) => {
  expect(savedAs(name)).toBe(safe);
});
