import { createContext } from "react";

/** Whether the session of what is open is over: nothing is asked for and nothing given until it goes on. */
export const SessionEndedContext = createContext(false);
