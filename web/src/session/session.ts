/** Who is signed in, signing in and out, and the demonstration's sign-ins where the server lists them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "../wire/http";
import type { Role } from "../wire/messages";

export interface Me {
  id: number;
  name: string;
  email: string;
  role: Role;
  language: string;
  /** A trader's company, or the dealer's home entity. */
  company: string;
  entities: { id: number; name: string; rights: string[] }[];
}

export interface DemoSignIn {
  email: string;
  password: string;
  role: Role;
  name: string;
  company: string;
}

/** Who is signed in, if anybody; in a demonstration the sign-in page lists its accounts. */
interface Session {
  user: Me | null;
  demonstration: boolean;
}

const SESSION = ["session"] as const;
/** This page's own note: somebody signed out here, the session did not end by itself. */
const LEFT = ["session", "left"] as const;

export function useHasLeft(): boolean {
  return useQueryClient().getQueryData<boolean>(LEFT) === true;
}

export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => http.get<Session>("sessions/current", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) => http.post("sessions", credentials),
    onSuccess: () => {
      client.setQueryData(LEFT, false);
      return client.invalidateQueries({ queryKey: SESSION, exact: true });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.remove("sessions/current"),
    onMutate: () => client.setQueryData(LEFT, true),
    onSettled: () => {
      client.setQueryData<Session>(SESSION, (known) => known && { ...known, user: null });
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
    queryFn: async ({ signal }) => (await http.get<{ sign_ins: DemoSignIn[] }>("demo", {}, signal)).sign_ins,
    enabled: session.data?.demonstration === true,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
