import { type ComponentType } from "react";
import { Button } from "../../../web/components/button.js";
import { useSay } from "../../../web/texts/speech.js";
import { useOpenCommand } from "../command/drawer.js";
import { useViewer } from "../session/viewer.js";
import { CreditNote, type InvoiceSite, PayInvoice, Reissue, VoidInvoice, WriteOff } from "./commands.js";
import { invoiceTexts } from "./texts.js";

/** Something of them is left to pay. */
const OPEN: readonly InvoiceSite["invoice"]["state"][] = ["UNPAID", "PARTIALLY_PAID", "OVERDUE"];

/** What was given up can still be paid. */
const PAYABLE: typeof OPEN = [...OPEN, "WRITTEN_OFF"];

interface Act {
  readonly text: "pay" | "writeOff" | "void" | "creditNote" | "reissue";
  readonly command: string;
  readonly drawer: ComponentType<InvoiceSite>;
  readonly isOf: (state: InvoiceSite["invoice"]["state"]) => boolean;
}

const ACTS: readonly Act[] = [
  { text: "pay", command: "recordPayment", drawer: PayInvoice, isOf: (state) => PAYABLE.includes(state) },
  { text: "writeOff", command: "writeOffInvoice", drawer: WriteOff, isOf: (state) => OPEN.includes(state) },
  { text: "void", command: "voidInvoice", drawer: VoidInvoice, isOf: (state) => state !== "VOID" },
  { text: "creditNote", command: "issueCreditNote", drawer: CreditNote, isOf: (state) => state !== "VOID" },
  { text: "reissue", command: "reissueInvoice", drawer: Reissue, isOf: (state) => state === "VOID" },
];

/** What the viewer may do with an invoice in a state. What the API refuses all the same says why. */
export const useInvoiceActs = (): ((state: InvoiceSite["invoice"]["state"]) => readonly Act[]) => {
  const { commands } = useViewer();
  return (state) => ACTS.filter(({ command, isOf }) => commands.includes(command) && isOf(state));
};

interface Given extends InvoiceSite {
  /** In a row of a table. */
  readonly isQuiet?: boolean;
}

/** A button for each; it opens the command's drawer. */
export const InvoiceActs = ({ isQuiet = false, ...site }: Given) => {
  const say = useSay(invoiceTexts);
  const open = useOpenCommand();
  const { number, state } = site.invoice;
  return useInvoiceActs()(state).map(({ text, drawer: Drawer }) => (
    <Button
      key={text}
      kind={isQuiet ? "quiet" : "plain"}
      label={say(`${text}Of`, { number })}
      onPress={() => {
        open(<Drawer {...site} />);
      }}
    >
      {say(text)}
    </Button>
  ));
};
