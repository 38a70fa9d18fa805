import { type TadaDocumentNode } from "gql.tada";
import { type ReactNode } from "react";
import { useSay } from "../../../../../web/texts/speech.js";
import { CommandDrawer } from "../../../command/command-drawer.js";
import { type Previewed } from "../../../command/previewed.js";
import { type Revision } from "../../../command/use-revision.js";
import { type CustomerHead } from "../head.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";

/** Where a command is given: on a customer's page, whichever of its parts is shown. */
export interface Site<Customer extends CustomerHead = CustomerHead> {
  readonly customer: Customer;
  /** Reads the page again. */
  readonly reload: () => void;
}

interface Given<Input extends object, Data extends object> {
  readonly at: Site;
  readonly title: string;
  readonly command: {
    readonly preview: TadaDocumentNode<{ readonly preview: Previewed }, { input: Input; language: "EN" | "IT" }>;
    readonly mutation: TadaDocumentNode<Data, { input: Input & { idempotencyKey: string } }>;
  };
  /** Null: the form is not complete. */
  readonly input: Input | null;
  readonly children?: ReactNode;
  readonly revision?: Revision;
  readonly isDangerous?: boolean;
}

/** A command on a customer in the drawer. */
export const CustomerCommand = <Input extends object, Data extends object>(given: Given<Input, Data>) => {
  const { at, title, command, input, children, revision, isDangerous = false } = given;
  const say = useSay({ en, it });
  return (
    <CommandDrawer
      title={title}
      preview={command.preview}
      mutation={command.mutation}
      input={input}
      isDangerous={isDangerous}
      {...(revision && { revision })}
      reload={at.reload}
    >
      {children ?? <p>{say("nothingToFillIn")}</p>}
    </CommandDrawer>
  );
};
