import { badParameter } from "./answers.js";
import { priorities, statuses, type Ticket } from "./records.js";
import { type State } from "./state.js";
import { searchUsers } from "./users.js";

type Operator = ":" | "<" | "<=" | ">" | ">=";
interface Term {
  readonly key: string | undefined;
  readonly operator: Operator;
  readonly value: string;
  readonly isPhrase: boolean;
  readonly isNot: boolean;
}
type Test = (ticket: Ticket) => boolean;

const TERM = /(-?)(?:([a-z_]+)(:|<=|>=|<|>))?(?:"([^"]*)"?|([^\s"]+))/gi;
const SECOND = 1_000;

/**
 * Tickets that a query of Zendesk's search language finds: `key:value`, comparisons, "phrases", words, `-` for not.
 * Several values of one key mean any of them, as in Zendesk: `organization:1 organization:2` finds both. That is what
 * makes text from outside dangerous in such a query.
 */
export const searchTickets = (state: State, query: string): Ticket[] => {
  const terms = termsOf(query);
  const type = terms.find(({ key }) => key === "type")?.value;
  if (type !== undefined && type !== "ticket") return [];
  const byKey = new Map<string, Test[]>();
  const all: Test[] = [];
  for (const term of terms.filter(({ key }) => key !== "type")) {
    const test = testOf(state, term);
    if (term.key !== undefined && term.operator === ":" && !term.isNot) {
      byKey.set(term.key, [...(byKey.get(term.key) ?? []), test]);
    } else all.push(term.isNot ? (ticket) => !test(ticket) : test);
  }
  return state
    .indexedTickets()
    .filter(
      (ticket) =>
        all.every((test) => test(ticket)) && [...byKey.values()].every((any) => any.some((test) => test(ticket))),
    );
};

const termsOf = (query: string): Term[] =>
  [...query.matchAll(TERM)].map(([, minus, key, operator = ":", phrase, word = ""]) => ({
    key: key?.toLowerCase(),
    operator: operator as Operator,
    value: phrase ?? word,
    isPhrase: phrase !== undefined,
    isNot: minus === "-",
  }));

const testOf = (state: State, { key, operator, value, isPhrase }: Term): Test => {
  switch (key) {
    case undefined:
      return (ticket) =>
        holds(`${ticket.subject} ${ticket.description}`, value, isPhrase) || String(ticket.id) === value;
    case "subject":
      return ({ subject }) => holds(subject, value, isPhrase);
    case "description":
      return ({ description }) => holds(description, value, isPhrase);
    case "organization":
    case "organization_id":
      return ({ organization_id: id }) =>
        value === "none"
          ? id === null
          : id !== null &&
            (String(id) === value || state.organizations.get(id)?.name.toLowerCase() === value.toLowerCase());
    case "status":
      return ({ status }) => inOrder(statuses, status, operator, value);
    case "priority":
      return ({ priority }) => (priority === null ? value === "none" : inOrder(priorities, priority, operator, value));
    case "ticket_type":
      return ({ type }) => (type ?? "none") === value;
    case "external_id":
      return ({ external_id: id }) => id === value;
    case "tags":
      return ({ tags }) => tags.includes(value);
    case "requester": {
      const ids = searchUsers(state, value).map(({ id }) => id);
      return ({ requester_id: id }) => ids.includes(id);
    }
    case "created":
      return ({ created_at: at }) => when(at, operator, value);
    case "updated":
      return ({ updated_at: at }) => when(at, operator, value);
    default:
      throw badParameter("InvalidQuery", `Search knows no key ${key}.`);
  }
};

/** All words, a phrase in one piece; `*` stands for the rest of a word. */
const holds = (text: string, value: string, isPhrase: boolean): boolean => {
  const words = wordsOf(text);
  const wanted = wordsOf(value);
  const matches = (word: string | undefined, sought: string) =>
    word !== undefined && (sought.endsWith("*") ? word.startsWith(sought.slice(0, -1)) : word === sought);
  if (!isPhrase) return wanted.every((sought) => words.some((word) => matches(word, sought)));
  return words.some((_, from) => wanted.every((sought, place) => matches(words[from + place], sought)));
};

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+\*?/gu) ?? [];

const compare = (left: number, operator: Operator, right: number): boolean => {
  switch (operator) {
    case ":":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
};

const inOrder = (order: readonly string[], own: string, operator: Operator, value: string): boolean =>
  order.includes(value) && compare(order.indexOf(own), operator, order.indexOf(value));

/** A date is a whole day in UTC: after it, from its beginning on, within it. */
const when = (at: string, operator: Operator, value: string): boolean => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const from = Date.parse(value);
  if (Number.isNaN(from)) throw badParameter("InvalidQuery", `"${value}" is no date.`);
  const last = isDay ? from + 86_400 * SECOND - SECOND : from;
  const moment = Date.parse(at);
  if (operator === ":") return moment >= from && moment <= last;
  return compare(moment, operator, operator === ">" || operator === "<=" ? last : from);
};
