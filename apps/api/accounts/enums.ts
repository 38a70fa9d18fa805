import { type VoiceOrigin, type VoiceState } from "#domain/voice/in-service.js";
import { type AliasRole } from "#domain/accounts/alias-role.js";
import { type AliasKind } from "#read-models/accounts/alias-table.js";
import { type AccountSortField as AccountSortBy } from "#read-models/accounts/queries.js";
import { enumOf } from "../graphql/enums.js";

export const VoiceStateEnum = enumOf<VoiceState>("VoiceState", "Whether calls of an account go through.", {
  IN_SERVICE: "They do.",
  CLOSED: "The account is not open.",
  SUSPENDED: "The customer is suspended.",
  PAUSED: "Only paused commitments would give calls.",
  NOT_GIVEN: "No product of the account gives calls.",
});

export const VoiceOriginEnum = enumOf<VoiceOrigin>("VoiceOrigin", "Where a value comes from.", {
  ACCOUNT: "The account says it itself.",
  PRODUCT: "It is inherited from the product that gives calls.",
  DEFAULT: "Nothing says it: it is what is usual.",
});

export const AccountStatusEnum = enumOf<"OPEN" | "CLOSED">("AccountStatus", "The status of an account.", {
  OPEN: "It can hold commitments.",
  CLOSED: "It was closed.",
});

export const AliasKindEnum = enumOf<AliasKind>("AliasKind", "Kind of an account's identifying text.", {
  IDENTIFIER: "The identifier that it was opened with.",
  ALIAS: "A further identifier.",
});

export const AliasRoleEnum = enumOf<AliasRole>("AliasRole", "What an alias is to whoever calls.", {
  UNIVERSAL: "Anything.",
  PHONE_LINE: "A telephone line.",
  MOBILE: "A mobile phone.",
  SIP_TRUNK: "A SIP trunk.",
});

export const AccountSortField = enumOf<AccountSortBy>("AccountSortField", "What accounts are sorted by.", {
  CREATED: "The order in which they were opened.",
  IDENTIFIER: "Their identifier.",
  OPENED: "The day they were opened.",
});
