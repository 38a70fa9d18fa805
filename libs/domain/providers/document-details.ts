import { type Currency } from "../money.js";
import { type PostalAddress } from "../postal-address.js";

/** An account that customers pay to. It has an IBAN or an account number. */
export interface BankAccount {
  readonly holder: string;
  readonly bank: string | null;
  readonly iban: string | null;
  /** BIC (SWIFT code). */
  readonly bic: string | null;
  /** Where there is no IBAN. */
  readonly accountNumber: string | null;
  /** Sort code, routing number: whatever goes with the account number. */
  readonly routingNumber: string | null;
  /** Printed on documents in this currency only; null: on all. */
  readonly currency: Currency | null;
}

export const logoTypes = ["PNG", "JPEG"] as const;
export type LogoType = (typeof logoTypes)[number];

/** A picture of the provider, for the head of its documents. */
export interface Logo {
  readonly type: LogoType;
  /** The file in Base64. */
  readonly data: string;
}

/** What a provider's documents say about it. */
export interface DocumentDetails {
  /** The name of the company as registered; null: the provider's name. */
  readonly legalName: string | null;
  readonly address: PostalAddress | null;
  /** As printed, with the country's prefix: VAT number, partita IVA, EIN. */
  readonly taxId: string | null;
  /** Entry in the register of companies, share capital: what the law asks to print. */
  readonly registration: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly bankAccounts: readonly BankAccount[];
  readonly logo: Logo | null;
}

export const NO_DOCUMENT_DETAILS: DocumentDetails = {
  legalName: null,
  address: null,
  taxId: null,
  registration: null,
  email: null,
  phone: null,
  website: null,
  bankAccounts: [],
  logo: null,
};
