import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { type Client, Provider as ClientProvider } from "urql";
import { FailureNotice } from "../../../web/components/notice.js";
import { InSightContext } from "../../../web/components/popover.js";
import { type Failure, failureOf } from "../../../web/failure.js";
import { clientOf } from "../client.js";
import { type Arrival } from "./arrival.js";
import { ChooseProvider } from "./choose-provider.js";
import { chosenProvider, keepProvider } from "./chosen-provider.js";
import { endSession, exchange } from "./session-requests.js";
import { SessionEndedContext } from "./session-ended.js";
import { CameByLink, goOn, hasOpenId, LoadAgain, Outside, type Said, SignIn, SignInAgain } from "./sign-in.js";
import { type Asked, FRAME, PROVIDERS, ViewerContext } from "./viewer.js";

type Choice = { readonly id: string; readonly name: string };

type State =
  | { readonly is: "beginning" | "cameByLink" | "another" }
  | { readonly is: "outside"; readonly said: Said }
  | { readonly is: "failed"; readonly failure: Failure }
  | { readonly is: "choosing"; readonly providers: readonly Choice[] }
  | {
      readonly is: "in";
      readonly asked: Asked;
      readonly providers: readonly Choice[] | null;
      /** The session is over; what is open stays below, out of sight, until the same one is signed in again. */
      readonly isEnded?: boolean;
    };

/** Where somebody goes on who made a session by a link, and may make an account at the OpenID provider his own. */
const CAME_BY_LINK = "/?came-by-link";

/** Signs in, and shows what is below to who is signed in. */
export const Session = ({ arrival, children }: { readonly arrival: Arrival; readonly children: ReactNode }) => {
  const [state, setState] = useState<State>({ is: "beginning" });
  const [provider, setProvider] = useState(chosenProvider);
  const client = useMemo(
    () =>
      clientOf(provider, () => {
        setState((now) => (now.is === "in" ? { ...now, isEnded: true } : now));
      }),
    [provider],
  );
  const [asking, setAsking] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    const set = (next: State): void => {
      if (!isCurrent) return;
      setState((now) => (now.is === "in" ? following(now, next) : next));
    };
    begin(asking === 0 ? arrival : NOTHING, client, provider)
      .then((next) => {
        // A provider that is no more, or another user's.
        if (next === "choose again") {
          keepProvider(null);
          if (isCurrent) setProvider(null);
        } else if (next) set(next);
      })
      .catch(() => {
        set({ is: "outside", said: "noAnswer" });
      });
    return () => {
      isCurrent = false;
    };
  }, [arrival, asking, client, provider]);

  const reload = useCallback(() => {
    setAsking((before) => before + 1);
  }, []);
  const choose = useCallback((id: string) => {
    keepProvider(id);
    setProvider(id);
    // The one that he had is asked for again, too.
    setAsking((before) => before + 1);
  }, []);

  switch (state.is) {
    case "beginning":
      return <Outside said="moment" />;
    case "cameByLink":
      return <CameByLink />;
    case "another":
      return <LoadAgain />;
    case "outside":
      return <SignIn key={JSON.stringify(state.said)} said={state.said} />;
    case "failed":
      return (
        <main>
          <FailureNotice failure={state.failure} retry={reload} />
        </main>
      );
    case "choosing":
      return <ChooseProvider providers={state.providers} choose={choose} />;
    case "in":
      return (
        <>
          {state.isEnded === true && <SignInAgain goOn={reload} />}
          <SessionEndedContext value={state.isEnded === true}>
            <InSightContext value={state.isEnded !== true}>
              <div style={{ display: state.isEnded === true ? "none" : "contents" }}>
                <In asked={state.asked} providers={state.providers} client={client} reload={reload} set={setState}>
                  {children}
                </In>
              </div>
            </InSightContext>
          </SessionEndedContext>
        </>
      );
  }
};

type Within = Extract<State, { readonly is: "in" }>;

