import { type TadaDocumentNode } from "gql.tada";
import { type ReactNode } from "react";
import { useSay } from "../../../../../web/texts/speech.js";
import { CommandDrawer } from "../../../command/command-drawer.js";
import { type Previewed } from "../../../command/previewed.js";
import { type Timeline } from "../../../drawings/timeline/data.js";
import { type Commitment, type OfferChoice } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";

/** Where a command is given: on a commitment, beside the drawing of it. */
export interface Site {
  readonly commitment: Commitment;
  /** What is on sale in its currency. */
  readonly offers: readonly OfferChoice[];
  /** Reads the page again. */
  readonly reload: () => void;
  /** Draws what the command would lead to; null: nothing. */
  readonly show: (after: Timeline | null) => void;
  /** The drawer was closed, given or not. */
  readonly closed: () => void;
}

interface Seen {
  readonly preview: Previewed & { readonly commitment: { readonly timelineAfter: Timeline } | null };
}

interface Given<Input extends object, Data extends object> {
  readonly at: Site;
  readonly title: string;
  readonly command: {
    readonly preview: TadaDocumentNode<Seen, { input: Input; language: "EN" | "IT" }>;
    readonly mutation: TadaDocumentNode<Data, { input: Input & { idempotencyKey: string } }>;
  };
  /** Null: the form is not complete. */
  readonly input: Input | null;
  readonly children?: ReactNode;
  readonly isDangerous?: boolean;
}

/** A command on a commitment in the drawer: what it would lead to is drawn while it is being filled in. */
export const CommitmentCommand = <Input extends object, Data extends object>(given: Given<Input, Data>) => {
  const { at, title, command, input, children, isDangerous = false } = given;
  const say = useSay({ en, it });
  return (
    <CommandDrawer
      title={title}
      preview={command.preview}
      mutation={command.mutation}
      input={input}
      isDangerous={isDangerous}
      reload={at.reload}
      onPreview={(preview) => {
        at.show(preview?.preview.commitment?.timelineAfter ?? null);
      }}
      onClose={at.closed}
    >
      {children ?? <p>{say("nothingToFillIn")}</p>}
    </CommandDrawer>
  );
};
