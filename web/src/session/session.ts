/**
 * Who is signed in: `GET /api/me`, signing in and out, and the demonstration's sign-ins where the server lists them.
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { HttpProblem, http } from "../wire/http";
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

const ME = ["me"] as const;

/** `data` is `null` when nobody is signed in. */
export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: async ({ signal }) => {
      try {
        return await http.get<Me>("me", {}, signal);
      } catch (problem) {
        if (problem instanceof HttpProblem && problem.status === 401) return null;
        throw problem;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) => http.post("sessions", credentials),
    onSuccess: () => client.invalidateQueries({ queryKey: ME }),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.remove("sessions/current"),
    onSettled: () => {
      client.setQueryData(ME, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
    },
  });
}

/** Asks again who is signed in, after the server closed the line for good. */
export function useSessionCheck(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ME });
}

/** The demonstration's sign-ins; empty outside demonstration mode, where the server answers 404. */
export function useDemo() {
  return useQuery({
    queryKey: ["demo"],
    queryFn: async ({ signal }) => (await http.get<{ sign_ins: DemoSignIn[] }>("demo", {}, signal)).sign_ins,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
