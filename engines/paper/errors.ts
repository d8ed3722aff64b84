/** The one error class of this engine, so that callers can switch on a closed set of codes; any file here and any user of the engine may import it. */

/**
 * Every code a {@link PaperError} can carry. Stable: screens and tests switch on them.
 *
 * - `template-unknown`: no template of that name.
 * - `data-invalid`: the data does not have the template's form; `data.path` says where.
 * - `data-too-large`: more text than a paper may hold.
 * - `asset-missing`, `asset-unused`: the data names a picture that was not handed in, or the other way round.
 * - `picture-unreadable`: the bytes are no PNG, JPEG or SVG, or broken off; `picture-too-large`: too many bytes or pixels.
 * - `file-missing`: a font or template of the engine was not handed in; `font-unreadable`: it is no TrueType font.
 * - `compiler-unavailable`: the compiler did not start on this machine or in this browser.
 * - `compile-refused`: the compiler refused the paper (in Node also: it would break PDF/UA-1).
 * - `pdf-unexpected`: the browser's compiler gave a PDF of another build than the PDF/UA step knows.
 * - `worker-failed`: the worker stopped or answered something else.
 */
export type PaperErrorCode =
  | "template-unknown"
  | "data-invalid"
  | "data-too-large"
  | "asset-missing"
  | "asset-unused"
  | "picture-unreadable"
  | "picture-too-large"
  | "file-missing"
  | "font-unreadable"
  | "compiler-unavailable"
  | "compile-refused"
  | "pdf-unexpected"
  | "worker-failed";

/** Facts beside the code: a path, a name, a size. Never the text of a paper. */
export type PaperErrorData = Readonly<Record<string, string | number>>;

/** Anything this engine refuses. The message says what, where and how to mend it, and holds nothing that the paper says. */
export class PaperError extends Error {
  override readonly name = "PaperError";
  readonly code: PaperErrorCode;
  readonly data: PaperErrorData;

  constructor(code: PaperErrorCode, message: string, data: PaperErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
