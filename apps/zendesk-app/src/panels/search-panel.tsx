import { useEffect, useState } from "react";
import { useMutation, useQuery } from "urql";
import { Field } from "../../../web/components/field.js";
import { failureOf } from "../../../web/failure.js";
import { useClaimedAgent } from "../session.js";
import { type Hit, hitsOf } from "../tenure/hits.js";
import { type FoundCustomer, LINK, SEARCH } from "../tenure/operations.js";
import { useAppSay } from "../texts/app.js";
import { type Organization } from "../zendesk/place.js";
import { Confirm } from "./confirm.js";
import { Failed } from "./failed.js";
import { CustomerState } from "./states.js";

/** How long nothing is typed before Tenure is asked, in milliseconds. */
const REST = 300;

interface Shown {
  readonly organization: Organization;
  /** Whether it was unlinked just now, by what had the focus. */
  readonly takeFocus: boolean;
  readonly linked: (visible: boolean) => void;
}

/** The search for the customer of an organization that is not linked. */
export const SearchPanel = ({ organization, takeFocus, linked }: Shown) => {
  const say = useAppSay();
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => {
      setText(typed.trim());
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  return (
    <>
      <h1 className="told">{say("notLinked", { organization: organization.name })}</h1>
      <form
        role="search"
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          setText(typed.trim());
        }}
      >
        <Field name="search" label={say("search")} autoFocus={takeFocus}>
          {(wired) => (
            <input
              {...wired}
              type="search"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => {
                setTyped(target.value);
              }}
            />
          )}
        </Field>
      </form>
      {text === "" ? (
        <p className="detail">{say("searchHint")}</p>
      ) : (
        <Found text={text} organization={organization} linked={linked} />
      )}
    </>
  );
};

const Found = ({ text, organization, linked }: Omit<Shown, "takeFocus"> & { readonly text: string }) => {
  const say = useAppSay();
  const [{ data, error, fetching }, ask] = useQuery({ query: SEARCH, variables: { text } });
  const found = data && !error ? hitsOf(data) : null;
  const count = found?.hits.length ?? 0;
  return (
    <div className="hits" aria-busy={fetching}>
      <p role="status" className="detail">
        {!fetching && found && (count === 0 ? say("noHits") : say("hits", { count }))}
        {fetching && <span className="late">{say("loading")}</span>}
      </p>
      {error && !fetching && (
        <Failed
          failure={failureOf(error)}
          retry={() => {
            ask({ requestPolicy: "network-only" });
          }}
        />
      )}
      {found && !fetching && count > 0 && (
        <ul>
          {found.hits.map((hit) => (
            <li key={hit.customer.id}>
              <HitLine {...hit} organization={organization} linked={linked} />
            </li>
          ))}
        </ul>
      )}
      {found?.more && !fetching && <p className="detail">{say("moreHits")}</p>}
    </div>
  );
};

const HitLine = ({ customer, account, organization, linked }: Hit & Omit<Shown, "takeFocus">) => {
  const say = useAppSay();
  const { status, contact, zendesk } = customer;
  return (
    <>
      <div className="line">
        <span className="what">{contact.name}</span>
        <CustomerState status={status} />
      </div>
      {account !== null && <p className="detail">{say("account", { identifier: account })}</p>}
      {zendesk.organizationId === null ? (
        <LinkButton customer={customer} organization={organization} linked={linked} />
      ) : (
        <p className="detail">
          {say("linkedElsewhere", { organization: zendesk.organizationName ?? zendesk.organizationId })}
        </p>
      )}
    </>
  );
};

interface Linking {
  readonly customer: FoundCustomer;
  readonly organization: Organization;
  readonly linked: (visible: boolean) => void;
}

const LinkButton = ({ customer: { id, contact }, organization, linked }: Linking) => {
  const say = useAppSay();
  const { name } = contact;
  const claimedAgent = useClaimedAgent();
  const [, link] = useMutation(LINK);
  return (
    <Confirm
      action={say("link")}
      named={say("linkNamed", { name })}
      question={say("linkQuestion", { organization: organization.name, name })}
      meaning={say("linkMeaning")}
      give={(idempotencyKey) =>
        link({ input: { customerId: id, organizationId: organization.id, claimedAgent, idempotencyKey } })
      }
      given={({ linkZendeskOrganization }) => {
        linked(linkZendeskOrganization?.visible ?? false);
      }}
    />
  );
};
