/** What a photo tells besides its pixels stays out of a paper: by segment (ITU-T T.81, Exif 3.0), and in the PDF itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPaper } from "./index.ts";
import { withoutTraces } from "./jpeg.ts";
import { nodeCompiler } from "./node.ts";
import { demonstrationExplanation, filesFromDisk } from "./testing.ts";

/** A grey JPEG of 8 by 4 pixels, without any application's segment but JFIF. */
const grey = new Uint8Array(
  Buffer.from(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAEAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AH//Z",
    "base64",
  ),
);
const canary = "KANARIE-52.0907-5.1214";

/** A segment with its length. */
const segment = (marker: number, body: string): Uint8Array => {
  const bytes = Buffer.from(body, "latin1");
  return Uint8Array.of(0xff, marker, (bytes.byteLength + 2) >> 8, (bytes.byteLength + 2) & 0xff, ...bytes);
};
/** Exif in little-endian order with one entry, the orientation, and the canary behind it. */
const exif = (orientation: number): string =>
  `Exif\0\0II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0${String.fromCharCode(orientation)}\0\0\0\0\0\0\0${canary}`;
const withSegments = (...segments: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat([grey.subarray(0, 2), ...segments, grey.subarray(2)]));
const holds = (bytes: Uint8Array, words: string): boolean => Buffer.from(bytes).includes(words);

describe("withoutTraces", () => {
  it.each([
    ["Exif", segment(0xe1, exif(1))],
    ["XMP", segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${canary}`)],
    ["IPTC", segment(0xed, `Photoshop 3.0\0${canary}`)],
    ["a maker's own segment", segment(0xe5, canary)],
    ["more pictures in one file (MPF)", segment(0xe2, `MPF\0${canary}`)],
    ["a comment", segment(0xfe, canary)],
  ])("takes out %s", (_name, extra) => {
    expect(Buffer.from(withoutTraces(withSegments(extra))).equals(grey)).toBe(true);
  });

  it.each([
    ["the colour profile", segment(0xe2, "ICC_PROFILE\0\u0001\u0001profile")],
    ["Adobe's colour mark", segment(0xee, "Adobe\0d\0\0\0\0\u0001")],
  ])("leaves %s", (_name, extra) => {
    const bytes = withSegments(extra);
    expect(Buffer.from(withoutTraces(bytes)).equals(bytes)).toBe(true);
  });

  it("keeps how the picture must be turned, and nothing else of Exif", () => {
    const turned = withoutTraces(withSegments(segment(0xe1, exif(6))));
    expect(holds(turned, canary)).toBe(false);
    expect(turned.byteLength).toBe(grey.byteLength + 36);
    expect(Buffer.from(withoutTraces(turned)).equals(turned)).toBe(true);
  });

  it("throws at nothing and adds nothing but that, whatever stands in the file", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const given = Uint8Array.of(0xff, 0xd8, ...bytes);
        expect(withoutTraces(given).byteLength).toBeLessThanOrEqual(given.byteLength + 36);
      }),
    );
  });
});

describe("in the PDF", () => {
  it("no photo says where it was taken, and its pixels are those handed in", async () => {
    const compiler = nodeCompiler(await filesFromDisk());
    const { data } = demonstrationExplanation(1);
    const pixels = Buffer.from(grey.subarray(Buffer.from(grey).indexOf(Uint8Array.of(0xff, 0xda))));
    for (const photo of [withSegments(segment(0xe1, exif(6)), segment(0xfe, canary)), grey]) {
      const pdf = Buffer.from(renderPaper(compiler, "uitleg", data, { huis: photo }));
      expect(pdf.includes(canary)).toBe(false);
      expect(pdf.includes(pixels)).toBe(true);
    }
  });
});
