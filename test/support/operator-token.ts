/** The token of operators that servers of tests are started with. */
export const OPERATOR_TOKEN = "operators-of-tests-come-in-with-this";

/** The header by which a request of a test comes from an operator. */
export const AUTHORIZATION = { authorization: `Bearer ${OPERATOR_TOKEN}` } as const;
