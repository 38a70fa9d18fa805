import { dayIn } from "./date-format.js";

/** A time of day in a zone at a point in time: `14:05`, or `14:05:30` where it has seconds. @param instant RFC 3339 */
export const timeIn = (zone: string, instant: string): string => {
  const wall = new Date(wallClock(zone, Date.parse(instant))).toISOString();
  return wall.slice(17, 19) === "00" ? wall.slice(11, 16) : wall.slice(11, 19);
};

/** The time of day that somebody typed, with a colon or a point: `14:05`; null: it is none. */
export const timeOf = (typed: string): string | null => {
  const [, hour = "", minute = "", second] = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(typed.trim()) ?? [];
  const isTime = hour !== "" && Number(hour) < 24 && Number(minute) < 60 && Number(second ?? "0") < 60;
  if (!isTime) return null;
  const time = `${hour.padStart(2, "0")}:${minute}`;
  return second === undefined || second === "00" ? time : `${time}:${second}`;
};

/**
 * The point in time at which a zone's clocks show a day and a time. What they show twice is the first time; what they
 * leave out is as much later as they leave out.
 * @param day ISO date @param time `HH:MM` or `HH:MM:SS` @returns RFC 3339, in UTC
 */
export const instantIn = (zone: string, day: string, time: string): string => {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  // By the offset before a change of the clocks, and by that after it.
  const [early, late] = [wall - offsetAt(zone, wall - DAY), wall - offsetAt(zone, wall + DAY)];
  const isLate = wallClock(zone, early) !== wall && wallClock(zone, late) === wall;
  return new Date(isLate ? late : early).toISOString();
};

const DAY = 86_400_000;

const offsetAt = (zone: string, at: number): number => wallClock(zone, at) - at;

/** What a zone's clocks show, as if they were those of UTC. In milliseconds; its own are left out. */
const wallClock = (zone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat("en-GB-u-ca-iso8601-nu-latn", {
    ...{ timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const day = dayIn(zone, new Date(at).toISOString());
  return Date.parse(`${day}T${part("hour")}:${part("minute")}:${part("second")}Z`);
};
