import { canonicalJson } from "./canonical-json.js";
import { UndecodableEvent } from "./errors.js";
import { type Metadata, type NewEvent, type RecordedEvent } from "./event.js";
import { type Position } from "./position.js";

/** Turns data of one version into data of the next. Pure; may not look at anything but the data. */
export type Upcaster = (data: object) => object;

export interface EventType {
  /** The version that is written now, from 1. */
  readonly version: number;
  /** By the version to start from: `{ 1: fromOneToTwo, 2: fromTwoToThree }`. Needed for every older version. */
  readonly upcast?: Readonly<Record<number, Upcaster>>;
}

export type EventTypes = Readonly<Record<string, EventType>>;

/** An event as the client hands it over: nothing about its content is known yet. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** The version that events of this type are written with. Throws a `TypeError` for a type that is not registered. */
export const schemaVersionOf = (types: EventTypes, type: string): number => {
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (known === undefined) throw new TypeError(`The event type ${type} is not registered (registry.ts)`);
  return known.version;
};

/**
 * Checks an event before it is sent, so that nothing is stored that could not be read back: registered type, current
 * schema version, complete metadata, plain JSON. Throws a `TypeError`.
 */
export const assertWritable = (types: EventTypes, event: NewEvent): void => {
  const version = schemaVersionOf(types, event.type);
  const problem = metadataProblem(event.metadata);
  if (problem !== undefined) throw new TypeError(`${event.type}: ${problem}`);
  if (event.metadata.schemaVersion !== version) {
    throw new TypeError(`${event.type} is written with schema version ${version}, not ${event.metadata.schemaVersion}`);
  }
  if (!isObject(event.data)) throw new TypeError(`${event.type}: data is not an object`);
  canonicalJson(event.data);
};

/** Stored form to recorded event, upcast to the current version. Throws `UndecodableEvent`, never anything else. */
export const decode = (types: EventTypes, event: StoredEvent): RecordedEvent => {
  const { stream, revision, position, id, type, data, metadata } = event;
  const fail = (reason: string, options?: ErrorOptions) =>
    new UndecodableEvent(stream, revision, type, reason, options);
  if (!Object.hasOwn(types, type)) throw fail("the event type is not registered");
  // Malformed JSON reaches us as a plain string, and binary content as bytes.
  if (!isObject(data)) throw fail("its data is not a JSON object");
  const problem = metadataProblem(metadata);
  if (problem !== undefined) throw fail(problem);
  const known = metadata as Metadata;
  let current: object;
  try {
    current = upcast(types[type] as EventType, known.schemaVersion, data);
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const recorded = { stream, revision, position, id, type, data: current, metadata: known };
  return current === data ? recorded : { ...recorded, stored: data };
};

const upcast = ({ version, upcast: upcasters }: EventType, stored: number, data: object): object => {
  if (stored > version) throw new Error(`schema version ${stored} is newer than this program's ${version}`);
  if (stored === version) return data;
  // Upcasters may not reach into what was stored: audits hash it.
  let current: object = structuredClone(data);
  for (let from = stored; from < version; from += 1) {
    const step = upcasters?.[from];
    if (step === undefined) throw new Error(`no upcaster from schema version ${from}`);
    current = step(current);
    if (!isObject(current)) throw new Error(`the upcaster from schema version ${from} returned no object`);
  }
  return current;
};

const texts = [
  "provider",
  "correlationId",
  "causationId",
  "actor",
  "commandId",
  "commandHash",
  "recordedAt",
  "contentHash",
] as const satisfies readonly (keyof Metadata)[];

const metadataProblem = (metadata: unknown): string | undefined => {
  if (!isObject(metadata)) return "its metadata is not a JSON object";
  const fields = metadata as Partial<Record<keyof Metadata, unknown>>;
  for (const field of texts) {
    if (typeof fields[field] !== "string" || fields[field] === "") return `metadata.${field} is missing`;
  }
  const version = fields.schemaVersion;
  return Number.isSafeInteger(version) && (version as number) >= 1 ? undefined : "metadata.schemaVersion is missing";
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
