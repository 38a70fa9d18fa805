import { addDays, type LocalDate } from "#domain/calendar.js";
import { type Language } from "#domain/language.js";
import { type Amount, big, type Currency, formatExact, round, roundingModes } from "#domain/money.js";
import { type Step } from "#domain/step.js";
import { type DateStyle } from "../document.js";
import { amountText, longDate, numberText, periodText } from "../formats.js";
import { TELLING_EN } from "./en.js";
import { TELLING_IT } from "./it.js";
import { toldBalance } from "./tell-balance.js";
import { toldInvoiceState, toldUnused } from "./tell-money.js";
import { toldStatus } from "./tell-status.js";
import { type Telling } from "./telling.js";

/** In whose words a calculation is told. */
export interface Told {
  readonly language: Language;
  readonly dates: DateStyle;
  readonly currency: Currency;
  /** Numbers of issued documents, by id. */
  readonly numbers: ReadonlyMap<string, string>;
}

const TELLINGS: Readonly<Record<Language, Telling>> = { EN: TELLING_EN, IT: TELLING_IT };

/** Decimals of an exact amount that are said: those of thirds never end. */
const MOST_DECIMALS = 6;

/** A calculation in sentences, the result last: what a customer could be read on the phone. */
export const told = (step: Step, how: Told): string[] => new Teller(how).told(step);

class Teller {
  private readonly say: Telling;

  private readonly texts = {
    money: (amount: Amount) => this.money(amount),
    day: (date: LocalDate) => this.day(date),
  };

  constructor(private readonly how: Told) {
    this.say = TELLINGS[how.language];
  }

  told(step: Step): string[] {
    switch (step.what) {
      case "NET":
        return this.net(step);
      case "DISCOUNT_END":
      case "DISCOUNT_END_SET":
        return [...this.discountEnd(step), this.say.lastDiscounted(this.dayBefore(step.value))];
      case "STATUS":
        return (
          toldInvoiceState(step, this.say, this.texts) ??
          toldStatus(step, this.say, { ...this.texts, period: (part) => this.period(part) })
        );
      case "BALANCE":
        return toldUnused(step, this.say, this.texts);
      case "BALANCE_DUE":
        return toldBalance(step, this.say, (amount) => this.money(amount));
      default:
        return this.amount(step, step.description ?? "");
    }
  }

  private net({ of: [fee, discount], value, description }: Step): string[] {
    if (!fee || !discount) return [];
    const what = description?.replace(PREFIXES, "") ?? "";
    const told = [...this.amount(fee, what), ...this.amount(discount, what)];
    if (isZero(discount.value)) return told;
    return [...told, this.say.leaves(this.money(fee.value), this.money(discount.value), this.money(value))];
  }

  /** A fee or a discount, from whatever it comes. */
  private amount(step: Step, what: string): string[] {
    const { say } = this;
    const isAdjusted = step.of.some((part) => part.what === "DUE");
    if (isAdjusted) return this.adjusted(step, what);
    switch (step.operation) {
      case "GIVEN":
        return this.given(step, what);
      case "ROUNDED":
        return step.of[0]?.what === "USAGE" ? this.used(step, step.of[0], what) : this.prorated(step, step, what);
      case "ALLOCATED":
        return step.of[0]?.what === "AT_MOST" ? this.shared(step, what) : this.allocated(step, what);
      case "LEAST": {
        const [agreed] = step.of;
        return [...(agreed ? this.amount(agreed, what) : []), say.atMostFee(this.money(step.value))];
      }
      case "SUM":
        return this.claimed(step, what);
      case "NEGATED": {
        const [claimed] = step.of;
        if (claimed?.what === "LINE_BILLED") return isZero(step.value) ? [] : [say.undone(this.money(step.value))];
        return [...(claimed ? this.amount(claimed, what) : []), say.waived(this.money(claimed?.value ?? "0"))];
      }
      default:
        return [];
    }
  }

  private given(step: Step, what: string): string[] {
    const { say } = this;
    const amount = this.money(step.value);
    const day = step.days === null ? "" : this.day(step.days.from);
    if (isZero(step.value)) return [];
    switch (step.what) {
      case "ONE_TIME_FEE":
        return [say.oneTimeFee(what, amount, day)];
      case "ONE_TIME_DISCOUNT":
        return [say.oneTimeDiscount(amount)];
      case "TRANSFER_FEE":
        return [say.transferFee(amount, day)];
      case "FIXED_PENALTY":
        return [...this.ended(step), say.fixedPenalty(what, amount)];
      default:
        return [];
    }
  }

