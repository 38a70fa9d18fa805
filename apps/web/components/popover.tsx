import { createContext, useContext } from "react";
import { Popover as AriaPopover, type PopoverProps } from "react-aria-components/Popover";

/** Whether the page is in sight; what is open above it is in no element of its own, and goes and comes with it. */
export const InSightContext = createContext(true);

/** What a button opens beside it. */
export const Popover = (given: Pick<PopoverProps, "className" | "children">) =>
  useContext(InSightContext) && <AriaPopover placement="bottom end" {...given} />;
