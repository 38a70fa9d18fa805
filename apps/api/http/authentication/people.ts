import { SignInLinks } from "#application/people/sign-in-links.js";
import { LinkedAccounts } from "#application/people/linked-accounts.js";
import {
  onlyPersonByEmail,
  peopleByEmail,
  personByAccount,
  personById,
  personByLink,
} from "#read-models/people/queries.js";
import { type Backend } from "../../core/backend.js";
import { systemNow } from "../../core/clocks.js";

/** Links that let people of customers in. */
export const signInLinksOf = ({ store, dataSource }: Pick<Backend, "store" | "dataSource">): SignInLinks =>
  new SignInLinks({
    ...{ store, systemNow },
    findByEmail: (email) => peopleByEmail(dataSource, email),
    findByLink: (secretHash) => personByLink(dataSource, secretHash),
    findById: (personId) => personById(dataSource, personId),
  });

/** Accounts at the OpenID provider that do. */
export const linkedAccountsOf = ({
  store,
  dataSource,
  visibility,
}: Pick<Backend, "store" | "dataSource" | "visibility">): LinkedAccounts =>
  new LinkedAccounts({
    ...{ store, systemNow },
    findByAccount: (account) => personByAccount(dataSource, account),
    findOnlyByEmail: (email) => onlyPersonByEmail(dataSource, email),
    visible: (position, providerId) => visibility.waitUntilVisible(position, undefined, providerId),
  });