  /** What calls come to, before they are rounded and then. */
  private used({ value }: Step, calls: Step, what: string): string[] {
    const [count, seconds] = ["CALLS", "CHARGED_SECONDS"].map((reason) =>
      Number.parseInt(calls.because.find((step) => step.what === reason)?.value ?? "0", 10),
    );
    const told = { count: count ?? 0, seconds: numberText((seconds ?? 0).toString(), this.how.language) };
    const sentence = this.say.calls(what, { ...told, exact: this.exact(calls.value), days: this.period(calls) });
    return big(calls.value).eq(big(value)) ? [sentence] : [sentence, this.say.rounded(this.money(value))];
  }

  /** @param whole what is told of: a part that was rounded, or the rounded total that it is a part of */
  private prorated(whole: Step, { value }: Step, what: string): string[] {
    const [share] = whole.of;
    const [unit, charged, period] = share?.of ?? [];
    if (!share || !unit || !charged || !period) return [];
    const about = this.unit(unit, what);
    if (charged.value === period.value) {
      if (unit.what === "UNIT_FEE") return [this.say.wholeFee(what, this.money(value), this.period(period))];
      return about;
    }
    if (isZero(unit.value)) return about;
    const exact = this.exact(share.value);
    const days = this.period(charged);
    const part = this.say.part(
      Number.parseInt(charged.value, 10),
      Number.parseInt(period.value, 10),
      days,
      this.exact(unit.value),
      exact,
    );
    const isRounded = !big(share.value).eq(big(value));
    return [...about, part, ...(isRounded ? [this.say.rounded(this.money(value))] : [])];
  }

  /** What is prorated: the fee of a whole period, or its discount with why it is given. */
  private unit(unit: Step, what: string): string[] {
    const { say } = this;
    if (unit.what === "UNIT_FEE") return [say.fee(what, this.exact(unit.value))];
    const [ending] = unit.because;
    if (unit.operation === "SHARE") {
      const [fee, rate] = unit.of;
      if (!fee || !rate || isZero(unit.value)) return [];
      return [
        say.rateDiscount(numberText(rate.value, this.how.language), this.money(fee.value), this.exact(unit.value)),
      ];
    }
    if (isZero(unit.value)) return ending ? [say.discountOver(this.dayBefore(ending.value))] : [];
    const amount = this.exact(unit.value);
    return [ending ? say.discountUntil(amount, this.dayBefore(ending.value)) : say.discount(amount)];
  }

  private allocated(step: Step, what: string): string[] {
    const [whole, ...shares] = step.of;
    const own = shares[step.place ?? 0];
    const [unit, charged, period] = whole?.of[0]?.of ?? [];
    if (!whole || !own || !unit || !charged || !period) return [];
    const about = this.unit(unit, what);
    if (isZero(unit.value)) return about;
    const together = this.say.allocated(
      Number.parseInt(charged.value, 10),
      Number.parseInt(period.value, 10),
      this.money(whole.value),
      this.money(step.value),
    );
    return [...about, together];
  }

  /** A sum that a penalty charges: discounts given, or fees left to pay. */
  private claimed(step: Step, what: string): string[] {
    const { say } = this;
    const amount = this.money(step.value);
    const compared = step.because.find(({ what: reason }) => reason === "AT_MOST");
    switch (step.what) {
      case "REMAINING_FEES":
        return [...this.ended(step), say.remaining(this.runs(step.of), amount), say.remainingCharged(what, amount)];
      case "DISCOUNTS_GIVEN":
        return [
          ...this.ended(step),
          say.given(this.runs(step.of), amount),
          ...(compared ? [this.comparison(compared)] : []),
          say.chargedBack(what, amount),
        ];
      default:
        return step.of.flatMap((part) => this.amount(part, what));
    }
  }

  /** A part of the fees that were left to pay, which were less than what was given. */
  private shared(step: Step, what: string): string[] {
    const [least] = step.of;
    if (!least) return [];
    return [...this.ended(step), this.comparison(least), this.say.shared(what, this.money(step.value))];
  }

  private comparison({ of: [given, remaining], value }: Step): string {
    return this.say.lesser(this.money(given?.value ?? "0"), this.money(remaining?.value ?? "0"), this.money(value));
  }

