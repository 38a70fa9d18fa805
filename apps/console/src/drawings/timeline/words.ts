import { dayNumber } from "../days.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useSentence } from "../../texts/sentence.js";
import { type Timeline, type TimelineEvent, type TimelineShift } from "./data.js";
import { type Shape } from "./shapes.js";
import { timelineTexts } from "./texts.js";

/** What a shape says: in the drawing's details, in its accessible name and in the list. */
export interface ShapeWords {
  readonly what: string;
  /** First and last day, as one text. */
  readonly days: string;
  readonly details: readonly string[];
  /** Who did it, when and why; on a day on which it was recorded. */
  readonly events: readonly { readonly told: string; readonly reason: string | null }[];
}

/** Puts shapes into the reader's words. */
export const useShapeWords = (data: Timeline): ((shape: Shape) => ShapeWords) => {
  const say = useSay(timelineTexts);
  const { day, instant } = useDates();
  const { money } = useMoney();
  const sentence = useSentence();
  const amount = (text: string) => money(text, data.currency);
  const events = new Map(data.events.map((event) => [event.id, event]));
  const told = (ids: readonly string[]) =>
    ids
      .flatMap((id) => events.get(id) ?? [])
      .map(({ summaryParts, actorName, recordedAt, reason }: TimelineEvent) => ({
        told: say("by", { summary: sentence(summaryParts), actor: actorName, recorded: instant(recordedAt) }),
        reason: reason === null ? null : say("reason", { reason }),
      }));
  const range = (from: string, until: string | null): string =>
    until === null ? say("since", { from: day(from) }) : say("days", { from: day(from), until: day(until) });
  const cause = ({ cause: name, causeFrom, causeUntil }: TimelineShift): string =>
    name === "PAUSE" && causeFrom !== null
      ? causeUntil === null
        ? say("causePAUSEopen", { from: day(causeFrom) })
        : say("causePAUSE", { from: day(causeFrom), until: day(causeUntil) })
      : name === "PAUSE"
        ? say("pauseEnded")
        : say(`cause${name}`);

  return (shape) => {
    const words = (what: string, details: readonly string[] = [], ids: readonly string[] = []): ShapeWords => ({
      what,
      days: shape.from === shape.until ? day(shape.from) : range(shape.from, shape.until),
      details,
      events: told(ids),
    });
    switch (shape.kind) {
      case "period": {
        const { state, net, invoices } = shape.of;
        const name = ({ CLOSED: "closed", RUNNING: "running", COMING: "coming" } as const)[state];
        return words(say(name), [say("net", { amount: amount(net) }), ...invoices.map(({ number }) => number)]);
      }
      case "periods": {
        const state = shape.of[0]?.state ?? "COMING";
        const name = ({ CLOSED: "closedMany", RUNNING: "runningMany", COMING: "comingMany" } as const)[state];
        return words(say(name, { count: shape.of.length }));
      }
      case "service":
        return words(say(shape.coming ? "servedComing" : "served"));
      case "pause": {
        const { status, selfCare, from, until, eventIds } = shape.of;
        const name = {
          SCHEDULED: "pauseScheduled",
          RUNNING: "pauseRunning",
          ENDED: "pauseEnded",
          CANCELLED: "pauseCancelled",
        } as const;
        return words(
          say(name[status]),
          [
            until === null ? say("openEnd") : say("countDays", { days: dayNumber(until) - dayNumber(from) + 1 }),
            ...(selfCare ? [say("bySelfCare")] : []),
          ],
          eventIds,
        );
      }
      case "request":
        return words(say("request"), [say("waits")]);
      case "suspension":
        return words(say("suspension"), [], shape.of.eventIds);
      case "cap": {
        const { scheduled, early, eventIds } = shape.of;
        return words(say(scheduled ? "capScheduled" : "cap"), [say(early ? "early" : "notEarly")], eventIds);
      }
      case "agreement": {
        const { name, eventIds } = shape.of;
        const { fee, discount, net } = shape.price;
        const price = { fee: amount(fee), discount: amount(discount), net: amount(net) };
        const how = shape.rate ? [say("rated", { rate: shape.rate.rate })] : [];
        const told = say(Number(discount) === 0 ? "priceWithout" : "price", price);
        return words(name, [told, ...how], [...eventIds, ...(shape.rate?.eventIds ?? [])]);
      }
      case "upgrade": {
        const { addOnProduct, thenUpgradeTo, eventIds } = shape.of;
        const then = thenUpgradeTo === null ? [] : [say("thenUpgrade", { name: thenUpgradeTo })];
        return words(say("upgrade", { addOn: addOnProduct?.name ?? "" }), then, eventIds);
      }
      case "discount":
        return shape.rate
          ? words(say("rated", { rate: shape.rate.rate }), [], shape.rate.eventIds)
          : words(say("discounted"));
      case "end":
        return words(say(shape.open ? "endOpen" : "end"));
      case "shift": {
        const { from, to, days, eventIds } = shape.of;
        if (from === null || days === null) return words(say("set", { how: cause(shape.of) }), [], eventIds);
        return {
          ...words(say("shiftBy", { days }), [cause(shape.of)], eventIds),
          days: say("moved", { before: day(from), after: day(to) }),
        };
      }
      case "given": {
        const { total, on, issued } = shape.of;
        return words(say("given"), [
          say("givenOn", { total: amount(total), on: day(on) }),
          ...(issued ? [] : [say("notIssued")]),
        ]);
      }
      case "penalty":
        return words(say(shape.of.waived ? "penaltyWaived" : "penalty"), [amount(shape.of.amount)]);
    }
  };
};

/** One sentence of it all, for those who hear it. */
export const spoken = ({ what, days, details }: ShapeWords): string => [what, days, ...details].join(", ");
