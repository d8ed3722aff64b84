/** What an operator may set about time stamps: both or neither, an address without secrets. */
import { describe, expect, test } from "vitest";
import { readSettings } from "./settings.ts";

describe("the time-stamp authority", () => {
  test("is off unless it is named, by hand or by environment", () => {
    expect(readSettings({}, {})).toMatchObject({ timestampAuthority: null, timestampRoots: null });
    expect(readSettings({}, { RUGDEKKING_TIMESTAMP_AUTHORITY: "https://tsa.example.nl/tsr", RUGDEKKING_TIMESTAMP_ROOTS: "/r.pem" })).toMatchObject({
      timestampAuthority: "https://tsa.example.nl/tsr",
      timestampRoots: "/r.pem",
    });
  });

  test.each([
    { timestampAuthority: "https://tsa.example.nl/" },
    { timestampRoots: "/r.pem" },
    { timestampAuthority: "ftp://tsa.example.nl/", timestampRoots: "/r.pem" },
    { timestampAuthority: "https://name:secret@tsa.example.nl/", timestampRoots: "/r.pem" },
    { timestampAuthority: "geen adres", timestampRoots: "/r.pem" },
  ])("refuses %j in one sentence that holds no secret", (given) => {
    expect(() => readSettings(given, {})).toThrow(/time-stamp authority/i);
    expect(() => readSettings(given, {})).not.toThrow(/secret/);
  });
});
