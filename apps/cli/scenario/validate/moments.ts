import {
  type BillingCycle,
  dateOf,
  dayOfMonth,
  lastNthThrough,
  type Instant,
  type LocalDate,
  noon,
  periodContaining,
  type TimeZone,
} from "#domain/calendar.js";
import { type Action } from "../actions.js";
import { type Whose } from "../schema/steps/step.js";

/**
 * Instants of steps: noon of their day in their customer's time zone on that day. Follows the file step by step, with
 * changes of time zones, opened accounts, assigned and transferred commitments.
 */
export class Moments {
  private readonly zones = new Map<string, { inForceFrom: LocalDate; zone: TimeZone }[]>();
  /** Day of the month on which a customer's billing periods start; null: the day of the first step; absent: the 1st. */
  private readonly anniversaries = new Map<string, number | null>();
  private readonly customerOfAccount = new Map<string, string>();
  private readonly customerOfCommitment = new Map<string, string>();
  private readonly named: Set<TimeZone>;
  /** The instant of the first step, at which customers are created. */
  private first: Instant | undefined;

  constructor(private readonly fileZone: TimeZone) {
    this.named = new Set([fileZone]);
  }

  addCustomer(name: string, zone: TimeZone): void {
    this.named.add(zone);
    this.zones.set(name, [{ inForceFrom: "", zone }]);
  }

  /** @param day null: the day on which the customer is created */
  setAnniversary(customer: string, day: number | null): void {
    this.anniversaries.set(customer, day);
  }

  addAccount(id: string, customer: string): void {
    this.customerOfAccount.set(id, customer);
  }

  /** Applies the effects of an accepted step for the steps after it. */
  follow(action: Action, on: LocalDate): void {
    if (action.kind === "openAccount") this.addAccount(action.account, action.customer);
    if (action.kind === "assign") this.addCommitment(action.as, action.account);
    if (action.kind === "transfer") this.addCommitment(action.commitment, action.toAccount);
    if (action.kind === "changeBilling") this.changeZone(action.customer, on, action.timeZone);
  }

  private addCommitment(as: string, account: string): void {
    const customer = this.customerOfAccount.get(account);
    if (customer !== undefined) this.customerOfCommitment.set(as, customer);
  }

  /**
   * A new zone takes effect when the billing period ends (docs/rules.md#time-zone); until then another one may replace
   * it.
   */
  private changeZone(customer: string, on: LocalDate, zone: TimeZone): void {
    const zones = this.zones.get(customer) ?? [];
    const inForceFrom = periodContaining(this.cycle(customer, on), on).to;
    const before = zones.filter((earlier) => earlier.inForceFrom < inForceFrom);
    this.zones.set(customer, [...before, { inForceFrom, zone }]);
    this.named.add(zone);
  }

  at(on: LocalDate, whose: Whose): Instant {
    const customer = this.customerOf(whose);
    const zones = customer === undefined ? [] : (this.zones.get(customer) ?? []);
    const moment = noon(on, zones.findLast(({ inForceFrom }) => inForceFrom <= on)?.zone ?? this.fileZone);
    this.first ??= moment;
    return moment;
  }

  /** Noon of a day in the time zone of the file where it is latest. */
  last(on: LocalDate): Instant {
    return [...this.named].map((zone) => noon(on, zone)).reduce((a, b) => (a > b ? a : b));
  }

  private cycle(customer: string, on: LocalDate): BillingCycle {
    const day = this.anniversaries.get(customer);
    if (day === undefined) return { type: "MONTHLY", anchor: null };
    const zone = this.zones.get(customer)?.[0]?.zone ?? this.fileZone;
    const created = this.first === undefined ? on : dateOf(this.first, zone);
    return { type: "MONTHLY_ANNIVERSARY", anchor: lastNthThrough(day ?? dayOfMonth(created), created) };
  }

  private customerOf(whose: Whose): string | undefined {
    if (whose === null) return undefined;
    if ("customer" in whose) return whose.customer;
    return "account" in whose
      ? this.customerOfAccount.get(whose.account)
      : this.customerOfCommitment.get(whose.commitment);
  }
}
