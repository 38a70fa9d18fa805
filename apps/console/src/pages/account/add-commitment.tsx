import { useState } from "react";
import { useQuery } from "urql";
import { DateField, ReasonField, SelectField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { failureOf } from "../../../../web/failure.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { Failed } from "../../refusal/failed.js";
import { another, type Assigning, assignInput, type DiscountEndChoice, NOTHING_CHOSEN } from "./assigning.js";
import { ASSIGN, OFFERS, PREVIEW_ASSIGN, type ShownAccount } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly reload: () => void;
}

const CHOICES = { DEFAULT: "choiceDefault", SYNCHRONISED: "choiceSynchronised", MANUAL: "choiceManual" } as const;

/** Adds an offer to an account; its discount ends by the offer, as that of another commitment does, or by hand. */
export const AddCommitmentDrawer = ({ account, reload }: Given) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  const [form, setForm] = useState<Assigning>(NOTHING_CHOSEN);
  const change = (changes: Partial<Assigning>): void => {
    setForm((before) => ({ ...before, ...changes }));
  };
  const currency = account.customer?.currency ?? null;
  const [{ data, error }] = useQuery({
    query: OFFERS,
    variables: { filter: { status: "ON_SALE", ...(currency !== null && { currency }) } },
  });
  const offers = data?.offers.edges.map(({ node: { id, name } }) => ({ value: id, text: name })) ?? [];
  const dated = account.commitments.edges.flatMap(({ node: { id, terms, discountEndDate, status } }) =>
    discountEndDate === null || status === "TERMINATED"
      ? []
      : [{ value: id, text: say("copiedChoice", { name: terms.name, day: day(discountEndDate) }) }],
  );
  return (
    <CommandDrawer
      title={say("addCommitment")}
      preview={PREVIEW_ASSIGN}
      mutation={ASSIGN}
      input={assignInput(account.id, form)}
      confirm={say("add")}
      reload={reload}
      another={{
        confirm: say("addAnother"),
        then: () => {
          setForm(another);
        },
      }}
    >
      {error && <Failed failure={failureOf(error)} />}
      {data && offers.length === 0 && <Notice title={say("noOffers", { currency: currency ?? "" })} />}
      <SelectField
        name="offerId"
        label={say("offer")}
        hint={say("offerHint", { currency: currency ?? "" })}
        value={form.offerId}
        choices={offers}
        onChange={(offerId) => {
          change({ offerId });
        }}
        isRequired
      />
      <DateField
        name="effectiveOn"
        label={say("effectiveOn")}
        value={form.effectiveOn}
        onChange={(effectiveOn) => {
          change({ effectiveOn });
        }}
        {...(account.customer && { hint: say("effectiveHint", { day: day(account.customer.today) }) })}
      />
      <SelectField
        name="discountEnd.kind"
        label={say("discountEndChoice")}
        value={form.kind}
        choices={(Object.keys(CHOICES) as DiscountEndChoice[]).map((value) => ({ value, text: say(CHOICES[value]) }))}
        onChange={(kind) => {
          change({ kind: kind as DiscountEndChoice });
        }}
      />
      {form.kind === "SYNCHRONISED" &&
        (dated.length === 0 ? (
          <p>{say("noneToCopy")}</p>
        ) : (
          <SelectField
            name="discountEnd.commitmentId"
            label={say("copied")}
            value={form.commitmentId}
            choices={dated}
            onChange={(commitmentId) => {
              change({ commitmentId });
            }}
            isRequired
          />
        ))}
      {form.kind === "MANUAL" && (
        <DateField
          name="discountEnd.date"
          label={say("date")}
          value={form.date}
          onChange={(date) => {
            change({ date });
          }}
          isRequired
        />
      )}
      <ReasonField
        label={say("reason")}
        hint={say("reasonHint")}
        value={form.reason}
        onChange={(reason) => {
          change({ reason });
        }}
        isRequired={form.kind === "MANUAL"}
      />
    </CommandDrawer>
  );
};
