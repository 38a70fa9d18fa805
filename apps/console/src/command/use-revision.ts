import { useState } from "react";
import { type Client, useClient } from "urql";
import { caughtUp, differing, type Revised, revised } from "./revision.js";

/** A value of a form before and after, as it is shown; empty: none. */
export interface ShownChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What the form of a command needs to know of it. */
export interface Revision {
  /** What the form changes. */
  readonly changes: readonly ShownChange[];
  /**
   * Reads what there is now, once somebody else changed it; what was changed in the form stays.
   * @returns what the other one changed; empty: queries do not show it yet
   */
  readonly catchUp: () => Promise<readonly ShownChange[]>;
}

/** A field as changes of it are told. */
export interface Told<Form> {
  readonly field: keyof Form & string;
  readonly name: string;
  /** Left out: as it is in the form. */
  readonly text?: (form: Form) => string;
}

interface Given<Shown, Form extends object> {
  /** What there was when the form was opened. */
  readonly shown: Shown;
  readonly formOf: (shown: Shown) => Form;
  /** Reads it again; null: it is no more, or there is no answer. */
  readonly read: (client: Client) => Promise<Shown | null>;
  readonly told: readonly Told<Form>[];
}

/** How long queries are given to show what somebody else changed, in milliseconds. */
const WAITS = [0, 300, 1_000, 2_000];

/**
 * Holds a form that changes what there is: it asks only for what differs, and says what it took that to be, so that
 * nobody's change is undone by another one's (decision 308).
 */
export const useRevision = <Shown, Form extends object>({ shown, formOf, read, told }: Given<Shown, Form>) => {
  const client = useClient();
  const [{ opened, form }, set] = useState(() => {
    const first = formOf(shown);
    return { opened: first, form: first };
  });
  const tell = (before: Form, after: Form): ShownChange[] => {
    const names = differing(before, after);
    const textOf = ({ field, text }: Told<Form>, of: Form): string => (text ? text(of) : String(of[field] ?? ""));
    return told
      .filter(({ field }) => names.includes(field))
      .map((each) => ({ name: each.name, before: textOf(each, before), after: textOf(each, after) }));
  };
  return {
    form,
    setForm: (next: Form): void => {
      set((before) => ({ ...before, form: next }));
    },
    change: (changes: Partial<Form>): void => {
      set((before) => ({ ...before, form: { ...before.form, ...changes } }));
    },
    /** What is asked for; null: nothing is changed, or the form is not complete. */
    ask: <Thing extends object, Terms extends object>(
      thing: Thing,
      termsOf: (form: Form) => Terms | null,
    ): (Thing & Revised<Terms>) | null => {
      const asked = revised(termsOf(opened), termsOf(form));
      return asked && { ...thing, ...asked };
    },
    changes: tell(opened, form),
    catchUp: async (): Promise<readonly ShownChange[]> => {
      for (const wait of WAITS) {
        await new Promise((done) => setTimeout(done, wait));
        const found = await read(client);
        const now = found === null ? opened : formOf(found);
        if (differing(opened, now).length === 0) continue;
        set((before) => ({ opened: now, form: caughtUp(before.opened, now, before.form) }));
        return tell(opened, now);
      }
      return [];
    },
  };
};
