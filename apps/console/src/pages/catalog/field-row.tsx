import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { FieldGroup } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { catalogTexts } from "./texts.js";

/** The lists of a form. */
type Listed = "Recurring" | "OneTime" | "Fee" | "Threshold";

const TITLES = {
  Recurring: "recurringNumber",
  OneTime: "oneTimeNumber",
  Fee: "feeNumber",
  Threshold: "thresholdNumber",
} as const satisfies Readonly<Record<Listed, string>>;

interface Given {
  readonly of: Listed;
  /** Its place in the list, from 0. */
  readonly at: number;
  /** Left out: the last row stays. */
  readonly drop?: () => void;
  readonly children: ReactNode;
}

/** A row of a list in a form: its fields, and a button that takes it out. */
export const FieldRow = ({ of, at, drop, children }: Given) => {
  const say = useSay(catalogTexts);
  return (
    <FieldGroup title={say(TITLES[of], { number: at + 1 })}>
      {children}
      {drop && (
        <p>
          <Button kind="quiet" label={say(`drop${of}`, { number: at + 1 })} onPress={drop}>
            {say("drop")}
          </Button>
        </p>
      )}
    </FieldGroup>
  );
};
