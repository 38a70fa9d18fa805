import { useState } from "react";
import { DateField, SelectField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
} from "./documents.js";

/** A better add-on product at the same fee, from today through a last day. */
export const OrderTimeLimitedUpgrade = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { terms, account } = at.commitment;
  const addOns = account?.mainProduct?.addOnProducts ?? [];
  const held = terms.recurring.flatMap(({ addOnProductId, description }) =>
    addOnProductId === null ? [] : [{ value: addOnProductId, text: description }],
  );
  const [addOnProductId, setAddOn] = useState("");
  const [replaced, setReplaced] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [then, setThen] = useState("");
  const isComplete = addOnProductId !== "" && until !== null;
  const optional = filled({ replacingAddOnProductId: replaced, thenUpgradeToOfferId: then });
  return (
    <CommitmentCommand
      at={at}
      title={say("orderTimeLimited")}
      command={orderTimeLimitedUpgrade}
      input={isComplete ? { commitmentId: at.commitment.id, addOnProductId, until, ...optional } : null}
    >
      <SelectField
        name="addOnProductId"
        label={say("betterAddOn")}
        value={addOnProductId}
        choices={addOns.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={setAddOn}
      />
      {held.length > 1 && (
        <SelectField
          name="replacingAddOnProductId"
          label={say("inPlaceOf")}
          value={replaced}
          choices={held}
          onChange={setReplaced}
        />
      )}
      <DateField name="until" label={say("lastDay")} value={until} onChange={setUntil} isRequired />
      <SelectField
        name="thenUpgradeToOfferId"
        label={say("thenUpgradeTo")}
        value={then}
        none={say("thenNothing")}
        choices={at.offers.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={setThen}
      />
    </CommitmentCommand>
  );
};

interface Running {
  readonly at: Site;
  readonly rowId: string;
}

export const ExtendTimeLimitedUpgrade = ({
  at,
  rowId,
  until: before,
  day,
}: Running & { until: string; day: string }) => {
  const say = useSay({ en, it });
  const [until, setUntil] = useState<string | null>(day);
  return (
    <CommitmentCommand
      at={at}
      title={say("extendTimeLimited")}
      command={extendTimeLimitedUpgrade}
      input={until === null || until === before ? null : { commitmentId: at.commitment.id, rowId, until }}
    >
      <DateField name="until" label={say("lastDay")} value={until} onChange={setUntil} isRequired />
    </CommitmentCommand>
  );
};

export const EndTimeLimitedUpgrade = ({ at, rowId }: Running) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("endTimeLimited")}
      command={endTimeLimitedUpgrade}
      input={{ commitmentId: at.commitment.id, rowId }}
    />
  );
};

export const CancelThenUpgrade = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("cancelThenUpgrade")}
      command={cancelThenUpgrade}
      input={{ commitmentId: at.commitment.id }}
    />
  );
};
