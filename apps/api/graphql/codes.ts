import { type RejectionCode, rejectionMeanings } from "#domain/rejection.js";
import { rejectionCases } from "#domain/rejection-facts.js";

/** The codes of requests that are refused before a command or a query is looked at, or fail. A new one is an entry here. */
const requestMeanings = {
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document or its variables do not fit the schema: a field, a type, a missing value.",
  QUERY_TOO_LARGE: "The operation nests too deeply, or asks for too much; ask for less in one request.",
  BAD_REQUEST: "The request is no operation of GraphQL.",
  UNAUTHENTICATED: "Nothing that is valid says who asks: no token or session, or one that has ended.",
  RATE_LIMITED: "There were too many requests; the header retry-after says in how many seconds the next is taken.",
  NOT_FOUND: "There is nothing at this address.",
  METHOD_NOT_ALLOWED: "Operations are sent by POST; queries also by GET.",
  REQUEST_TOO_LARGE: "The request has too many bytes.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not JSON by its content type.",
  NOT_VISIBLE_YET:
    "The read models have not reached the position of the header tenure-after within two seconds, or do not show the provider yet; ask again.",
  UNAVAILABLE: "A server does not answer, or is being stopped. Sending the same request again is safe.",
  INTERNAL: "A fault of this program. The log knows more under `extensions.correlationId`.",
} as const;

/** Every code in `errors[].extensions.code`, with its meaning. */
export const codeMeanings: Readonly<Record<RejectionCode | keyof typeof requestMeanings, string>> = {
  ...rejectionMeanings,
  ...requestMeanings,
};

export type ErrorCode = keyof typeof codeMeanings;

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === "string" && Object.hasOwn(codeMeanings, code);

const rows = (meanings: Readonly<Record<string, string>>): string =>
  Object.entries(meanings)
    .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
    .join("\n");

const cases = Object.entries(rejectionCases)
  .map(([name, facts]) => `| \`${name}\` | ${facts.map((fact) => `\`${fact}\``).join(", ")} |`)
  .join("\n");

/** docs/codes.md. */
export const codesPage = (): string => `# Codes

<!-- Generated from the code: npm run build && node dist/apps/api/print-codes.js -->

Everything that is refused has a code, in \`errors[].extensions.code\`: the enum \`ErrorCode\` of the schema, which the query \`errorCodes\` lists. Codes do not change; sentences can. The HTTP status is 200 wherever the answer may hold data.

## Refused commands and queries

Scenario files expect these with \`rejected: CODE\`. Nothing was written.

| Code | Meaning |
| --- | --- |
${rows(rejectionMeanings)}

## Refused requests

| Code | Meaning |
| --- | --- |
${rows(requestMeanings)}

\`FORBIDDEN\` is answered to requests as well: to those that name another host, come from a page of another origin, or come by the cookie of a session without the header \`tenure-request\`.

## Where the mistake is

| | |
| --- | --- |
| \`message\` | a sentence for people, without the values sent |
| \`path\` | the field of the answer that is null for it; none when the whole request was refused |
| \`locations\` | the place in the document: of the value where it is written there, otherwise of its variable |
| \`extensions.field\` | the field of the input, without places in lists: \`recurringFees.discount\` |
| \`extensions.inputPath\` | the way to the value, from the argument or the variable on, with places in lists from 0 on: \`["input", "recurringFees", 1, "discount"]\` |
| \`extensions.facts\` | what the sentence says, for a client that says it in its user's language or writes dates and amounts its own way: \`case\` and the case's facts, where there are any: \`{"case": "PAUSE_BEGUN", "from": "2020-08-01"}\` |

All mistakes of an input are told at once, an error each: what does not fit its type, and what is malformed. What depends on more than the input, such as an unknown customer, is looked at once it is well-formed; of several such reasons one is told.

## Cases

Where a code has several causes, or a sentence says a day or an amount, \`extensions.facts.case\` names it. Cases, like codes, do not change. Days are ISO dates, instants RFC 3339 in UTC, amounts decimal text beside their \`currency\`. Of what came in a file, \`line\` and \`column\` say where it is.

| Case | Facts |
| --- | --- |
${cases}
`;
