import { Client, fetchExchange, mapExchange } from "urql";
import { failureOf } from "../../web/failure.js";

/** A request of our own pages carries it: no form or link of another site can. */
export const OWN_HEADER = { "tenure-request": "1" } as const;

/**
 * The API as one viewer asks it. Nothing is kept between pages: what is shown was asked for when the page was opened,
 * and no answer can reach another viewer.
 *
 * @param provider id of the provider that is asked for; null: the viewer has only one
 * @param signedOut called once an answer says that the session has ended
 */
export const clientOf = (provider: string | null, signedOut: () => void): Client =>
  new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "network-only",
    fetchOptions: { headers: { ...OWN_HEADER, ...(provider !== null && { "tenure-provider": provider }) } },
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (failureOf(error).why === "unauthenticated") signedOut();
        },
      }),
      fetchExchange,
    ],
  });
