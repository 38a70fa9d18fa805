const KEY = "tenure.provider";

/** Id of the provider that an operator chose: in this window, else the last time in this browser; null: none. */
export const chosenProvider = (): string | null => sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);

/** Keeps it for this window, and for windows to come. @param id null: forgets it */
export const keepProvider = (id: string | null): void => {
  for (const storage of [sessionStorage, localStorage]) {
    if (id === null) storage.removeItem(KEY);
    else storage.setItem(KEY, id);
  }
};
