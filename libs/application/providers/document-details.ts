import { changeDocumentDetails, documentDetailsEvolver } from "#domain/providers/change-document-details.js";
import { type BankAccount, type Logo } from "#domain/providers/document-details.js";
import { logoFault } from "#documents/logo-fault.js";
import { commandsOn } from "../command/definition.js";
import { addressOf, type GivenAddress } from "../command/given-address.js";

/** What is left out stays, null removes it. */
export interface ChangeDocumentDetails {
  readonly legalName?: string | null;
  readonly address?: GivenAddress | null;
  readonly taxId?: string | null;
  readonly registration?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly website?: string | null;
  /** All of them: accounts that are left out are gone. */
  readonly bankAccounts?: readonly (Pick<BankAccount, "holder"> & {
    readonly [Part in keyof BankAccount]?: BankAccount[Part];
  })[];
  readonly logo?: Logo | null;
}

const command = commandsOn("documentdetails", documentDetailsEvolver);

export const documentDetailsCommands = {
  changeDocumentDetails: command({
    target: (_input: ChangeDocumentDetails, { providerId }) => providerId,
    facts: async ({ logo }) => ({ logoFault: logo ? await logoFault(logo) : null }),
    decide: ({ address, bankAccounts, ...input }, { state, facts, now }) =>
      changeDocumentDetails(
        {
          ...input,
          ...(address !== undefined && { address: address && addressOf(address) }),
          ...(bankAccounts && { bankAccounts: bankAccounts.map(accountOf) }),
          now,
        },
        state,
        facts,
      ),
  }),
};

const accountOf = ({
  holder,
  bank = null,
  iban = null,
  bic = null,
  accountNumber = null,
  routingNumber = null,
  currency = null,
}: NonNullable<ChangeDocumentDetails["bankAccounts"]>[number]): BankAccount => ({
  holder,
  bank,
  iban,
  bic,
  accountNumber,
  routingNumber,
  currency,
});
