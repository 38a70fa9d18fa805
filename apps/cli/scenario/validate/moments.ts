import { type BillingPeriodType } from "#domain/billing-periods.js";
import { atTime, dateOf, type Instant, type LocalDate, noon, type TimeZone } from "#domain/calendar.js";
import { changeCustomerBilling } from "#domain/customers/change-billing.js";
import { type Customer, customerEvolver, timeZoneOn } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { Rejection } from "#domain/rejection.js";
import { type Action, type CustomerAction } from "../actions.js";
import { type Whose } from "../schema/steps/step.js";

/** How a customer of the file is billed when it is created, at the instant of the first step. */
export interface FirstBilling {
  readonly billingPeriod: BillingPeriodType;
  /** null: the day of its creation. */
  readonly anniversaryDay: number | null;
  readonly timeZone: TimeZone;
}

type ChangeBilling = Extract<CustomerAction, { readonly kind: "changeBilling" }>;

/**
 * Instants of steps: noon of their day in their customer's time zone on that day, of a call its answer. Follows the file step by step, with
 * changes of the billing, opened accounts, assigned and transferred commitments, payments.
 */
export class Moments {
  private readonly billings = new Map<string, FirstBilling>();
  /** Customers as the domain has them, of those whose billing was changed. */
  private readonly changed = new Map<string, Customer>();
  private readonly customerOfAccount = new Map<string, string>();
  private readonly customerOfCommitment = new Map<string, string>();
  private readonly customerOfPayment = new Map<string, string>();
  private readonly accountOfCall = new Map<string, string>();
  private readonly named: Set<TimeZone>;
  private first: Instant | undefined;

  constructor(private readonly fileZone: TimeZone) {
    this.named = new Set([fileZone]);
  }

  addCustomer(name: string, billing: FirstBilling): void {
    this.named.add(billing.timeZone);
    this.billings.set(name, billing);
  }

  addAccount(id: string, customer: string): void {
    this.customerOfAccount.set(id, customer);
  }

  /** Applies the effects of an accepted step, which happens at an instant, for the steps after it. */
  follow(action: Action, at: Instant): void {
    if (action.kind === "openAccount") this.addAccount(action.account, action.customer);
    if (action.kind === "assign") this.addCommitment(action.as, action.account);
    if (action.kind === "transfer") this.addCommitment(action.commitment, action.toAccount);
    if (action.kind === "pay" && action.as !== undefined) this.customerOfPayment.set(action.as, action.customer);
    if (action.kind === "changeBilling") this.changeBilling(action, at);
  }

  addCall(key: string, account: string): void {
    this.accountOfCall.set(key, account);
  }

  private addCommitment(as: string, account: string): void {
    const customer = this.customerOfAccount.get(account);
    if (customer !== undefined) this.customerOfCommitment.set(as, customer);
  }

  /** As the server will do it: the change is in force when the billing period ends (docs/rules.md#billing-changes). */
  private changeBilling({ customer, billingPeriod, anniversaryDay, timeZone }: ChangeBilling, now: Instant): void {
    const before = this.changed.get(customer) ?? this.created(customer);
    if (timeZone !== undefined) this.named.add(timeZone);
    try {
      const change = { billingPeriod, anniversaryDay, timeZone, now };
      const events = changeCustomerBilling(change, before, { rowsHeldFrom: () => [] });
      const after = events.reduce((state, event) => customerEvolver.evolve(state, event, ""), before);
      if (after) this.changed.set(customer, after);
    } catch (error) {
      // The server will refuse the step, and change nothing.
      if (!(error instanceof Rejection)) throw error;
    }
  }

  private created(name: string): Customer | null {
    const billing = this.billings.get(name);
    if (billing === undefined || this.first === undefined) return null;
    const { billingPeriod, anniversaryDay, timeZone } = billing;
    const event: CustomerEvent = {
      type: "CustomerCreated",
      data: {
        customerId: name,
        currency: "USD",
        billingPeriod,
        ...(anniversaryDay !== null && { anniversaryDay }),
        timeZone,
        customerClassId: null,
        creditLimit: "0.00",
        effectiveOn: dateOf(this.first, timeZone),
        personal: { name, companyDomain: null, email: null, phone: null },
      },
    };
    return customerEvolver.evolve(null, event, "");
  }

  at(on: LocalDate, whose: Whose): Instant {
    return this.begun(noon(on, this.zoneOf(this.customerOf(whose), on)));
  }

  /** Notes the first step's moment. */
  begun(moment: Instant): Instant {
    this.first ??= moment;
    return moment;
  }

  /** When the clocks of the customer show a time of day, `23:59:50`, on a date. */
  timed(on: LocalDate, time: string, whose: Whose): Instant {
    const [hours = "0", minutes = "0", seconds = "0"] = time.split(":");
    const sinceMidnight = (Number.parseInt(hours, 10) * 60 + Number.parseInt(minutes, 10)) * 60;
    const zone = this.zoneOf(this.customerOf(whose), on);
    return atTime(on, sinceMidnight + Number.parseInt(seconds, 10), zone);
  }

  /** A moment of a date, or another one where that is later on the same date by the clocks of the customer. */
  notBefore(other: Instant | undefined, moment: Instant, on: LocalDate, whose: Whose): Instant {
    if (other === undefined || other <= moment) return moment;
    return dateOf(other, this.zoneOf(this.customerOf(whose), on)) === on ? other : moment;
  }

  private zoneOf(customer: string | undefined, on: LocalDate): TimeZone {
    if (customer === undefined) return this.fileZone;
    const changed = this.changed.get(customer);
    return changed ? timeZoneOn(changed, on) : (this.billings.get(customer)?.timeZone ?? this.fileZone);
  }

  /** Noon of a day in the time zone of the file where it is latest. */
  last(on: LocalDate): Instant {
    return [...this.named].map((zone) => noon(on, zone)).reduce((a, b) => (a > b ? a : b));
  }

  private customerOf(whose: Whose): string | undefined {
    if (whose === null) return undefined;
    if ("customer" in whose) return whose.customer;
    if ("payment" in whose) return this.customerOfPayment.get(whose.payment);
    if ("commitment" in whose) return this.customerOfCommitment.get(whose.commitment);
    return this.customerOfAccount.get("account" in whose ? whose.account : (this.accountOfCall.get(whose.call) ?? ""));
  }
}
