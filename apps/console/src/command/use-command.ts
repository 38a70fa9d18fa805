import { type TadaDocumentNode } from "gql.tada";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { type Failure, failuresOf } from "../../../web/failure.js";
import { useSpeech } from "../../../web/texts/speech.js";
import { useOnline } from "../frame/online.js";
import { type Previewed } from "./previewed.js";

type LanguageName = "EN" | "IT";

/** A command: how it is previewed, and how it is given. */
export interface Command<Input extends object, Preview extends { readonly preview: Previewed }, Data> {
  readonly preview: TadaDocumentNode<Preview, { input: Input; language: LanguageName }>;
  readonly mutation: TadaDocumentNode<Data, { input: Input & { idempotencyKey: string } }>;
  /** What the form says; null: it is not complete. */
  readonly input: Input | null;
}

interface Answer<Preview> {
  /** The form as it stood. */
  readonly id: string;
  readonly preview: Preview | null;
  readonly failures: readonly Failure[];
}

/** How long nothing is typed before it is previewed, in milliseconds. */
const REST = 150;

export type Given<Data> = { readonly data: Data } | "refused" | "conflict";

/**
 * Previews a command as its form changes, and gives it. One key for all tries: what reached the server once is not done
 * twice.
 */
export const useCommand = <Input extends object, Preview extends { readonly preview: Previewed }, Data>(
  command: Command<Input, Preview, Data>,
) => {
  const client = useClient();
  const { language } = useSpeech();
  const isOnline = useOnline();
  const { input } = command;
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer<Preview> | null>(null);
  const [isGiving, setGiving] = useState(false);
  const isUnderWay = useRef(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const id = input === null ? null : `${attempt} ${language} ${JSON.stringify(input)}`;
  const latest = useRef(command);
  useEffect(() => {
    latest.current = command;
  });

  /** The form whose preview is there: it is not asked for again only because the connection is back. */
  const previewed = useRef<string | null>(null);
  useEffect(() => {
    if (id === null || !isOnline || previewed.current === id) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const { preview, input: asked } = latest.current;
      if (!asked) return;
      const variables = { input: asked, language: language.toUpperCase() as LanguageName };
      void client
        .query(preview, variables)
        .toPromise()
        .then(({ data, error }) => {
          if (!isCurrent) return;
          previewed.current = error ? null : id;
          if (error) setAnswer({ id, preview: null, failures: failuresOfAll(error) });
          else setAnswer({ id, preview: data ?? null, failures: [] });
        });
    }, REST);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, id, language, isOnline]);

  const give = useCallback(async (): Promise<Given<Data> | null> => {
    const { mutation, input: asked } = latest.current;
    if (isUnderWay.current || asked === null || id === null) return null;
    isUnderWay.current = true;
    setGiving(true);
    try {
      const { data, error } = await client.mutation(mutation, { input: { ...asked, idempotencyKey: key } }).toPromise();
      if (!error && data != null) return { data };
      const failures = error ? failuresOfAll(error) : [LOST];
      const isConflict = failures.some((failure) => failure.why === "refused" && failure.code === "CONFLICT");
      if (isConflict) setAttempt((before) => before + 1);
      // The preview stands, unless the server says no: then the form has to change.
      else setAnswer((before) => ({ id, preview: hasRefusal(failures) ? null : (before?.preview ?? null), failures }));
      return isConflict ? "conflict" : "refused";
    } finally {
      isUnderWay.current = false;
      setGiving(false);
    }
  }, [client, id, key]);

  const isCurrent = answer !== null && answer.id === id;
  return {
    /** Null while the answer does not belong to the form as it stands. */
    current: isCurrent ? answer : null,
    /** The last answer, which may belong to an earlier form. */
    last: id === null ? null : answer,
    isGiving,
    give,
    /** Asks again what the form as it stands does. */
    retry: useCallback(() => {
      setAttempt((before) => before + 1);
    }, []),
    /** Begins another command of this kind. */
    renew: useCallback(() => {
      setKey(crypto.randomUUID());
      previewed.current = null;
      setAnswer(null);
    }, []),
  };
};

const LOST: Failure = { why: "unreachable", request: null };

const failuresOfAll = (error: Parameters<typeof failuresOf>[0]): readonly Failure[] => {
  const failures = failuresOf(error);
  return failures.length > 0 ? failures : [LOST];
};

const hasRefusal = (failures: readonly Failure[]): boolean => failures.some(({ why }) => why === "refused");
