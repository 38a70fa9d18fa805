import { type EventTypes } from "./codec.js";

/**
 * Every event type of the domain with the current version of its schema. Decoding refuses what is not listed.
 *
 * Adding an optional field needs no new version; anything else does: raise `version` and add an upcaster from the old
 * one. Each type and version has a frozen example, `examples/<Type>.v<N>.json`; codec.unit.spec.ts says how to add one.
 */
export const eventTypes: EventTypes = {};
