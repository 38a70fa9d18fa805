import { type Amount, big, ZERO } from "#domain/money.js";
import { type Step } from "#domain/step.js";
import { type Telling } from "./telling.js";

/** What a balance due consists of: each kind of movement together, then what is left. */
export const toldBalance = ({ value, of }: Step, say: Telling, money: (amount: Amount) => string): string[] => {
  const due = big(value);
  const left = due.eq(ZERO)
    ? say.owedNothing
    : due.gt(ZERO)
      ? say.owed(money(value))
      : say.inCredit(unsigned(value, money));
  return [...of.flatMap((group) => toldGroup(group, say, money)), left];
};

const toldGroup = ({ what, value, of }: Step, say: Telling, money: (amount: Amount) => string): string[] => {
  const amount = unsigned(value, money);
  switch (what) {
    case "INVOICED":
      return [say.invoiced(of.length, money(value))];
    case "CREDITED":
      return [say.credited(of.length, amount)];
    case "PAID":
      return [say.paid(of.length, amount)];
    case "PAYMENT_REVERSED":
      return [say.reversed(of.length, amount)];
    case "REFUNDED":
      return [say.refunded(of.length, amount)];
    case "WRITTEN_OFF":
      return [say.writtenOff(amount)];
    case "WRITE_OFF_UNDONE":
      return [say.writeOffUndone(amount)];
    default:
      return [];
  }
};

/** A movement that lessens what is owed is below zero; which way it goes is said by the sentence. */
const unsigned = (amount: Amount, money: (amount: Amount) => string): string => money(big(amount).abs().toFixed());
