/**
 * The HTTP doors: JSON and files in and out, the session's cookie carried by the browser, one kind of failure. `ask` is
 * typed by the server's own list of routes; `http` takes any path under `api/`.
 * No React, no cache: who calls decides how long an answer holds.
 */
import { rootAddress } from "../address";
import type { Doors, Reason } from "./generated/http";

export type { Reason } from "./generated/http";

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

/** A route as the server names it: `GET /api/auctions/{id}`. */
export type Door = keyof Doors;
export type AnswerOf<D extends Door> = Doors[D]["answer"];
export type BodyOf<D extends Door> = Doors[D] extends { body: infer Body } ? Body : never;
export type QueryOf<D extends Door> = Doors[D] extends { query?: infer Query } ? Query : never;

/** How a request is sent: it may be called off, and done once however often it is sent. */
export interface Sending {
  signal?: AbortSignal | undefined;
  /** The request's `Idempotency-Key`: sent again with the same key, it is answered the same. */
  key?: string | undefined;
}

/** Members that may be missing may be `undefined` too: the page's state goes in as it stands. */
type Loose<T> = { [Name in keyof T]: undefined extends T[Name] ? T[Name] | undefined : T[Name] };

/** What a route is asked with: the ids in its path, its query, its body (JSON, or a file as it is). */
type Asked<D extends Door> = (Doors[D] extends { ids: infer Ids } ? { ids: Ids } : { ids?: undefined }) &
  (Doors[D] extends { body: infer Body } ? { body: Body } : { body?: undefined }) &
  ("query" extends keyof Doors[D] ? AskedQuery<Doors[D]> : { query?: undefined }) &
  Sending;
type AskedQuery<D> = D extends { query: infer Query }
  ? { query: Loose<Query> }
  : D extends { query?: infer Query }
    ? { query?: Loose<NonNullable<Query>> }
    : never;
/** What must be given may not be left out; where nothing must, nothing is. */
type Arguments<A> = Record<string, never> extends A ? [asked?: A] : [asked: A];

async function send<T>(method: string, path: string, body: unknown, sending: Sending): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Adjuge-Language": document.documentElement.lang || "fr",
  };
  const init: RequestInit = { method, credentials: "same-origin", headers };
  if (sending.signal) init.signal = sending.signal;
  if (sending.key !== undefined) headers["Idempotency-Key"] = sending.key;
  if (body instanceof Blob) {
    headers["Content-Type"] = body.type || "application/octet-stream";
    init.body = body;
  } else if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    if (body !== undefined) init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(new URL(path, rootAddress), init);
  } catch (failure) {
    if (sending.signal?.aborted) throw failure;
    throw new HttpProblem(0, "unreachable", String(failure));
  }
  if (!response.ok) throw await problemOf(response);
  return (await contentOf(response)) as T;
}

function contentOf(response: Response): Promise<unknown> | undefined {
  if (response.status === 204) return undefined;
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) return response.json();
  return type.startsWith("text/plain") ? response.text() : response.blob();
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `path?name=value…`, without what is missing or empty. */
export function withQuery(path: string, query: Query): string {
  const named = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const text = new URLSearchParams(named.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Asks a door: `ask("GET /api/auctions/{id}", { ids: { id: 7 }, signal })`. What it takes and what it answers are the
 * server's own types; a refusal is an `HttpProblem`.
 */
export function ask<D extends Door>(door: D, ...[asked]: Arguments<Asked<D>>): Promise<AnswerOf<D>> {
  const { ids, query, body, ...sending } = (asked ?? {}) as Sending & {
    ids?: Record<string, number>;
    query?: Query;
    body?: unknown;
  };
  const [method = "GET", template = ""] = door.split(" ");
  return send(method, addressOf(template, ids, query), body, sending);
}

/** `api/vehicles/7/photos?defect=3`, relative to the root. */
function addressOf(template: string, ids: Record<string, number> = {}, query: Query = {}): string {
  const path = template.slice(1).replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
  return withQuery(path, query);
}

const under = (path: string) => `api/${path}`;

export const http = {
  get: <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
    send<T>("GET", under(withQuery(path, query)), undefined, { signal }),
  post: <T>(path: string, body?: unknown, sending: Sending = {}) =>
    send<T>("POST", under(path), body, sending),
  put: <T>(path: string, body?: unknown, sending: Sending = {}) => send<T>("PUT", under(path), body, sending),
  patch: <T>(path: string, body: unknown, sending: Sending = {}) =>
    send<T>("PATCH", under(path), body, sending),
  remove: <T>(path: string, sending: Sending = {}) => send<T>("DELETE", under(path), undefined, sending),
};
