import { type ReactElement } from "react";
import { type Action, ActionMenu } from "../../../../web/components/action-menu.js";
import { Button } from "../../../../web/components/button.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { ChangeBilling } from "./commands/billing.js";
import { Exempt, PromiseToPay } from "./commands/collection.js";
import { type Site } from "./commands/command.js";
import { ChangeContact } from "./commands/contact.js";
import { GoodwillCredit, RecordPayment, RecordRefund } from "./commands/payments.js";
import { Close, Suspend, Unsuspend } from "./commands/suspensions.js";
import { ChangeLimit, SetClass, SetRate } from "./commands/terms.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What can be done with a customer, as far as the viewer may and its status allows it. */
export const CustomerActions = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const viewer = useViewer();
  const open = useOpenCommand();
  const { status, collection } = at.customer;
  const isOpen = status !== "CLOSED";
  const isSuspended = status === "SUSPENDED";
  const action = (
    command: string,
    text: Parameters<typeof say>[0],
    drawer: ReactElement,
    isOffered = true,
    isDangerous = false,
  ): readonly Action[] =>
    isOffered && isAllowed(viewer, { command })
      ? [
          {
            ...{ id: command, text: say(text), isDangerous },
            act: () => {
              open(drawer);
            },
          },
        ]
      : [];
  const [pay] = action("recordPayment", "recordPayment", <RecordPayment at={at} />);
  return (
    <>
      {pay && <Button onPress={pay.act}>{pay.text}</Button>}
      <ActionMenu
        label={say("change")}
        actions={[
          ...action("changeCustomerContact", "changeContact", <ChangeContact at={at} />),
          ...action("changeCustomerBilling", "changeBilling", <ChangeBilling at={at} />, isOpen),
          ...action("setCustomerClass", "setClass", <SetClass at={at} />, isOpen),
          ...action("setSubscriptionDiscountRate", "setRate", <SetRate at={at} />, isOpen),
          ...action("changeCreditLimit", "changeLimit", <ChangeLimit at={at} />),
          ...action("promiseToPay", "promiseToPay", <PromiseToPay at={at} />),
          ...action(
            "exemptFromCollection",
            collection?.exempt === true ? "collectAgain" : "exemptFromCollection",
            <Exempt at={at} />,
          ),
          ...action("recordRefund", "recordRefund", <RecordRefund at={at} />),
          ...action("issueGoodwillCredit", "goodwillCredit", <GoodwillCredit at={at} />),
          ...action("unsuspendCustomer", "unsuspend", <Unsuspend at={at} />, isSuspended),
          ...action("suspendCustomer", "suspend", <Suspend at={at} />, isOpen && !isSuspended, true),
          ...action("closeCustomer", "close", <Close at={at} />, isOpen, true),
        ]}
      />
    </>
  );
};
