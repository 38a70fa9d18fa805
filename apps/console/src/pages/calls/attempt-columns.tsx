import { useMemo } from "react";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { CallerNumber } from "./caller-number.js";
import { type OfOne } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What open and failed calls have in common. */
interface Attempt {
  readonly cli?: string | null | undefined;
  readonly callerHidden?: boolean | undefined;
  readonly cld: string;
  readonly redirectedTo: string | null;
  readonly account: { readonly id: string; readonly identifier: string } | null;
  readonly customer: { readonly id: string; readonly contact: { readonly name: string } } | null;
  readonly edge?: { readonly name: string } | null | undefined;
}

/** Their columns: who was called, whose it is unless all are of one, and for staff who called, and by which edge. */
export const useAttemptColumns = <Row extends Attempt>({ customer, account }: OfOne, isStaff: boolean) => {
  const say = useSay({ en, it });
  return useMemo(() => {
    const ofAccount: Column<Row> = {
      id: "account",
      title: say("account"),
      width: "minmax(0, 1.3fr)",
      cell: (call) =>
        call.account && <PathLink href={`/accounts/${call.account.id}`}>{call.account.identifier}</PathLink>,
    };
    const ofCustomer: Column<Row> = {
      id: "customer",
      title: say("customer"),
      isMinor: true,
      cell: (call) =>
        call.customer && <PathLink href={`/customers/${call.customer.id}`}>{call.customer.contact.name}</PathLink>,
    };
    const ofEdge: Column<Row> = { id: "edge", title: say("edge"), isMinor: true, cell: ({ edge }) => edge?.name };
    const caller: Column<Row> = {
      id: "from",
      title: say("from"),
      width: "minmax(0, 1.3fr)",
      cell: ({ cli = null, callerHidden = true }) => <CallerNumber call={{ cli, callerHidden }} />,
    };
    const columns: readonly Column<Row>[] = [
      ...(isStaff ? [caller] : []),
      {
        id: "to",
        title: say("to"),
        width: "minmax(0, 1.3fr)",
        cell: ({ cld, redirectedTo }) => (redirectedTo === null ? cld : say("redirected", { cld, to: redirectedTo })),
      },
      ...(account === undefined ? [ofAccount] : []),
      ...(account === undefined && customer === undefined ? [ofCustomer] : []),
      ...(isStaff ? [ofEdge] : []),
    ];
    return columns;
  }, [say, customer, account, isStaff]);
};
