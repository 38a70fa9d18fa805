import { type Day, dayOf } from "./calendar.js";

/** A moment in milliseconds since 1970, UTC. */
export type Moment = number;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const found = formats.get(zone);
  if (found !== undefined) return found;
  const made = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  formats.set(zone, made);
  return made;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

export const dateIn = (zone: string, moment: Moment): Day =>
  zone === "UTC" ? Math.floor(moment / DAY_MS) : dayOf(formatOf(zone).format(moment));

const hours = new Map<string, Intl.DateTimeFormat>();

function hourIn(zone: string, moment: Moment): number {
  const format =
    hours.get(zone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  hours.set(zone, format);
  const [hour = 0, minute = 0] = format
    .format(moment)
    .split(":")
    .map((part) => parseInt(part, 10));
  return hour + minute / 60;
}

const noons = new Map<string, Moment>();

export function noonIn(zone: string, day: Day): Moment {
  const key = `${zone} ${day}`;
  const found = noons.get(key) ?? findNoon(zone, day);
  noons.set(key, found);
  return found;
}

/** When the clocks first show a time such as "23:59:50" on a day; one that they skip is an hour behind the hour before. */
export function timeIn(zone: string, day: Day, time = "12:00:00"): Moment {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map((part) => parseInt(part, 10));
  const sinceMidnight = (hours * 60 + minutes) * 60_000 + seconds * 1000;
  const utc = day * DAY_MS + sinceMidnight;
  if (zone === "UTC") return utc;
  for (let quarter = -15 * 4; quarter <= 15 * 4; quarter++) {
    const moment = utc + quarter * 900_000;
    if (hourIn(zone, moment) === hours + minutes / 60 && dateIn(zone, moment) === day) return moment;
  }
  if (hours === 0) throw new Error(`${zone} has no ${time} on day ${day}`);
  return timeIn(zone, day, `${hours - 1}:${minutes}:${seconds}`) + 3_600_000;
}

/** Looked for by trying: the quarter hour of which the zone says that it is noon of that day. */
function findNoon(zone: string, day: Day): Moment {
  const utc = day * DAY_MS + DAY_MS / 2;
  if (zone === "UTC") return utc;
  for (let quarter = -15 * 4; quarter <= 15 * 4; quarter++) {
    const moment = utc + quarter * 900_000;
    if (hourIn(zone, moment) === 12 && dateIn(zone, moment) === day) return moment;
  }
  throw new Error(`${zone} has no noon on day ${day}`);
}