/** What is shown once who is signed in was asked for again. */
const following = (now: Within, next: State): State => {
  switch (next.is) {
    case "in": {
      // Where somebody else signed in, here or in another tab, nothing of what was open is his.
      if (next.asked.actor !== now.asked.actor) return { is: "another" };
      const isElsewhere = next.asked.provider?.id !== now.asked.provider?.id;
      return now.isEnded === true && isElsewhere ? { is: "another" } : next;
    }
    case "outside":
      // What is open stays, where there was no answer.
      return next.said === "noAnswer" ? now : { ...now, isEnded: true };
    case "failed":
      return now;
    case "choosing":
    case "beginning":
    case "cameByLink":
    case "another":
      return next;
  }
};

const NOTHING: Arrival = { secret: null, is: null };

interface Inside {
  readonly asked: Asked;
  readonly providers: readonly Choice[] | null;
  readonly client: Client;
  readonly reload: () => void;
  readonly set: (state: State) => void;
  readonly children: ReactNode;
}

/** How often who is signed in is asked for again, in milliseconds: days pass, rights change. So it is when the page comes back in sight. */
const ASK_AGAIN = 300_000;

const In = ({ asked, providers, client, reload, set, children }: Inside) => {
  useEffect(() => {
    const timer = setInterval(reload, ASK_AGAIN);
    // Somebody else may have signed in in another tab.
    const backInSight = (): void => {
      if (document.visibilityState === "visible") reload();
    };
    document.addEventListener("visibilitychange", backInSight);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", backInSight);
    };
  }, [reload]);
  const viewer = useMemo(() => {
    const { provider, ...rest } = asked;
    if (!provider) return null;
    return {
      ...rest,
      provider,
      hasChoice: (providers?.length ?? 0) > 1,
      chooseProvider: () => {
        set({ is: "choosing", providers: providers ?? [] });
      },
      signOut: () => {
        void endSession()
          .then(() => {
            keepProvider(null);
            // Loaded anew: nothing of what was shown stays in memory.
            location.assign("/#sign-out");
            location.reload();
          })
          .catch(() => undefined);
      },
      reload,
    };
  }, [asked, providers, reload, set]);
  return (
    <ClientProvider value={client}>
      <ViewerContext value={viewer}>{children}</ViewerContext>
    </ClientProvider>
  );
};

/** Null: the address is being loaded again. */
const begin = async (
  { secret, is }: Arrival,
  client: Client,
  provider: string | null,
): Promise<State | "choose again" | null> => {
  if (secret) {
    const exchanged = await exchange(secret.value);
    if (exchanged === "in") {
      goOn(secret.by === "link" && hasOpenId() ? CAME_BY_LINK : undefined);
      return null;
    }
    if (exchanged !== "refused") return { is: "outside", said: exchanged };
    return { is: "outside", said: secret.by === "token" ? "tokenRefused" : "linkRefused" };
  }
  switch (is) {
    case "sign-out":
      await endSession();
      keepProvider(null);
      return { is: "outside", said: "signedOut" };
    case "refused":
      return { is: "outside", said: "notLetIn" };
    case "unavailable":
      return { is: "outside", said: "unavailable" };
    case null:
      break;
  }
  if (`${location.pathname}${location.search}` === CAME_BY_LINK) return { is: "cameByLink" };
  return enter(client, provider);
};

const enter = async (client: Client, provider: string | null): Promise<State | "choose again"> => {
  const { data, error } = await client.query(FRAME, {}).toPromise();
  const failure = error && failureOf(error);
  if (failure?.why === "unauthenticated") return { is: "outside", said: "signInFirst" };
  if (failure && provider !== null && failure.why !== "unreachable") return "choose again";
  if (failure) return { is: "failed", failure };
  if (!data) throw new TypeError("No answer.");
  const asked = data.viewer;
  if (!asked.roles.includes("OPERATOR")) return { is: "in", asked, providers: null };
  const listed = await client.query(PROVIDERS, {}).toPromise();
  if (listed.error) return { is: "failed", failure: failureOf(listed.error) };
  const providers = listed.data?.providers.edges.map(({ node }) => node) ?? [];
  const isChosen = provider !== null || providers.length < 2;
  return isChosen ? { is: "in", asked, providers } : { is: "choosing", providers };
};
