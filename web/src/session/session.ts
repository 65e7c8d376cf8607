/** Who is signed in, signing in and out, and the demonstration's sign-ins where the server lists them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CurrentSession } from "../wire/generated/http";
import { ask } from "../wire/http";

export type { DemoSignIn, Me } from "../wire/generated/http";

const SESSION = ["session"] as const;
/** This page's own note: somebody signed out here, the session did not end by itself. */
const LEFT = ["session", "left"] as const;

export function useHasLeft(): boolean {
  return useQueryClient().getQueryData<boolean>(LEFT) === true;
}

export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => ask("GET /api/sessions/current", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      ask("POST /api/sessions", { body: credentials }),
    onSuccess: () => {
      client.setQueryData(LEFT, false);
      return client.invalidateQueries({ queryKey: SESSION, exact: true });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask("DELETE /api/sessions/current"),
    onMutate: () => client.setQueryData(LEFT, true),
    onSettled: () => {
      client.setQueryData<CurrentSession>(SESSION, (known) => known && { ...known, user: null });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
    },
  });
}

/** Asks again who is signed in, after the server closed the line for good. */
export function useSessionCheck(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: SESSION, exact: true });
}

/** The demonstration's sign-ins. */
export function useDemo() {
  const session = useSession();
  return useQuery({
    queryKey: ["demo"],
    queryFn: async ({ signal }) => (await ask("GET /api/demo", { signal })).sign_ins,
    enabled: session.data?.demonstration === true,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
