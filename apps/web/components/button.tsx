import { type ReactNode, type Ref } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { classes } from "../style/classes.js";
import style from "./button.module.css";

interface Given {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** `primary`: the one that a reader is here for; `quiet`: looks like text; `danger`: ends something. */
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  readonly isDisabled?: boolean;
  /** Something is under way because of it: it keeps the focus, and does nothing more. */
  readonly isWaiting?: boolean;
  /** What it is for cannot be done for now; unlike one that is disabled it keeps the focus. */
  readonly "aria-disabled"?: boolean;
  /** What it is called where its text alone does not say it. */
  readonly label?: string;
  /** Of one that opens something beside it: whether that is open. */
  readonly isExpanded?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  /** Name of a slot of react-aria-components, e.g. `close`. */
  readonly slot?: string;
}

export const Button = ({
  children,
  onPress,
  kind = "plain",
  label,
  isWaiting = false,
  isExpanded,
  type,
  ...rest
}: Given) => (
  <AriaButton
    {...rest}
    {...(label !== undefined && { "aria-label": label })}
    {...(isExpanded !== undefined && { "aria-expanded": isExpanded })}
    type={isWaiting ? "button" : (type ?? "button")}
    className={classes(style.button, style[kind], isWaiting && style.waiting)}
    onPress={() => {
      if (!isWaiting) onPress?.();
    }}
  >
    {children}
  </AriaButton>
);
