import { useEffect, useRef } from "react";
import { useMutation } from "urql";
import { useMoney } from "../../../web/shown/shown.js";
import { useClaimedAgent, useCustomerAddress } from "../session.js";
import { type LinkedCustomer, UNLINK } from "../tenure/operations.js";
import { useAppSay } from "../texts/app.js";
import { type Organization } from "../zendesk/place.js";
import { Commitments } from "./commitments.js";
import { Confirm } from "./confirm.js";
import { Invoices } from "./invoices.js";
import { CustomerState } from "./states.js";

interface Shown {
  readonly customer: LinkedCustomer;
  readonly organization: Organization;
  /** Whether it was linked just now, by what had the focus. */
  readonly takeFocus: boolean;
  readonly unlinked: (visible: boolean) => void;
}

/** The customer that the organization is linked to. */
export const CustomerPanel = ({ customer, organization, takeFocus, unlinked }: Shown) => {
  const say = useAppSay();
  const { id, status, contact, commitments, invoices } = customer;
  const { name } = contact;
  const agent = useClaimedAgent();
  const address = useCustomerAddress(id);
  const [, unlink] = useMutation(UNLINK);
  const title = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (takeFocus) title.current?.focus();
  }, [takeFocus]);
  return (
    <>
      <header>
        <h1>
          <a ref={title} href={address} target="_blank" rel="noreferrer" title={say("openInTenure", { name })}>
            {name}
          </a>
        </h1>
        <CustomerState status={status} />
      </header>
      <Balance {...customer} />
      <Commitments
        all={commitments.edges.map(({ node }) => node)}
        more={commitments.pageInfo.hasNextPage}
        at={address}
      />
      <Invoices last={invoices.edges.map(({ node }) => node)} />
      <footer>
        <Confirm
          action={say("unlink")}
          question={say("unlinkQuestion", { organization: organization.name, name })}
          meaning={say("unlinkMeaning")}
          give={(idempotencyKey) => unlink({ input: { customerId: id, claimedAgent: agent, idempotencyKey } })}
          given={({ unlinkZendeskOrganization }) => {
            unlinked(unlinkZendeskOrganization?.visible ?? false);
          }}
        />
      </footer>
    </>
  );
};

const Balance = ({ balance, currency }: Pick<LinkedCustomer, "balance" | "currency">) => {
  const say = useAppSay();
  const { money } = useMoney();
  const isOwed = balance.startsWith("-");
  const isNothing = !/[1-9]/.test(balance);
  return (
    <dl className="balance">
      <dt>{say("balance")}</dt>
      <dd>
        <strong>{money(balance, currency)}</strong>
        {!isNothing && <span className="detail">{say(isOwed ? "balanceOwed" : "balanceCredit")}</span>}
      </dd>
    </dl>
  );
};
