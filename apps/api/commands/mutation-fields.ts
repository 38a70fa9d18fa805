import { type CommandName } from "#application/commands.js";
import { accountMutations } from "../accounts/commands.js";
import { callMutations } from "../calls/commands.js";
import { catalogMutations } from "../catalog/commands.js";
import { offerMutations } from "../catalog/offer-commands.js";
import { tariffMutations } from "../catalog/tariff-commands.js";
import { assignMutations } from "../commitments/assign-commands.js";
import { pauseMutations } from "../commitments/pause-commands.js";
import { renewalMutations } from "../commitments/renewal-commands.js";
import { terminationMutations } from "../commitments/termination-commands.js";
import { transferMutations } from "../commitments/transfer-commands.js";
import { upgradeMutations } from "../commitments/upgrade-commands.js";
import { collectionMutations } from "../collection/commands.js";
import { customerMutations } from "../customers/commands.js";
import { edgeMutations } from "../edges/commands.js";
import { type MutationFields } from "../graphql/mutation.js";
import { keyMutations } from "../keys/commands.js";
import { peopleMutations } from "../people/commands.js";
import { mailMutations } from "../mails/commands.js";
import { providerMutations } from "../providers/commands.js";
import { documentDetailsMutations } from "../providers/document-details.js";
import { receivablesMutations } from "../receivables/commands.js";
import { ticketMutations } from "../tickets/commands.js";
import { type Kind } from "../queries/messages.js";

/** Every command as a mutation; a missing one is a compile error. */
export const mutationFields: MutationFields<CommandName, Kind> = {
  ...providerMutations,
  ...documentDetailsMutations,
  ...catalogMutations,
  ...offerMutations,
  ...tariffMutations,
  ...customerMutations,
  ...accountMutations,
  ...callMutations,
  ...assignMutations,
  ...pauseMutations,
  ...upgradeMutations,
  ...renewalMutations,
  ...transferMutations,
  ...terminationMutations,
  ...receivablesMutations,
  ...collectionMutations,
  ...mailMutations,
  ...keyMutations,
  ...edgeMutations,
  ...peopleMutations,
  ...ticketMutations,
};
