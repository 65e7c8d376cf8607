/** Who is signed in, as the pages remember it: another user finds nothing of the one before. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { typedBy } from "../desk/form/kept";
import { askWhoReads, useHasLeft, useSession, useSignOut } from "./session";

const AUCTIONS = ["auctions", { state: "open" }, 1];
const TYPED = "adjuge-typed-vehicle";

/** The page of user 1 with something read and something typed; `next` is what the server then says. */
async function afterwards(next: number | null) {
  let user: number | null = 1;
  const asked = vi.fn(async () => Response.json({ user: user && { id: user }, demonstration: false }));
  vi.stubGlobal("fetch", asked);
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useSession(), { wrapper });
  await waitFor(() => expect(result.current.data?.user?.id).toBe(1));
  client.setQueryData(AUCTIONS, ["what user 1 read"]);
  sessionStorage.setItem(TYPED, "{}");
  user = next;
  askWhoReads(client);
  await waitFor(() => expect(result.current.data?.user?.id).toBe(next ?? undefined));
  await waitFor(() => expect(result.current.isFetching).toBe(false));
  expect(asked).toHaveBeenCalledTimes(2);
  return client;
}

beforeEach(() => sessionStorage.clear());

describe("who reads", () => {
  it("finds nothing of the user before", async () => {
    const client = await afterwards(2);
    expect(client.getQueryData(AUCTIONS)).toBeUndefined();
    expect(sessionStorage.getItem(TYPED)).toBeNull();
  });

  it("keeps what is its own", async () => {
    const client = await afterwards(1);
    expect(client.getQueryData(AUCTIONS)).toEqual(["what user 1 read"]);
    expect(sessionStorage.getItem(TYPED)).toBe("{}");
  });

  it("finds its page again after the session has ended", async () => {
    const client = await afterwards(null);
    expect(client.getQueryData(AUCTIONS)).toEqual(["what user 1 read"]);
    expect(sessionStorage.getItem(TYPED)).toBe("{}");
  });

  it("finds nothing that another typed before the page was loaded anew", () => {
    typedBy(1);
    sessionStorage.setItem(TYPED, "{}");
    typedBy(1);
    expect(sessionStorage.getItem(TYPED)).toBe("{}");
    typedBy(2);
    expect(sessionStorage.getItem(TYPED)).toBeNull();
  });
});

/** User 1 signs out, and the server answers with that status; 0: there is no answer. */
async function signingOut(status: number) {
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_: unknown, asked?: RequestInit) => {
      if (asked?.method !== "DELETE") return Response.json({ user: { id: 1 }, demonstration: false });
      if (status === 0) throw new TypeError("Failed to fetch");
      return new Response(null, { status });
    }),
  );
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const use = () => ({ session: useSession(), leaving: useSignOut(), hasLeft: useHasLeft() });
  const { result } = renderHook(use, { wrapper });
  await waitFor(() => expect(result.current.session.data?.user?.id).toBe(1));
  client.setQueryData(AUCTIONS, ["what user 1 read"]);
  act(() => result.current.leaving.mutate());
  await waitFor(() => expect(result.current.leaving.isIdle || result.current.leaving.isPending).toBe(false));
  return { client, now: () => result.current };
}

describe("signing out", () => {
  it.each([204, 401])("forgets whoever was there (%d)", async (status) => {
    const { client, now } = await signingOut(status);
    await waitFor(() => expect(now().session.data?.user).toBeNull());
    expect(now().hasLeft).toBe(true);
    expect(client.getQueryData(AUCTIONS)).toBeUndefined();
  });

  it.each([0, 500])("that fails says so and leaves everything as it is (%d)", async (status) => {
    const { client, now } = await signingOut(status);
    expect(now().leaving.isError).toBe(true);
    expect(now().session.data?.user?.id).toBe(1);
    expect(now().hasLeft).toBe(false);
    expect(client.getQueryData(AUCTIONS)).toEqual(["what user 1 read"]);
  });
});
