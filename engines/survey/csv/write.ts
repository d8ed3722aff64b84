/** Writes tables as CSV (RFC 4180). Called by whoever publishes tables. */

/** One field; quoted when it must be. */
const field = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Lines with CRLF, fields quoted only where they must be. A field that a spreadsheet would take for a formula (one that begins with = + - or @) is the caller's to avoid. */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string => `${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
