/** Files taken in on a screen: one record each, and a file that could not be read at first has another chance, with what was known of it. */
import { expect, test } from "vitest";
import { recordOf, takeIn } from "./captured.ts";

/** A file whose first readings fail. */
class Away extends File {
  left: number;

  constructor(name: string, times: number) {
    super(["verzonnen bericht"], name);
    this.left = times;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.left-- > 0) throw new DOMException("The disk is away", "NotReadableError");
    return await super.arrayBuffer();
  }
}

test("a file has one record, made when it was taken in", async () => {
  const file = new Away("bericht.png", 0);
  takeIn([file], "camera");
  const first = await recordOf(file);
  takeIn([file], "paste");
  expect(await recordOf(file)).toBe(first);
  expect(first.how).toBe("camera");
});

test("what failed is tried again when the file is sent, and is still of how and where it came in; the next file does not suffer", async () => {
  const [file, next] = [new Away("bericht.png", 2), new Away("volgend.png", 0)];
  takeIn([file, next], "import", { url: "https://demo.example.nl/bericht/1" });
  await expect(recordOf(file)).rejects.toThrow("The disk is away");
  await expect(recordOf(file)).rejects.toThrow("The disk is away");
  expect(await recordOf(file)).toMatchObject({ name: "bericht.png", how: "import", from: { url: "https://demo.example.nl/bericht/1" } });
  expect(await recordOf(next)).toMatchObject({ name: "volgend.png", how: "import" });
});
