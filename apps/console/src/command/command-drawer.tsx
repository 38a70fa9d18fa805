import { type ReactNode } from "react";
import { CommandForm, type CommandProps } from "./command-form.js";
import { Drawer, useCloseDrawer } from "./drawer.js";
import { type Previewed } from "./previewed.js";

interface Given<
  Input extends object,
  Preview extends { readonly preview: Previewed },
  Data extends object,
> extends CommandProps<Input, Preview, Data> {
  readonly title: string;
  /** Called however it closes. */
  readonly onClose?: () => void;
}

/**
 * A command in the drawer beside the page: form, then what will happen, then Confirm. It closes once it is recorded.
 *
 *   const open = useOpenCommand();
 *   open(<PauseDrawer commitment={commitment} from="2020-08-01" reload={reload} />);
 */
export const CommandDrawer = <
  Input extends object,
  Preview extends { readonly preview: Previewed },
  Data extends object,
>({
  title,
  onClose,
  ...command
}: Given<Input, Preview, Data>): ReactNode => {
  const close = useCloseDrawer();
  return (
    <Drawer title={title} {...(onClose && { onClose })}>
      <CommandForm
        {...command}
        onCancel={close}
        onDone={(data) => {
          close();
          command.onDone?.(data);
        }}
      />
    </Drawer>
  );
};
