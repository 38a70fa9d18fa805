import { type NameKind } from "../schema/values.js";

/** A mutation of the API. */
export interface Command {
  readonly name: string;
  /** Keys that are undefined are not sent. */
  readonly input: object;
  /** The file's name for what it creates. */
  readonly makes?: readonly [NameKind, string];
}
