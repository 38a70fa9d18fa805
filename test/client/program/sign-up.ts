import {
  AssignOfferDocument,
  type AssignOfferMutation,
  CreateCustomerDocument,
  type CreateCustomerMutation,
  DefineCatalogDocument,
  type DefineCatalogMutation,
  DefineOfferDocument,
  type DefineOfferMutation,
  type ErrorCode,
  OpenAccountDocument,
  type OpenAccountMutation,
  RunningPeriodDocument,
  type RunningPeriodQuery,
  type TypedDocumentString,
} from "./generated/graphql.js";

/* What a stranger would write with the types that a code generator makes of the published schema. */

/** Where the API is, whose customers are meant, and who asks. */
export interface Access {
  readonly url: string;
  readonly provider: string;
  readonly token: string;
}

interface Answer<Data> {
  readonly data: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: ErrorCode } }[];
}

const asking =
  ({ url, provider, token }: Access) =>
  async <Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "tenure-provider": provider,
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors = [] } = (await response.json()) as Answer<Data>;
    const [error] = errors;
    if (error || data === null) throw new Error(`${error?.extensions.code ?? "no data"}: ${error?.message ?? ""}`);
    return data;
  };

/** Of a mutation that was not refused. */
const answered = <Payload>(payload: Payload | null | undefined): Payload => {
  if (payload == null) throw new Error("A mutation without errors has no answer.");
  return payload;
};

export interface SignedUp {
  readonly catalog: DefineCatalogMutation;
  readonly offer: DefineOfferMutation;
  readonly customer: CreateCustomerMutation;
  readonly account: OpenAccountMutation;
  readonly commitment: AssignOfferMutation;
  readonly running: RunningPeriodQuery;
}

/** Defines an offer, signs a customer up for it, and reads what the running period will charge. */
export const signUp = async (access: Access): Promise<SignedUp> => {
  const ask = asking(access);
  const catalog = await ask(DefineCatalogDocument, {
    plan: {
      idempotencyKey: "plan",
      name: "Turbo 1 GB",
      currency: "USD",
      minimumPeriods: 24,
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    },
    product: { idempotencyKey: "product", name: "Smart call" },
  });
  const offer = await ask(DefineOfferDocument, {
    input: {
      idempotencyKey: "offer",
      name: "Two years of Turbo",
      currency: "USD",
      discountPeriods: 24,
      recurringFees: [{ planId: answered(catalog.definePlan).id, discount: "5.00" }],
    },
  });
  const customer = await ask(CreateCustomerDocument, {
    input: { idempotencyKey: "customer", currency: "USD", contact: { name: "John Doe" } },
  });
  const { id: customerId } = answered(customer.createCustomer);
  const account = await ask(OpenAccountDocument, {
    input: {
      idempotencyKey: "account",
      identifier: "12012555215",
      customerId,
      mainProductId: answered(catalog.defineMainProduct).id,
    },
  });
  const commitment = await ask(AssignOfferDocument, {
    input: {
      idempotencyKey: "commitment",
      accountId: answered(account.openAccount).id,
      offerId: answered(offer.defineOffer).id,
    },
  });
  return { catalog, offer, customer, account, commitment, running: await ask(RunningPeriodDocument, { customerId }) };
};

/** The code and sentence of a refusal. */
export const refusal = async (access: Access): Promise<string> => {
  try {
    await asking(access)(OpenAccountDocument, {
      input: {
        idempotencyKey: "nobody",
        identifier: "1",
        customerId: "00000000-0000-4000-8000-000000000000",
        mainProductId: "00000000-0000-4000-8000-000000000000",
      },
    });
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
