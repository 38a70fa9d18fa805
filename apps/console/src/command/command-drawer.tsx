import { type ReactNode } from "react";
import { CommandForm, type CommandProps } from "./command-form.js";
import { Drawer, useCloseDrawer } from "./drawer.js";
import { type Previewed } from "./previewed.js";

interface Given<
  Input extends object,
  Preview extends { readonly preview: Previewed },
  Data extends object,
> extends Omit<CommandProps<Input, Preview, Data>, "confirm"> {
  readonly confirm?: string;
  /** The act: "Pause". The button that gives it is called so, too, unless it has a name of its own. */
  readonly title: string;
  /** Called however it closes. */
  readonly onClose?: () => void;
}

/**
 * A command in the drawer beside the page: form, then what will happen, then the button that gives it, which is named
 * after the act. It closes once it is recorded.
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
  confirm = title,
  onClose,
  ...command
}: Given<Input, Preview, Data>): ReactNode => {
  const close = useCloseDrawer();
  return (
    <Drawer title={title} {...(onClose && { onClose })}>
      <CommandForm
        {...command}
        confirm={confirm}
        onCancel={close}
        onDone={(data) => {
          close();
          command.onDone?.(data);
        }}
      />
    </Drawer>
  );
};
