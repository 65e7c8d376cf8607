/** Who is signed in, signing in and out, and the demonstration's sign-ins where the server lists them. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { forgetAllTyped, typedBy } from "../desk/form/kept";
import type { CurrentSession } from "../wire/generated/http";
import { ask, HttpProblem } from "../wire/http";

export type { DemoSignIn, Me } from "../wire/generated/http";

const SESSION = ["session"] as const;
/** This page's own note: somebody signed out here, the session did not end by itself. */
const LEFT = ["session", "left"] as const;
/** Whose data this page holds, also after the session has ended. */
const READER = ["session", "reader"] as const;

export function useHasLeft(): boolean {
  return useQueryClient().getQueryData<boolean>(LEFT) === true;
}

export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: async ({ client, signal }) => {
      const session = await ask("GET /api/sessions/current", { signal });
      if (session.user) readBy(client, session.user.id);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
    // Somebody may have signed in on another tab meanwhile.
    refetchOnWindowFocus: ({ state }) => (state.data?.user ? false : "always"),
  });
}

/** What this page holds is one user's: another who signs in, here or on another tab, finds none of it. */
function readBy(client: QueryClient, user: number): void {
  const before = client.getQueryData<number>(READER);
  if (before !== undefined && before !== user) forgetData(client);
  client.setQueryData(READER, user);
  typedBy(user);
}

function forgetData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  forgetAllTyped();
}

export interface Credentials {
  email: string;
  password: string;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => ask("POST /api/sessions", { body: credentials }),
    onSuccess: () => {
      client.setQueryData(LEFT, false);
      return client.invalidateQueries({ queryKey: SESSION, exact: true });
    },
  });
}

/** Ends the session. While the server has not, whoever signs out is still there, and is told so where it was asked. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ask("DELETE /api/sessions/current").catch((failure: unknown) => {
        const over = failure instanceof HttpProblem && failure.status === 401;
        if (!over) throw failure;
      }),
    onMutate: () => client.setQueryData(LEFT, true),
    onError: () => client.setQueryData(LEFT, false),
    onSuccess: () => {
      client.setQueryData<CurrentSession>(SESSION, (known) => known && { ...known, user: null });
      forgetData(client);
    },
  });
}

/** Asks again who is signed in, after the server closed the line for good. */
export function useSessionCheck(): () => void {
  const client = useQueryClient();
  return () => askWhoReads(client);
}

export function askWhoReads(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: SESSION, exact: true });
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
