import { type ResultOf } from "gql.tada";
import { createContext, useContext } from "react";
import { graphql } from "../../../web/graphql.js";

/** Who looks at the console and what he may; asked once, before the first page. */
export const FRAME = graphql(`
  query Frame {
    viewer {
      actor
      name
      roles
      commands
      queries
      customer {
        id
        contact {
          name
        }
      }
      provider {
        id
        name
        clock {
          now
          testClock
          advancingTo
        }
      }
    }
  }
`);

/** Asked by operators, who work for one of several providers. */
export const PROVIDERS = graphql(`
  query Providers {
    providers(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

export type Asked = ResultOf<typeof FRAME>["viewer"];
export type Provider = NonNullable<Asked["provider"]>;

export interface Viewer extends Omit<Asked, "provider"> {
  readonly provider: Provider;
  /** Whether there are other providers that he may work for. */
  readonly hasChoice: boolean;
  readonly chooseProvider: () => void;
  readonly signOut: () => void;
  /** Asks again, e.g. for the time of the test clock. */
  readonly reload: () => void;
}

export const ViewerContext = createContext<Viewer | null>(null);

/** Who looks at the page. */
export const useViewer = (): Viewer => {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("Nobody is signed in here.");
  return viewer;
};

/** What a page or a button needs: a query or a command of the API that the viewer may ask for. */
export type Need = { readonly query: string } | { readonly command: string };

export const isAllowed = ({ queries, commands }: Pick<Asked, "queries" | "commands">, need: Need): boolean =>
  "query" in need ? queries.includes(need.query) : commands.includes(need.command);

/** Whether the viewer may give a command. @param command name of the mutation */
export const useAllowed = (command: string): boolean => isAllowed(useViewer(), { command });

/** What the people of the provider may, whatever their role, and its customers may not. */
export const STAFF: Need = { query: "deliveries" };
