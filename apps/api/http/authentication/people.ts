import { SignInLinks } from "#application/people/sign-in-links.js";
import { peopleByEmail, personById, personByLink } from "#read-models/people/queries.js";
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
