import { dateOf, type Instant } from "../calendar.js";
import { type Evolver } from "../event.js";
import { minorUnits } from "../money.js";
import { checkedAddress, checkedPart } from "../postal-address.js";
import { checkAll, type FieldPath, reject } from "../rejection.js";
import { type BankAccount, type DocumentDetails, type Logo, NO_DOCUMENT_DETAILS } from "./document-details.js";
import { type DocumentDetailsEvent } from "./events.js";

export const documentDetailsEvolver: Evolver<DocumentDetails | null, DocumentDetailsEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { effectiveOn: _, ...details } = event.data;
    return details;
  },
};

const MOST_ACCOUNTS = 10;
/** Bytes of a logo's file. */
export const LARGEST_LOGO = 100_000;

/**
 * Changes what documents say about the provider. What is left out stays, null removes it. Documents that are numbered
 * already stay as they are.
 * @param facts.logoFault why the given logo cannot be drawn; null: it can, or there is none
 * @throws Rejection VALIDATION_FAILED
 */
export const changeDocumentDetails = (
  { now, ...changes }: Partial<DocumentDetails> & { readonly now: Instant },
  state: DocumentDetails | null,
  facts: { readonly logoFault: string | null },
): DocumentDetailsEvent[] => {
  const before = state ?? NO_DOCUMENT_DETAILS;
  const wanted = { ...before, ...changes };
  const parts = ["legalName", "taxId", "registration", "email", "phone", "website"] as const;
  checkAll(
    ...parts.map((part) => () => checkedPart(wanted[part], part)),
    () => wanted.address && checkedAddress(wanted.address, ["address"]),
    () => checkedAccounts(wanted.bankAccounts),
    () => {
      checkedLogo(changes.logo ?? null, facts.logoFault);
    },
  );
  const details: DocumentDetails = {
    legalName: checkedPart(wanted.legalName, "legalName"),
    address: wanted.address && checkedAddress(wanted.address, ["address"]),
    taxId: checkedPart(wanted.taxId, "taxId"),
    registration: checkedPart(wanted.registration, "registration"),
    email: checkedPart(wanted.email, "email"),
    phone: checkedPart(wanted.phone, "phone"),
    website: checkedPart(wanted.website, "website"),
    bankAccounts: checkedAccounts(wanted.bankAccounts),
    logo: wanted.logo,
  };
  if (isSame(details, before)) return [];
  return [{ type: "DocumentDetailsChanged", data: { ...details, effectiveOn: dateOf(now, "UTC") } }];
};

const isSame = (a: DocumentDetails, b: DocumentDetails): boolean =>
  (Object.keys(NO_DOCUMENT_DETAILS) as (keyof DocumentDetails)[]).every((part) => text(a[part]) === text(b[part]));

/** With names in order, so that it does not matter how an object was made. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const checkedLogo = (logo: Logo | null, fault: string | null): void => {
  if (logo && Math.floor((logo.data.length * 3) / 4) > LARGEST_LOGO + 2) {
    throw reject("VALIDATION_FAILED", `The logo's file is larger than ${LARGEST_LOGO} bytes.`, {
      field: ["logo", "data"],
    });
  }
  if (logo && fault !== null) {
    throw reject("VALIDATION_FAILED", `The logo cannot be drawn: ${fault}.`, { field: ["logo", "data"] });
  }
};

const checkedAccounts = (accounts: readonly BankAccount[]): BankAccount[] => {
  if (accounts.length > MOST_ACCOUNTS) {
    throw reject("VALIDATION_FAILED", `There are more than ${MOST_ACCOUNTS} bank accounts.`, { field: "bankAccounts" });
  }
  return accounts.map((account, index) => checkedAccount(account, ["bankAccounts", index]));
};

const checkedAccount = (account: BankAccount, at: readonly (string | number)[]): BankAccount => {
  const part = (name: Exclude<keyof BankAccount, "holder">) => checkedPart(account[name], [...at, name]);
  const holder = checkedPart(account.holder, [...at, "holder"]);
  if (holder === null) {
    throw reject("VALIDATION_FAILED", "holder must not be empty.", { field: [...at, "holder"] });
  }
  const iban = checkedIban(part("iban"), [...at, "iban"]);
  const accountNumber = part("accountNumber");
  if (iban === null && accountNumber === null) {
    throw reject("VALIDATION_FAILED", "A bank account has an IBAN or an account number.", { field: [...at, "iban"] });
  }
  return {
    holder,
    bank: part("bank"),
    iban,
    bic: checkedBic(part("bic"), [...at, "bic"]),
    accountNumber,
    routingNumber: part("routingNumber"),
    currency: checkedCurrency(part("currency"), [...at, "currency"]),
  };
};

/** An IBAN without spaces, in capitals. @throws Rejection VALIDATION_FAILED where its check digits do not fit */
const checkedIban = (text: string | null, field: FieldPath): string | null => {
  if (text === null) return null;
  const iban = text.replaceAll(" ", "").toUpperCase();
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) && remainder97(iban) === 1n) return iban;
  throw reject("VALIDATION_FAILED", `${text} is no IBAN: its check digits do not fit.`, { field });
};

/** ISO 13616: the first four characters last, letters as numbers from 10 on, by modulus 97. */
const remainder97 = (iban: string): bigint => {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) => `${parseInt(letter, 36)}`);
  return BigInt(digits) % 97n;
};

const checkedBic = (text: string | null, field: FieldPath): string | null => {
  if (text === null) return null;
  const bic = text.replaceAll(" ", "").toUpperCase();
  if (/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) return bic;
  throw reject("VALIDATION_FAILED", `${text} is no BIC of 8 or 11 characters.`, { field });
};

const checkedCurrency = (currency: string | null, field: FieldPath): string | null => {
  if (currency !== null) minorUnits(currency, field);
  return currency;
};
