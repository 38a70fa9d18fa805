import { type NameKind } from "../schema/values.js";

/** A mutation of the API. */
export interface Command {
  readonly name: string;
  /** Keys that are undefined are not sent. */
  readonly input: object;
  /** The field of the answer with the id of what it creates; left out: of the aggregate. */
  readonly answers?: string;
  /** The file's name for what it creates. */
  readonly makes?: readonly [NameKind, string];
}
