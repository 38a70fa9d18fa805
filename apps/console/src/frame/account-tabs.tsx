import { Link } from "@tanstack/react-router";
import { Tabs } from "../../../web/components/tabs.js";
import { useSay } from "../../../web/texts/speech.js";
import { useAsOf } from "./as-of/shown-moment.js";
import { isAllowed, useViewer } from "../session/viewer.js";

const texts = {
  en: { tabs: "Parts of this account", account: "Account", calls: "Calls" },
  it: { tabs: "Parti di questo account", account: "Account", calls: "Chiamate" },
};

/** Links to the parts of an account; none for who does not see its calls, which are not told as of another moment. */
export const AccountTabs = ({ id }: { readonly id: string }) => {
  const say = useSay(texts);
  const isPast = useAsOf() !== null;
  if (!isAllowed(useViewer(), { query: "calls" }) || isPast) return null;
  return (
    <Tabs label={say("tabs")}>
      <Link to="/accounts/$id" params={{ id }} activeOptions={{ exact: true, includeSearch: false }}>
        {say("account")}
      </Link>
      <Link to="/calls" search={{ account: id }}>
        {say("calls")}
      </Link>
    </Tabs>
  );
};
