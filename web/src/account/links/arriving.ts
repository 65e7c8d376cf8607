/** Coming in by a link: signing in where that is still to be done, then home, with a word of welcome. */
import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { say } from "../../desk/say";

/** Reads anew who is signed in and what it may see, goes home and says `welcome`. */
export function useArrival(): (welcome: string) => Promise<void> {
  const client = useQueryClient();
  const [, go] = useLocation();
  return async (welcome) => {
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "links" });
    go("/", { replace: true });
    say(welcome);
  };
}
