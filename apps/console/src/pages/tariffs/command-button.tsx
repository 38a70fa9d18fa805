import { type ReactElement } from "react";
import { Button } from "../../../../web/components/button.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { useAllowed } from "../../session/viewer.js";
import { type TariffTexts } from "./texts.en.js";
import { tariffTexts } from "./texts.js";

interface Given {
  /** The mutation, which the viewer must be allowed. */
  readonly command: string;
  readonly text: keyof TariffTexts;
  readonly drawer: ReactElement;
  readonly kind?: "primary" | "plain" | "quiet";
  /** For those who do not see what it stands beside. */
  readonly label?: string;
}

/** Opens the drawer of a command; nothing for who may not give it. */
export const CommandButton = ({ command, text, drawer, kind = "plain", label }: Given) => {
  const say = useSay(tariffTexts);
  const open = useOpenCommand();
  if (!useAllowed(command)) return null;
  return (
    <Button
      kind={kind}
      {...(label !== undefined && { label })}
      onPress={() => {
        open(drawer);
      }}
    >
      {say(text)}
    </Button>
  );
};
