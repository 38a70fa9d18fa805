import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../../web/components/button.js";
import { TextField } from "../../../web/components/fields.js";
import { useSay } from "../../../web/texts/speech.js";
import { askForLink, exchange } from "./session-requests.js";
import style from "./sign-in.module.css";
import { type SessionText, sessionTexts } from "./texts.js";

/** What the page says: one of its own texts, or a sentence of the API. */
export type Said = SessionText | { readonly sentence: string };

/** Where people sign in at an OpenID provider, and make an account there their own. */
const OPEN_ID = "/session/oidc";
const LINK_ACCOUNT = "/session/oidc/account";

export const hasOpenId = (): boolean =>
  document.querySelector<HTMLMetaElement>('meta[name="tenure-openid"]')?.content === "yes";

/** The address is loaded again in place of this one, so that the browser's history keeps no secret. */
export const goOn = (address = location.pathname + location.search): void => {
  location.replace(address);
};

interface Given {
  /** Why the page is shown. */
  readonly said: Said;
  /** Called once he is in; left out: the address is loaded again. */
  readonly onIn?: () => void;
}

/** Whose session ended: below it is what he has open. @param goOn asks who is signed in by now */
export const SignInAgain = ({ goOn: again }: { readonly goOn: () => void }) => {
  const [focused] = useState(() => document.activeElement);
  useEffect(() => {
    // Once what was open above the page is gone, which holds the focus.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("input[name=token]")?.focus());
    return () => {
      // Once what is below is in sight again.
      requestAnimationFrame(() => {
        if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
      });
    };
  }, [focused]);
  useEffect(() => {
    // He may have signed in in another window: by a link, or with his organisation.
    addEventListener("focus", again);
    return () => {
      removeEventListener("focus", again);
    };
  }, [again]);
  return <SignIn said="ended" onIn={again} />;
};

/** Whoever comes without a session, or without one any more. */
export const SignIn = ({ said: first, onIn }: Given) => {
  const say = useSay(sessionTexts);
  const [said, setSaid] = useState<Said>(first);
  const [token, setToken] = useState("");
  const [email, setEmail] = useState("");
  useEffect(() => {
    document.title = say("signInHeading");
  }, [say]);
  const byToken = async () => {
    const exchanged = await exchange(token).catch(() => "lost" as const);
    if (exchanged === "in") (onIn ?? goOn)();
    else setSaid(exchanged === "refused" ? "tokenRefused" : exchanged === "lost" ? "noAnswer" : exchanged);
  };
  const byMail = async () => {
    setSaid((await askForLink(email)) ? "linkOnItsWay" : "notNow");
  };
  return (
    <Outside said={said}>
      <form
        aria-label={say("token")}
        onSubmit={(event) => {
          event.preventDefault();
          void byToken();
        }}
      >
        <TextField name="token" label={say("token")} type="password" value={token} onChange={setToken} />
        <Button type="submit" kind="primary">
          {say("signIn")}
        </Button>
      </form>
      <form
        aria-label={say("email")}
        onSubmit={(event) => {
          event.preventDefault();
          void byMail();
        }}
      >
        <TextField
          name="email"
          label={say("email")}
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
        />
        <Button type="submit">{say("sendLink")}</Button>
      </form>
      {hasOpenId() && (
        <p>
          <a href={OPEN_ID} {...(onIn && { target: "_blank" })}>
            {say("byOpenId")}
          </a>
        </p>
      )}
    </Outside>
  );
};

/** Whoever came by a link, and may make an account at the OpenID provider his own. */
export const CameByLink = () => {
  const say = useSay(sessionTexts);
  return (
    <Outside said="signedIn">
      <p>
        <a href={LINK_ACCOUNT}>{say("linkAccount")}</a>
      </p>
      <p>
        <a href="/">{say("goOn")}</a>
      </p>
    </Outside>
  );
};

/** Loads the address again, so that nothing of what was open stays in memory. */
export const LoadAgain = () => {
  useEffect(() => {
    goOn();
  }, []);
  return <Outside said="moment" />;
};

/** A page without the frame. */
export const Outside = ({ said, children }: { readonly said: Said; readonly children?: ReactNode }) => {
  const say = useSay(sessionTexts);
  return (
    <main className={style.outside}>
      <h1>{say("signInHeading")}</h1>
      <p role="status">{typeof said === "string" ? say(said) : said.sentence}</p>
      {children}
    </main>
  );
};
