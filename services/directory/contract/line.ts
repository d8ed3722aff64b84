/** One line of text that people see in rosters and requests: as a roster takes it (engines/seal), with nothing in it that is not shown. Static data without I/O. */
import Type from "typebox";

/** No control characters, line separators or marks that turn text around. */
export const shownPattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]*$";
/** A name or an office. */
export const Line = Type.String({ minLength: 1, maxLength: 120, pattern: shownPattern });