  private ended({ because }: Step): string[] {
    const lastDay = because.find(({ what }) => what === "LAST_CHARGED_DAY");
    const ending = because.find(({ what }) => what === "DISCOUNT_END" || what === "DISCOUNT_END_SET");
    if (!lastDay) return [];
    const day = this.day(lastDay.value);
    return [ending ? this.say.endedEarly(day, this.dayBefore(ending.value)) : this.say.ended(day)];
  }

  private adjusted(step: Step, what: string): string[] {
    const { say } = this;
    const [due, billed] = step.of;
    if (!due || !billed || (isZero(due.value) && isZero(billed.value))) return [];
    const why = due.of.flatMap((line) => line.of.flatMap((part) => this.amount(part, what)));
    const documents = billed.of.map((line) =>
      say.onDocument(this.period(line), this.money(line.value), this.document(line)),
    );
    const voided = due.because.find(({ what: reason }) => reason === "VOIDED_ON");
    const nothing = voided ? say.invoiceVoid(this.day(voided.value)) : say.nothingDue;
    return [
      ...why,
      isZero(due.value) ? nothing : say.due(this.money(due.value)),
      documents.length === 0 ? say.nothingBilled : say.billed(this.money(billed.value), say.and(documents)),
      say.corrected(this.money(step.value)),
    ];
  }

  private discountEnd(step: Step): string[] {
    const { say } = this;
    const [before, by] = step.of;
    if (step.operation === "GIVEN") return [say.discountEndSet(this.dayBefore(step.value))];
    if (!before || !by) return [];
    const day = this.dayBefore(step.value);
    const earlier = this.discountEnd(before);
    switch (by.what) {
      case "NOT_LATER_THAN":
        return before.value === step.value ? earlier : [...earlier, say.notLater(day)];
      case "NOT_EARLIER_THAN":
        return before.value === step.value ? earlier : [...earlier, say.notEarlier(day)];
      case "DAYS_ADDED": {
        const [paused, included] = by.of;
        if (!paused || !included) return earlier;
        const [count, counted] = [paused, included].map(({ value }) => Number.parseInt(value, 10));
        return [...earlier, say.pauseIncluded(this.period(paused), count ?? 0, counted ?? 0, day)];
      }
      default:
        return [...earlier, say.pauseMoved(this.period(by), Number.parseInt(by.value, 10), day)];
    }
  }

  /** Amounts one after the other, neighbours that are equal drawn together. */
  private runs(parts: readonly Step[]): string {
    const runs: Step[][] = [];
    for (const part of parts) {
      const last = runs.at(-1);
      if (last?.[0]?.value === part.value) last.push(part);
      else runs.push([part]);
    }
    return this.say.and(runs.map((run) => this.run(run)));
  }

  private run(run: readonly Step[]): string {
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) return "";
    const [each = first, count = null] = first.what === "REMAINING_PERIODS" ? first.of : [first];
    if (run.length === 1 && !count) return this.say.once(this.money(first.value), this.period(first));
    const times = count ? Number.parseInt(count.value, 10) * run.length : run.length;
    const [from, until] = [first.days?.from, last.days?.until];
    const amount = this.money(each.value);
    return this.say.times(times, amount, from ? this.day(from) : "", until ? this.day(until) : "");
  }

  private money(amount: Amount): string {
    const { currency, language } = this.how;
    return amountText(formatExact(big(amount), currency), currency, language);
  }

  /** An amount that need not be rounded; of decimals that never end the first, unless these would be rounded otherwise. */
  private exact(amount: Amount): string {
    const { currency } = this.how;
    const exact = big(amount);
    const near = exact.round(MOST_DECIMALS, 1);
    const isSame = roundingModes.every((mode) => round(near, currency, mode).eq(round(exact, currency, mode)));
    return this.money((isSame ? near : exact.round(MOST_DECIMALS, 0)).toFixed());
  }

  private day(date: LocalDate): string {
    return longDate(date, this.how.dates, this.how.language);
  }

  /** A first day without is told by the day before it. */
  private dayBefore(date: LocalDate): string {
    return this.day(addDays(date, -1));
  }

  private period({ days }: Step): string {
    return days === null ? "" : periodText(days, this.how.dates, this.how.language);
  }

  private document({ on }: Step): string {
    return (on && this.how.numbers.get(on.invoiceId)) ?? this.say.anEarlierDocument;
  }
}

/** What the billing puts before the description of a row, in English. */
const PREFIXES = /^(Early termination|Transfer fee|Calls received|Calls made): /;

const isZero = (amount: Amount): boolean => big(amount).eq(big("0"));
