import { useState } from "react";
import { ReasonField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { CommandDrawer } from "../../../command/command-drawer.js";
import { unlinkOrganization } from "./query.js";
import { type Site } from "./site.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Ends the link; it needs a reason. */
export const UnlinkOrganization = ({ at }: { readonly at: Site }) => {
  const { customer, reload } = at;
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      title={say("unlinkTitle", { name: customer.zendesk.organizationName ?? say("organization") })}
      preview={unlinkOrganization.preview}
      mutation={unlinkOrganization.mutation}
      input={reason.trim() === "" ? null : { customerId: customer.id, reason }}
      isDangerous
      reload={reload}
    >
      <p>{say("unlinkHint")}</p>
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CommandDrawer>
  );
};
