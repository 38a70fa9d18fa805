import { useSay } from "../../../../../web/texts/speech.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { cancelRenewal, renewFees } from "./documents.js";

/** The offer's present fees from the next billing period on. */
export const RenewFees = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("renewFees")}
      command={renewFees}
      input={{ commitmentId: at.commitment.id }}
    />
  );
};

export const CancelRenewal = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("cancelRenewal")}
      command={cancelRenewal}
      input={{ commitmentId: at.commitment.id }}
    />
  );
};
