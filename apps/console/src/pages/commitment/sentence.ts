import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type Commitment, type Day } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const STATUS = { PENDING: "pending", ACTIVE: "active", PAUSED: "paused", TERMINATED: "terminated" } as const;

/** What is so on a day: "31 Oct 2020: active, 20.00 - 5.00 = 15.00 a month, ..., leaving costs 499.99". */
export const useDaySentence = (): ((shown: Day, commitment: Commitment) => string) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  return (shown, { customer }) => {
    const { currency, fee, discount, net, discountEndDate, leavingCost, suspended } = shown;
    const amount = (text: string) => money(text, currency);
    const said = { day: day(shown.day), status: say(STATUS[shown.status]) };
    const each = say(customer?.billingPeriod ?? "MONTHLY");
    const priced = fee !== null && net !== null;
    return [
      !priced
        ? say("dayUnpriced", said)
        : discount === null || Number(discount) === 0
          ? say("dayPricedAll", { ...said, net: amount(net), each })
          : say("dayPriced", { ...said, fee: amount(fee), discount: amount(discount), net: amount(net), each }),
      ...(shown.discountOrigin === "CUSTOMER_RATE" ? [say("dayRated")] : []),
      ...(suspended ? [say("daySuspended")] : []),
      ...(discountEndDate === null ? [] : [say("dayEnd", { end: day(discountEndDate) })]),
      ...(leavingCost ? [say("dayLeaving", { total: amount(leavingCost.total) })] : []),
    ].join(", ");
  };
};
