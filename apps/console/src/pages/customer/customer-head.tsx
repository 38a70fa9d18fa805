import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { Tag, type Tone } from "../../../../web/components/notice.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CustomerTabs } from "../../frame/customer-tabs.js";
import { Page } from "../../frame/page.js";
import { useFrameSay } from "../../texts/frame.js";
import { CustomerActions } from "./actions.js";
import { CustomerFacts } from "./customer-facts.js";
import { type CustomerHead } from "./head.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const TONES: Readonly<Record<CustomerHead["status"], Tone>> = { ACTIVE: "good", SUSPENDED: "bad", CLOSED: "neutral" };

interface Given {
  readonly customer: CustomerHead;
  readonly reload: () => void;
  /** Buttons of the part that is shown, before those of the customer. */
  readonly actions?: ReactNode;
  /** Above the facts: that a part could not be answered. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
}

/** A customer's page, whichever of its parts is shown: who it is, its commands and facts, the way to the other parts. */
export const CustomerPart = ({ customer, reload, actions, notice, children }: Given) => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  return (
    <Page
      title={customer.contact.name}
      above={<Link to="/customers">{frameSay("customers")}</Link>}
      beside={<Tag tone={TONES[customer.status]}>{say(customer.status)}</Tag>}
      actions={
        <>
          {actions}
          <CustomerActions at={{ customer, reload }} />
        </>
      }
    >
      {notice}
      <CustomerFacts customer={customer} />
      <CustomerTabs id={customer.id} />
      {children}
    </Page>
  );
};
