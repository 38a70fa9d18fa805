import { type ReactElement } from "react";
import { Button } from "../../../web/components/button.js";
import { useAllowed } from "../session/viewer.js";
import { useOpenCommand } from "./drawer.js";

interface Given {
  /** The mutation, which the viewer must be allowed. */
  readonly command: string;
  readonly drawer: ReactElement;
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  /** For those who do not see what it stands beside. */
  readonly label?: string;
  /** What it is called. */
  readonly text: string;
}

/** Opens the drawer of a command; nothing for who may not give it. */
export const CommandButton = ({ command, drawer, text, ...button }: Given) => {
  const open = useOpenCommand();
  if (!useAllowed(command)) return null;
  return (
    <Button
      {...button}
      onPress={() => {
        open(drawer);
      }}
    >
      {text}
    </Button>
  );
};
