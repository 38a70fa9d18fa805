import { expect, it } from "vitest";
import { type LocalDate } from "#domain/calendar.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { assigned } from "#domain/spec-support/history.js";
import { dropPause, factsOf, pause, setEnd, told, type Told } from "#domain/spec-support/story.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { momentOf } from "./moment.js";
import { selectEvents } from "./select-events.js";

const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
const facts = factsOf({}, { closedDays: { backDatingDays: 90, reason: "Told late" } });
const NAME = streamName("00000000-0000-4000-8000-000000000000", "commitment", "00000000-0000-4000-8000-000000000001");

/** Steps as the stream that they leave, each recorded at noon of its day. */
const streamOf = (steps: Told): RecordedEvent[] => {
  const days = ["2019-10-31", ...steps.map(([day]) => day)];
  return told(start, steps, facts).map(
    (event, place) =>
      ({
        ...{ ...event, id: `event-${place + 1}`, stream: NAME, revision: BigInt(place) },
        ...{ position: { commit: BigInt(place), prepare: BigInt(place) } },
        metadata: { recordedAt: `${days[place] ?? ""}T12:00:00.000Z` },
      }) as unknown as RecordedEvent,
  );
};

/** The discount end date as of a day. */
const endOf = (steps: Told, day: LocalDate): LocalDate | null => {
  const moment = momentOf({ day, knownAt: null }, "2030-01-01T00:00:00.000Z", "UTC");
  const { events } = selectEvents([streamOf(steps)], [], moment);
  const state = events.reduce<Commitment | null>(
    (before, event) => commitmentEvolver.evolve(before, event as CommitmentEvent, event.id),
    null,
  );
  return state && discountEndOn(state, day);
};

it("as of a day, bounds of the discount end date are those of what counts, whatever was known of later days", () => {
  const base: Told = [
    ["2020-07-15", pause({ from: "2020-12-20", until: "2021-02-17" })],
    ["2020-07-21", setEnd("2020-12-31")],
  ];
  const later: Told = [
    ["2020-10-20", dropPause("2020-12-20")],
    ["2020-12-05", pause({ from: "2020-12-10", until: "2020-12-20", effectiveOn: "2020-11-08" })],
  ];
  const back: Told = [["2020-12-06", pause({ from: "2020-09-25", until: "2020-09-26" })]];
  for (const day of ["2020-09-27", "2020-10-19"]) {
    expect(endOf([...base, ...later, ...back], day), day).toBe("2021-01-02");
    expect(endOf([...base, ...back], day), day).toBe("2021-01-02");
  }
  expect(endOf([...base, ...later, ...back], "2020-12-06")).not.toBe("2021-01-02");
});
