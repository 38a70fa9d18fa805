import { assertJson } from "./canonical-json.js";
import { type EventSchema } from "#domain/event.js";
import { UndecodableEvent } from "./errors.js";
import { type Metadata, type NewEvent, type Origin, origins, type RecordedEvent } from "./event.js";
import { type Position } from "./position.js";
import { sharedStreamName } from "./streams.js";

/** Event types with the schemas that they are written and read with: the catalogue's, or those of a spec. */
export type EventTypes = Readonly<Record<string, EventSchema>>;

/** An event as the client returns it, its content not checked yet. */
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
  if (known === undefined) throw new TypeError(`The event type ${type} is not registered (catalogue.ts)`);
  return known.version;
};

/**
 * Checks an event before it is sent, so that everything stored can be read back: registered type, current schema
 * version, complete metadata, plain JSON. Throws a `TypeError`.
 */
export const assertWritable = (types: EventTypes, event: NewEvent): void => {
  const version = schemaVersionOf(types, event.type);
  const problem = metadataProblem(event.metadata);
  if (problem !== undefined) throw new TypeError(`${event.type}: ${problem}`);
  if (event.metadata.schemaVersion !== version) {
    throw new TypeError(`${event.type} is written with schema version ${version}, not ${event.metadata.schemaVersion}`);
  }
  if (!isObject(event.data)) throw new TypeError(`${event.type}: data is not an object`);
  assertJson(event.data);
};

/**
 * Whether another program wrote the event: its type is not registered and its metadata is incomplete. An unregistered
 * type with complete metadata is an event of a newer version of this program.
 */
export const isForeign = (types: EventTypes, { type, metadata }: StoredEvent): boolean =>
  !Object.hasOwn(types, type) && metadataProblem(metadata) !== undefined;

/** Names of registered types that were met: of two texts that are one, V8 compares no characters. */
const names = new Map<string, string>();

const sharedName = (type: string): string => {
  const known = names.get(type);
  if (known === undefined) names.set(type, type);
  return known ?? type;
};

/** Decodes a stored event and upcasts it to the current version of its type. Throws only `UndecodableEvent`. */
export const decode = (types: EventTypes, event: StoredEvent): RecordedEvent => {
  const { revision, position, id, data, metadata } = event;
  const stream = sharedStreamName(event.stream);
  const fail = (reason: string, options?: ErrorOptions) =>
    new UndecodableEvent(stream, revision, event.type, reason, options);
  if (!Object.hasOwn(types, event.type)) throw fail("the event type is not registered");
  const type = sharedName(event.type);
  // The client returns malformed JSON as a string, and binary content as bytes.
  if (!isObject(data)) throw fail("its data is not a JSON object");
  const problem = metadataProblem(metadata);
  if (problem !== undefined) throw fail(problem);
  const known = metadata as Metadata;
  let current: object;
  try {
    current = upcast(types[type] as EventSchema, known.schemaVersion, data);
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const recorded = { stream, revision, position, id, type, data: current, metadata: known };
  // The only cast to the event's type: `assertWritable` checked the event against the catalogue when it was written.
  return (current === data ? recorded : { ...recorded, stored: data }) as RecordedEvent;
};

const upcast = ({ version, upcast: upcasters }: EventSchema, stored: number, data: object): object => {
  if (stored > version) throw new Error(`schema version ${stored} is newer than this program's ${version}`);
  if (stored === version) return data;
  // Upcasters get a copy: audits hash the stored data.
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
  if (fields.origin !== undefined && !origins.includes(fields.origin as Origin)) return "metadata.origin is unknown";
  if (fields.role !== undefined && (typeof fields.role !== "string" || fields.role === "")) {
    return "metadata.role is no text";
  }
  const version = fields.schemaVersion;
  return Number.isSafeInteger(version) && (version as number) >= 1 ? undefined : "metadata.schemaVersion is missing";
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
