import { type SearchKind, type SearchedField } from "#read-models/search/search-all.js";
import { enumOf } from "../graphql/enums.js";

export const SearchKindEnum = enumOf<SearchKind>("SearchKind", "What a search finds.", {
  CUSTOMER: "A customer.",
  ACCOUNT: "An account.",
  COMMITMENT: "A commitment.",
  INVOICE: "An issued invoice.",
  CREDIT_NOTE: "An issued credit note.",
});

export const SearchedFieldEnum = enumOf<SearchedField>("SearchedField", "What of a hit matched.", {
  ID: "Its id, by its beginning.",
  NAME: "The customer's name.",
  EMAIL: "The customer's e-mail address.",
  PHONE: "The customer's phone number.",
  IDENTIFIER: "The account's identifier.",
  ALIAS: "One of the account's aliases.",
  NUMBER: "The document's number.",
});
