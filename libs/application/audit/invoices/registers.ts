import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { CREDIT_NOTES, INVOICES } from "#read-models/billing/numbers.js";
import { type Streams } from "./basis-replay.js";
import { cutStreams, type Sides } from "./cut-streams.js";
import { seriesDifferences } from "./series.js";
import { type Tally } from "./tally.js";

/** The streams of the registers of both series. */
export const registersOf = (providerId: string): string[] =>
  [INVOICES, CREDIT_NOTES].map((series) => streamName(providerId, "register", series));

/** What a register's events say, as far as they are covered. */
export const assignedIn = (events: readonly RecordedEvent[], tally: Tally) =>
  ofType(events, "NumbersAssigned").filter((event) => tally.isCovered(event));

/** The registers of both series, whole, whoever's documents are asked for: the numbers rest on them. */
export const proveRegisters = async (registers: Streams, sides: Sides): Promise<void> => {
  const { providerId, tally } = sides;
  tally.verifyChains(registers);
  for (const difference of await cutStreams(registersOf(providerId), registers, sides)) tally.add(difference);
  for (const events of registers.values()) {
    for (const difference of seriesDifferences(assignedIn(events, tally))) tally.add(difference);
  }
};
