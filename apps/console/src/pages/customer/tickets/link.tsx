import { useState } from "react";
import { useQuery } from "urql";
import { CheckboxField, ReasonField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { CommandDrawer } from "../../../command/command-drawer.js";
import { filled } from "../../../command/filled.js";
import { useTypedFilter } from "../../../frame/typed-filter.js";
import { linkOrganization, ORGANIZATIONS } from "./query.js";
import { type Site } from "./site.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Looks for an organization by the beginning of its name, and links the customer to it. */
export const LinkOrganization = ({ at }: { readonly at: Site }) => {
  const { customer, reload } = at;
  const say = useSay({ en, it });
  const [search, setSearch] = useState(customer.contact.name);
  const [typed, setTyped] = useTypedFilter(search, setSearch);
  const isAsked = search.trim() !== "";
  const [{ data, error, fetching }] = useQuery({ query: ORGANIZATIONS, variables: { search }, pause: !isAsked });
  const found = isAsked && !fetching ? (data?.zendeskOrganizations ?? []) : [];
  const [picked, setPicked] = useState("");
  const [isReplacing, setReplacing] = useState(false);
  const [reason, setReason] = useState("");

  const chosen = found.find(({ organizationId }) => organizationId === picked);
  const isForeign = chosen !== undefined && chosen.externalId !== null && chosen.externalId !== customer.id;
  const replaces = customer.zendesk.status === "LINKED" || isForeign || chosen?.customer != null;
  const hint = !isAsked
    ? undefined
    : fetching
      ? say("searching")
      : error
        ? say("noSearch")
        : say("organizationsFound", { count: found.length });
  return (
    <CommandDrawer
      title={say("linkTitle")}
      preview={linkOrganization.preview}
      mutation={linkOrganization.mutation}
      input={
        chosen
          ? {
              ...{ customerId: customer.id, organizationId: chosen.organizationId },
              ...(replaces && isReplacing && { replace: true, ...filled({ reason }) }),
            }
          : null
      }
      reload={reload}
    >
      <TextField
        name="search"
        type="search"
        label={say("organizationName")}
        {...(hint !== undefined && { hint })}
        value={typed}
        onChange={setTyped}
      />
      <SelectField
        name="organizationId"
        label={say("organization")}
        value={chosen?.organizationId ?? ""}
        choices={found.map(({ organizationId, name, externalId, customer: linked }) => ({
          value: organizationId,
          text: linked
            ? say("isCustomer", { name, customer: linked.contact.name })
            : externalId !== null && externalId !== customer.id
              ? say("isKnown", { name })
              : name,
        }))}
        onChange={setPicked}
        isRequired
      />
      {replaces && (
        <>
          <CheckboxField
            name="replace"
            label={say("replace")}
            hint={say("replaceHint")}
            value={isReplacing}
            onChange={setReplacing}
          />
          {isReplacing && <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />}
        </>
      )}
    </CommandDrawer>
  );
};
