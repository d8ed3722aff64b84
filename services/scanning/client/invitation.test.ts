/** The calendar file of an appointment (RFC 5545, RFC 5546), read back; and that it says nothing of a scan. Run by vitest only. */
import { describe, expect, it } from "vitest";
import { invitationOf, type Appointment } from "./invitation.ts";

const dossier = "0199b1c4-1111-7222-8333-444455556666";
const appointment: Appointment = {
  body: { version: 1, start: "2026-12-01T09:00:00.000Z", minutes: 90, placeNote: "Demonstratie: achterom bij de keuken" },
  at: "2026-11-25T10:00:00.000Z",
  sequence: 0,
  off: false,
};
/** Properties of the file by name, folded lines made whole. */
function read(text: string): ReadonlyMap<string, string> {
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  return new Map(lines.map((line) => [line.split(/[:;]/u)[0] ?? "", line.slice(line.indexOf(":") + 1)]));
}

describe("a calendar file", () => {
  it("has the moment in UTC, the length, a stable UID and a method", async () => {
    const text = await invitationOf({ dossier, appointment, title: "Afspraak" });
    expect(text.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
    const file = read(text);
    expect(file.get("VERSION")).toBe("2.0");
    expect(file.get("METHOD")).toBe("PUBLISH");
    expect(file.get("DTSTART")).toBe("20261201T090000Z");
    expect(file.get("DTEND")).toBe("20261201T103000Z");
    expect(file.get("DTSTAMP")).toBe("20261125T100000Z");
    expect(file.get("SUMMARY")).toBe("Afspraak");
    expect(file.get("SEQUENCE")).toBe("0");
    const again = read(await invitationOf({ dossier, appointment: { ...appointment, sequence: 2 }, title: "Afspraak" }));
    expect(again.get("UID")).toBe(file.get("UID"));
    expect(again.get("SEQUENCE")).toBe("2");
  });
  it("keeps the hour of the Dutch clock on both sides of summer time", async () => {
    for (const [start, written] of [
      ["2027-03-27T09:00:00Z", "20270327T090000Z"],
      ["2027-03-29T08:00:00Z", "20270329T080000Z"],
    ] as const)
      expect(
        read(await invitationOf({ dossier, appointment: { ...appointment, body: { ...appointment.body, start } }, title: "Afspraak" })).get("DTSTART"),
      ).toBe(written);
  });
  it("takes the appointment away when it is off", async () => {
    const file = read(await invitationOf({ dossier, appointment: { ...appointment, sequence: 1, off: true }, title: "Afspraak" }));
    expect([file.get("METHOD"), file.get("STATUS"), file.get("SEQUENCE")]).toEqual(["CANCEL", "CANCELLED", "1"]);
  });
  it("is an invitation only when both addresses are given", async () => {
    const file = read(
      await invitationOf({ dossier, appointment, title: "Afspraak", mail: { from: "adviseur@demo.example.nl", to: "bewoner@demo.example.nl" } }),
    );
    expect(file.get("METHOD")).toBe("REQUEST");
    expect(file.get("ORGANIZER")).toContain("mailto:adviseur@demo.example.nl");
    expect(file.get("ATTENDEE")).toContain("bewoner@demo.example.nl");
  });
  it("says nothing of a scan, a threat, the place, the people or the dossier", async () => {
    const text = await invitationOf({ dossier, appointment, title: "Afspraak" });
    for (const word of ["rugdekking", "scan", "veilig", "dreig", "ccv", "keuken", "demonstratie", dossier, dossier.slice(0, 8)])
      expect(text.toLowerCase()).not.toContain(word);
  });
  it("cannot be broken out of by a title", async () => {
    const text = await invitationOf({ dossier, appointment, title: "Afspraak\r\nDESCRIPTION:geheim; ook, dit" });
    expect(text.split("\r\n").some((line) => line.startsWith("DESCRIPTION"))).toBe(false);
  });
});
