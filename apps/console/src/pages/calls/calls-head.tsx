import { Link } from "@tanstack/react-router";
import { Button } from "../../../../web/components/button.js";
import { Tabs } from "../../../../web/components/tabs.js";
import { type Say } from "../../../../web/texts/language.js";
import { useSay } from "../../../../web/texts/speech.js";
import { AccountTabs } from "../../frame/account-tabs.js";
import { CustomerTabs } from "../../frame/customer-tabs.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { type OfOne } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** A call that says whose it is. */
export interface NamedCall {
  readonly account: { readonly identifier: string } | null;
  readonly customer: { readonly contact: { readonly name: string } } | null;
}

interface Given {
  readonly of: OfOne;
  /** One of the calls, which names whose they are. */
  readonly first: NamedCall | undefined;
  /** Shows everybody's. */
  readonly all: () => void;
}

/** Above each list of calls: the parts of the customer or account, the other lists of its calls, and whose they are. */
export const CallsHead = ({ of, first, all }: Given) => {
  const say = useSay({ en, it });
  const { customer, account } = of;
  return (
    <>
      {customer !== undefined && <CustomerTabs id={customer} />}
      {account !== undefined && <AccountTabs id={account} />}
      <ListTabs of={of} />
      {(customer !== undefined || account !== undefined) && (
        <p>
          {whose(say, of, first)}{" "}
          <Button kind="quiet" onPress={all}>
            {say("all")}
          </Button>
        </p>
      )}
    </>
  );
};

const ListTabs = ({ of }: { readonly of: OfOne }) => {
  const say = useSay({ en, it });
  const viewer = useViewer();
  const exact = { exact: true, includeSearch: false } as const;
  return (
    <Tabs label={say("lists")}>
      <Link to="/calls" search={of} activeOptions={exact}>
        {say("ended")}
      </Link>
      {isAllowed(viewer, { query: "openCalls" }) && (
        <Link to="/calls/open" search={of} activeOptions={exact}>
          {say("open")}
        </Link>
      )}
      {isAllowed(viewer, { query: "failedCalls" }) && (
        <Link to="/calls/failed" search={of} activeOptions={exact}>
          {say("failed")}
        </Link>
      )}
    </Tabs>
  );
};

const whose = (say: Say<typeof en>, { account }: OfOne, first: NamedCall | undefined): string => {
  const identifier = account === undefined ? undefined : first?.account?.identifier;
  if (identifier !== undefined) return say("ofAccount", { identifier });
  const name = first?.customer?.contact.name;
  return name === undefined ? say("ofOne") : say("ofCustomer", { name });
};
