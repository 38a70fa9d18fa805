/**
 * The data of a GraphQL class as a plain object: the classes only declare the schema and are never instantiated. A
 * function, which resolvers may call, stays one.
 */
export type Plain<T> = T extends (...given: never[]) => unknown
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;
