/**
 * Bounds what postal-mime uses for bodies that travel as they are (7bit, 8bit). It keeps every line of such a body as an object of its own, and makes a Blob of them all:
 * two megabytes of empty lines took twenty seconds and two gigabytes. Here they are kept as bytes in a row. Reaches into the pinned version of the package, and does
 * nothing when that is built otherwise; a test in refusals.test.ts holds the bounds, so that an upgrade cannot lose them unseen. Imported by mail.ts only.
 */
import PostalMime from "postal-mime";

const LF = 10;

/** What postal-mime asks of a decoder: lines without their line ends, then the whole. */
class PlainBody {
  #bytes = new Uint8Array(4096);
  #length = 0;

  update(line: Uint8Array): void {
    const needed = this.#length + line.length + 1;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(line, this.#length);
    this.#bytes[needed - 1] = LF;
    this.#length = needed;
  }

  finalize(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes.buffer.slice(0, this.#length));
  }
}

/** The class of the nodes of a mail; null when the package is built otherwise. */
function nodePrototype(): object | null {
  const root: unknown = Reflect.get(new PostalMime(), "root");
  const prototype: unknown = typeof root === "object" && root !== null ? Object.getPrototypeOf(root) : null;
  return typeof prototype === "object" && prototype !== null && typeof Reflect.get(prototype, "setupContentDecoder") === "function" ? prototype : null;
}

const prototype = nodePrototype();
if (prototype !== null) {
  const before: unknown = Reflect.get(prototype, "setupContentDecoder");
  Reflect.set(prototype, "setupContentDecoder", function setUp(this: object, encoding: string): void {
    if (/base64|quoted-printable/i.test(encoding)) {
      if (typeof before === "function") before.call(this, encoding);
    } else Reflect.set(this, "contentDecoder", new PlainBody());
  });
}
