/** Where a call's metadata says who called, once that has been checked. A client cannot set it. */
export const USER_KEY = "tenure-user";
