/**
 * The HTTP doors: JSON in and out under `api/`, the session's cookie carried by the browser, one kind of failure.
 * No React, no cache: who calls decides how long an answer holds.
 */
import { rootAddress } from "../address";

/** One of several reasons, of a field and perhaps of a vehicle. */
export interface Reason {
  code: string;
  field: string;
  vehicle?: number | null;
}

/** A refusal of a door (`status` as HTTP says it) or an unreachable server (`status` 0). */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly reasons: Reason[] = [],
  ) {
    super(message);
    this.name = "HttpProblem";
  }
}

interface ErrorBody {
  error?: { code?: string; message?: string; field?: string | null; reasons?: Reason[] };
}

async function problemOf(response: Response): Promise<HttpProblem> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  const error = body.error ?? {};
  return new HttpProblem(
    response.status,
    error.code ?? "unknown",
    error.message ?? response.statusText,
    error.field ?? null,
    error.reasons ?? [],
  );
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (signal) init.signal = signal;
  if (method !== "GET") {
    init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    if (body !== undefined) init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(new URL(`api/${path}`, rootAddress), init);
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new HttpProblem(0, "unreachable", String(failure));
  }
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export type Query = Record<string, string | number | undefined>;

/** `path?name=value…`, without what is undefined or empty. */
export function withQuery(path: string, query: Query): string {
  const named = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(named.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

export const http = {
  get: <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
    ask<T>("GET", withQuery(path, query), undefined, signal),
  post: <T>(path: string, body: unknown) => ask<T>("POST", path, body),
  remove: <T>(path: string) => ask<T>("DELETE", path),
};
