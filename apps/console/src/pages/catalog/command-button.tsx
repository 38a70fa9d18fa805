import { type ReactElement } from "react";
import { Button } from "../../../../web/components/button.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { useAllowed } from "../../session/viewer.js";
import { type CatalogTexts } from "./texts.en.js";
import { catalogTexts } from "./texts.js";

interface Given {
  /** The mutation, which the viewer must be allowed. */
  readonly command: string;
  readonly text: keyof CatalogTexts;
  readonly drawer: ReactElement;
  readonly kind?: "primary" | "plain" | "danger";
}

/** Opens the drawer of a command; nothing for who may not give it. */
export const CommandButton = ({ command, text, drawer, kind = "plain" }: Given) => {
  const say = useSay(catalogTexts);
  const open = useOpenCommand();
  if (!useAllowed(command)) return null;
  return (
    <Button
      kind={kind}
      onPress={() => {
        open(drawer);
      }}
    >
      {say(text)}
    </Button>
  );
};
