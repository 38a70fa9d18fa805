import { Fact, Facts } from "../../../../web/components/facts.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type CustomerHead as Customer } from "./head.js";
import style from "./customer.module.css";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Who it is, how it is billed, what it owes, and what is ordered for coming days. */
export const CustomerFacts = ({ customer }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { contact, collection, nextBilling, currency, subscriptionDiscountRate: rate } = customer;
  const amount = (value: string): string => money(value, currency);
  const step = collection?.nextSteps[0];
  const period = (type: Customer["billingPeriod"], anniversaryDay: number | null): string =>
    anniversaryDay === null ? say(type) : say("anniversary", { day: anniversaryDay });
  return (
    <>
      <Facts>
        <Fact name={say("balanceDue")}>
          <strong>{amount(customer.balanceDue)}</strong>
        </Fact>
        <Fact name={say("creditLimit")}>{amount(customer.creditLimit)}</Fact>
        <Fact name={say("balance")}>{amount(customer.balance)}</Fact>
        {collection && collection.amountOverdue !== "0.00" && (
          <Fact name={say("overdue")}>
            <span className={style.bad}>{amount(collection.amountOverdue)}</span>
          </Fact>
        )}
        <Fact name={say("nextStep")}>
          {collection?.exempt
            ? say("exempt")
            : step
              ? say("stepOn", { step: say(step.kind), day: day(step.on) })
              : say("noStep")}
        </Fact>
        <Fact name={say("promisedBy")}>{collection?.promisedBy && day(collection.promisedBy)}</Fact>
        <Fact name={say("suspendedSince")}>{customer.suspendedSince && day(customer.suspendedSince)}</Fact>
        <Fact name={say("class")}>{customer.customerClass?.name ?? say("noClass")}</Fact>
        <Fact name={say("rate")}>{rate !== null && say("percent", { rate })}</Fact>
        <Fact name={say("billingPeriod")}>{period(customer.billingPeriod, customer.anniversaryDay)}</Fact>
        <Fact name={say("timeZone")}>{customer.timeZone}</Fact>
        <Fact name={say("since")}>{day(customer.createdOn)}</Fact>
        <Fact name={say("closedOn")}>{customer.closedOn && day(customer.closedOn)}</Fact>
        <Fact name={say("email")}>
          {contact.email !== null && <a href={`mailto:${contact.email}`}>{breakable(contact.email)}</a>}
        </Fact>
        <Fact name={say("phone")}>
          {contact.phone !== null && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
        </Fact>
        <Fact name={say("companyDomain")}>{contact.companyDomain}</Fact>
        <Fact name={say("taxId")}>{contact.taxId}</Fact>
        <Fact name={say("address")}>{contact.address && addressLines(contact.address)}</Fact>
      </Facts>
      {nextBilling && (
        <p className={style.coming}>
          {say("nextBilling", {
            day: day(nextBilling.inForceFrom),
            period: period(nextBilling.billingPeriod, nextBilling.anniversaryDay),
            zone: nextBilling.timeZone,
          })}
        </p>
      )}
    </>
  );
};

/** An address breaks before its @, rather than anywhere, where it needs two lines. */
const breakable = (email: string) => {
  const at = email.lastIndexOf("@");
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
};

type Address = NonNullable<Customer["contact"]["address"]>;

const addressLines = ({ street, addition, postalCode, city, region, country }: Address): string =>
  [street, addition, [postalCode, city].filter(Boolean).join(" "), region, country].filter(Boolean).join(", ");
