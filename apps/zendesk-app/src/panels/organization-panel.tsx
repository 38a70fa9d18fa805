import { useState } from "react";
import { useQuery } from "urql";
import { Button } from "../../../web/components/button.js";
import { Skeleton } from "../../../web/components/notice.js";
import { failureOf } from "../../../web/failure.js";
import { LINKED } from "../tenure/operations.js";
import { type Texts } from "../texts/en.js";
import { useAppSay } from "../texts/app.js";
import { type Organization } from "../zendesk/place.js";
import { CustomerPanel } from "./customer-panel.js";
import { Failed } from "./failed.js";
import { SearchPanel } from "./search-panel.js";

type Change = "linked" | "unlinked" | "catchingUp";

/** An organization: the customer that it is linked to, or the search for one. */
export const OrganizationPanel = ({ organization }: { readonly organization: Organization }) => {
  const say = useAppSay();
  const [{ data, error, fetching }, ask] = useQuery({ query: LINKED, variables: { organizationId: organization.id } });
  const [change, setChange] = useState<Change | null>(null);
  const again = () => {
    ask({ requestPolicy: "network-only" });
  };
  const changed = (what: keyof Texts & Change) => (visible: boolean) => {
    setChange(visible ? what : "catchingUp");
    again();
  };
  const customer = data?.zendeskCustomer;
  const shared = { organization, takeFocus: change !== null };
  return (
    <>
      <p role="status" className={change === "catchingUp" ? "told" : "unseen"}>
        {change && say(change)}
        {change === "catchingUp" && !fetching && <Button onPress={again}>{say("reload")}</Button>}
      </p>
      {fetching ? (
        <Skeleton />
      ) : error ? (
        <Failed failure={failureOf(error)} retry={again} />
      ) : customer ? (
        <CustomerPanel {...shared} customer={customer} unlinked={changed("unlinked")} />
      ) : (
        <SearchPanel {...shared} linked={changed("linked")} />
      )}
    </>
  );
};
