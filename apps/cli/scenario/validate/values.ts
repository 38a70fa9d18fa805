import { isLocalDate, isTimeZone, type LocalDate, type TimeZone } from "#domain/calendar.js";
import { rejectionCodes, type RejectionCode } from "#domain/rejection.js";
import { missingCapability, missingValues, type Place as CapabilityPlace } from "../capabilities.js";
import { type Place, type Reader } from "./place.js";

export const text: Reader<string> = (at) => {
  const value = at.scalar;
  if (typeof value === "string") return value;
  const hint = typeof value === "number" || typeof value === "boolean" ? ": put it in quotes" : "";
  return at.refuse(`${at.label} must be text, not ${at.description}${hint}`);
};

/** Any decimal text, negative or too fine too: whether it is an amount of the currency is the server's to say. */
export const money: Reader<string> = (at) => {
  const value = at.scalar;
  if (typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value)) return value;
  return at.refuse(`${at.label} must be a decimal text such as "15.00", not ${at.description}`);
};

export const date: Reader<LocalDate> = (at) => {
  const value = at.scalar;
  if (typeof value === "string" && isLocalDate(value)) return value;
  return at.refuse(`${at.label} must be a date such as 2020-08-01, not ${at.description}`);
};

/** A whole number that fits the API's integers; its bounds are the server's. */
export const whole: Reader<number> = (at) => {
  const value = at.scalar;
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
  return at.refuse(`${at.label} must be a whole number, not ${at.description}`);
};

/** 1 to 31, whatever the month. */
export const dayOfMonth: Reader<number> = (at) => {
  const day = whole(at);
  return day >= 1 && day <= 31 ? day : at.refuse(`${at.label} must be a day from 1 to 31, not ${at.description}`);
};

export const flag: Reader<boolean> = (at) => {
  const value = at.scalar;
  return typeof value === "boolean" ? value : at.refuse(`${at.label} must be true or false, not ${at.description}`);
};

export const nullable =
  <T>(read: Reader<T>): Reader<T | null> =>
  (at) =>
    at.scalar === null ? null : read(at);

export const timeZone: Reader<TimeZone> = (at) => {
  const zone = text(at);
  return isTimeZone(zone) ? zone : at.refuse(`"${zone}" is not an IANA time zone such as Europe/Berlin`);
};

export const rejectionCode: Reader<RejectionCode> = (at) => {
  const code = text(at);
  return rejectionCodes.find((known) => known === code) ?? at.refuse(`"${code}" is not a rejection code`);
};

/** One of the words that exist already; one that only the format knows is refused as a missing capability. */
export const word =
  <T extends string>(words: readonly T[], place: CapabilityPlace | null = null): Reader<T> =>
  (at) => {
    const value = text(at);
    const found = words.find((known) => known === value);
    if (found !== undefined) return found;
    requireCapability(at, place, value);
    const all = [...words, ...(place === null ? [] : missingValues(place))];
    return at.refuse(`${at.label} must be one of ${all.join(", ")}, not "${value}"`);
  };

/** Refuses a value whose capability does not exist yet. */
export const requireCapability = (at: Place, place: CapabilityPlace | null, value: string): void => {
  const missing = place === null ? undefined : missingCapability(place, value);
  if (missing !== undefined) at.refuse(missing);
};

/** A field that can only hold its default so far: read as what it will be, refused when it differs. */
export const onlyDefault =
  <T>(field: string, read: Reader<T>, preset: T): Reader<void> =>
  (at) => {
    if (JSON.stringify(read(at)) !== JSON.stringify(preset)) requireCapability(at, "field", field);
  };
