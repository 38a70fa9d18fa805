import { type BankAccount } from "#domain/providers/document-details.js";
import { type Currency } from "#domain/money.js";
import { addressLines } from "./addresses.js";
import { type Fact, type IssuerContent } from "./content.js";
import { type Issuer } from "./document.js";
import { type Words } from "./words/words.js";

const nameOf = ({ legalName, name }: Issuer): string => legalName ?? name;

/** The head of a document: who issues it, and how to reach it. */
export const issuerContent = (issuer: Issuer, { language }: Words): IssuerContent => {
  const { address, email, phone, website, logo } = issuer;
  const reach = [phone, email, website].filter((line) => line !== null);
  return { name: nameOf(issuer), lines: [...(address ? addressLines(address, null, language) : []), ...reach], logo };
};

/** The foot of every page: what the law wants to be read on each. */
export const issuerFooter = (issuer: Issuer, { taxId: label }: Words): string => {
  const { registration, taxId } = issuer;
  const parts = [nameOf(issuer), ...(taxId === null ? [] : [`${label} ${taxId}`]), registration];
  return parts.filter((part) => part !== null).join("  ·  ");
};

/** Accounts to pay to in a currency, each as what is to be typed. */
export const bankFacts = (
  accounts: readonly BankAccount[],
  currency: Currency,
  reference: string,
  words: Words,
): readonly (readonly Fact[])[] =>
  accounts
    .filter((account) => account.currency === null || account.currency === currency)
    .map(({ holder, bank, iban, bic, accountNumber, routingNumber }) => {
      const facts: readonly [string, string | null][] = [
        [words.holder, holder],
        [words.bank, bank],
        [words.iban, iban === null ? null : inFours(iban)],
        [words.bic, bic],
        [words.accountNumber, accountNumber],
        [words.routingNumber, routingNumber],
        [words.reference, reference],
      ];
      return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
    });

/** As banks print it: `IT60 X054 2811 1010 0000 0123 456`. */
const inFours = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, "$1 ");
