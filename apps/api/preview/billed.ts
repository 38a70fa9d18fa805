import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { type BilledCategory } from "./commands.js";

/** An aggregate that bills are computed from, as its stream says; null: there is none. */
export type Billed =
  | { readonly category: "customer"; readonly state: Customer | null }
  | { readonly category: "account"; readonly state: Account | null }
  | { readonly category: "commitment"; readonly state: Commitment | null };

export const loadBilled = async (store: EventStore, category: BilledCategory, stream: string): Promise<Billed> => {
  switch (category) {
    case "customer":
      return { category, state: (await loadAggregate(store, stream, customerEvolver)).state };
    case "account":
      return { category, state: (await loadAggregate(store, stream, accountEvolver)).state };
    case "commitment":
      return { category, state: (await loadAggregate(store, stream, commitmentEvolver)).state };
  }
};

/** The history of its customer with the aggregate as it is given. */
export const withBilled = (history: CustomerHistory, { category, state }: Billed): CustomerHistory => {
  if (state === null) return history;
  switch (category) {
    case "customer":
      return { ...history, customer: state };
    case "account":
      return { ...history, accounts: new Map([...history.accounts, [state.accountId, state]]) };
    case "commitment": {
      const others = history.commitments.filter(({ commitmentId }) => commitmentId !== state.commitmentId);
      return { ...history, commitments: [...others, state] };
    }
  }
};
