import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type Opened } from "./search.js";

/** Opens the drawer that the address asks for, once, and takes it out of the address. */
export const useOpened = (drawers: Readonly<Record<Opened, (() => void) | false>>): void => {
  const { day, open } = useSearch({ from: "/commitments/$id" });
  const navigate = useNavigate({ from: "/commitments/$id" });
  const latest = useRef(drawers);
  useEffect(() => {
    latest.current = drawers;
  });
  useEffect(() => {
    if (open === undefined) return;
    const drawer = latest.current[open];
    if (drawer) drawer();
    void navigate({ search: day === undefined ? {} : { day }, replace: true, resetScroll: false });
  }, [open, day, navigate]);
};
