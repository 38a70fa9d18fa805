import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { REFUSE } from "#domain/customers/closed-days.js";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import {
  changeCustomerContact,
  changeCreditLimit,
  changeCustomerTimeZone,
  closeCustomer,
  createCustomer,
  setCustomerClass,
  setSubscriptionDiscountRate,
  supportedBillingPeriod,
  suspendCustomer,
  unsuspendCustomer,
} from "#domain/customers/decide.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { Backend } from "../backend.js";
import { Commander } from "../commands/commander.js";
import { itemExists } from "../commands/facts.js";
import { CustomerCommand, type CustomerOrder } from "../commands/messages.js";
import { type Outcome } from "../graphql/payload.js";

@CommandHandler(CustomerCommand)
export class CustomerHandler implements ICommandHandler<CustomerCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
  ) {}

  async execute({ order, caller }: CustomerCommand): Promise<Outcome> {
    const id =
      order.name === "createCustomer" ? this.commander.newId(caller, order, "customer") : order.input.customerId;
    const { outcome } = await this.commander.run<Customer | null, CustomerEvent>({
      ...{ caller, order, id, category: "customer", decider: customerEvolver },
      decide: async (state, now) => this.decide(caller.providerId, id, order, state, now),
    });
    return outcome;
  }

  private async decide(
    providerId: string,
    customerId: string,
    order: CustomerOrder,
    state: Customer | null,
    now: string,
  ): Promise<readonly CustomerEvent[]> {
    switch (order.name) {
      case "createCustomer": {
        const { contact, currency, timeZone = "UTC", customerClassId = null, creditLimit = "0" } = order.input;
        const { anniversaryDay } = order.input;
        const { name, companyDomain = null, email = null, phone = null } = contact;
        const billingPeriod = supportedBillingPeriod(order.input.billingPeriod ?? "MONTHLY");
        const classExists = await this.classExists(providerId, customerClassId);
        return createCustomer(
          {
            ...{ customerId, currency, billingPeriod, timeZone, customerClassId, creditLimit, now },
            ...(anniversaryDay !== undefined && { anniversaryDay }),
            contact: { name, companyDomain, email, phone },
          },
          { classExists },
        );
      }
      case "changeCustomerContact": {
        const { idempotencyKey: _, customerId: _id, ...contact } = order.input;
        return changeCustomerContact({ contact, now }, state);
      }
      case "changeCustomerTimeZone":
        return changeCustomerTimeZone({ timeZone: order.input.timeZone, now }, state);
      case "changeCreditLimit":
        return changeCreditLimit({ creditLimit: order.input.creditLimit, now }, state);
      case "setCustomerClass": {
        const { customerClassId = null, effectiveOn } = order.input;
        const classExists = await this.classExists(providerId, customerClassId);
        return setCustomerClass({ customerClassId, ...(effectiveOn && { effectiveOn }), now }, state, {
          classExists,
          ...FACTS,
        });
      }
      case "setSubscriptionDiscountRate": {
        const { rate = null, effectiveOn } = order.input;
        return setSubscriptionDiscountRate({ rate, ...(effectiveOn && { effectiveOn }), now }, state, FACTS);
      }
      case "suspendCustomer": {
        const { reason = null, effectiveOn } = order.input;
        return suspendCustomer({ reason, ...(effectiveOn && { effectiveOn }), now }, state, FACTS);
      }
      case "unsuspendCustomer": {
        const { effectiveOn } = order.input;
        return unsuspendCustomer({ ...(effectiveOn && { effectiveOn }), now }, state, FACTS);
      }
      case "closeCustomer": {
        const { effectiveOn } = order.input;
        return closeCustomer({ ...(effectiveOn && { effectiveOn }), now }, state, FACTS);
      }
    }
  }

  private classExists(providerId: string, customerClassId: string | null): Promise<boolean> {
    return itemExists(this.backend, providerId, "customerclass", customerClassId);
  }
}

const FACTS = { closedDays: REFUSE };
