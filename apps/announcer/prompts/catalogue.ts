import { parse } from "yaml";
import { z } from "zod";

export const languages = ["en", "it"] as const;
export type PromptLanguage = (typeof languages)[number];

/** How a value is said (spoken.ts). */
export const kinds = ["amount", "date", "count", "digits", "seconds", "text"] as const;
export type Kind = (typeof kinds)[number];

export interface Prompt {
  readonly application: string;
  /** Unique within its application. */
  readonly id: string;
  /** Whether Tenure's own endpoint plays it; the others are for the operator's media server. */
  readonly played: boolean;
  readonly variables: Readonly<Record<string, Kind>>;
  /** ICU messages. */
  readonly texts: Readonly<Record<PromptLanguage, string>>;
}

const name = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
const text = z.string().min(1);
const file = z.strictObject({
  reviewed: z.strictObject({ en: z.boolean(), it: z.boolean() }),
  applications: z.record(
    name,
    z.record(
      name,
      z.strictObject({
        played: z.literal(true).optional(),
        variables: z.record(z.string().regex(/^[a-z]+$/), z.enum(kinds)).optional(),
        en: text,
        it: text,
      }),
    ),
  ),
});

export interface Catalogue {
  /** By language, whether a native speaker has read the texts. */
  readonly reviewed: Readonly<Record<PromptLanguage, boolean>>;
  readonly prompts: readonly Prompt[];
}

/** Reads ivr/prompts.yaml. @throws ZodError where its form is not that of a catalogue */
export const readCatalogue = (yaml: string): Catalogue => {
  const { reviewed, applications } = file.parse(parse(yaml));
  const prompts = Object.entries(applications).flatMap(([application, own]) =>
    Object.entries(own).map(([id, { played = false, variables = {}, ...texts }]): Prompt => {
      return { application, id, played, variables, texts };
    }),
  );
  return { reviewed, prompts };
};
