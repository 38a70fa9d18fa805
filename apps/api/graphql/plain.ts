/**
 * What a GraphQL class describes, as plain data: the classes only declare the schema, nobody makes instances of them.
 */
export type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
