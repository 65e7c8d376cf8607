// Pages whose doors need a right: whoever lacks it reads that there is nothing for him here, and no door is tried.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import "../language";
import People from "../people/Pages";
import Traders from "../traders/Pages";
import type { Right } from "../wire/generated/http";
import { MeProvider } from "./me";

let asked: string[] = [];

async function answer(address: URL | string): Promise<Response> {
  asked.push(String(address).replace(/^.*\/api/, ""));
  if (/sessions$/.test(String(address))) return Response.json({ user: null, demonstration: null });
  return Response.json({ items: [], pages: 1, page: 1, total: 0 });
}

function open(path: string, rights: Right[]) {
  const entity = { id: 1, name: "Lyon", shared: false, rights, validate_trade_ins: "none" as const };
  const me = { id: 1, name: "Ana", email: "", role: "dealer", language: "fr", company: "" } as const;
  const { hook, searchHook } = memoryLocation({ path });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MeProvider me={{ ...me, entities: [entity] }}>
          <Router hook={hook} searchHook={searchHook}>
            {/^.(users|settings)/.test(path) ? <People /> : <Traders />}
          </Router>
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", answer);
});

test.each<[string, Right]>([
  ["/invitations", "manage_connections"],
  ["/traders/new", "manage_connections"],
  ["/mailing-lists/new", "manage_mailing_lists"],
  ["/users/invitations", "manage_users"],
  ["/settings/mails", "manage_users"],
])("%s is there for who may %s, and for nobody else", async (path, right) => {
  open(path, ["manage_stock", "make_offers"]);
  expect(await screen.findByText(/n’existe pas, ou vous n’y avez pas accès/)).toBeTruthy();
  expect(asked).toEqual([]);
  cleanup();
  open(path, [right]);
  expect(await screen.findByRole("heading", { level: 1 })).toBeTruthy();
  await waitFor(() => expect(asked).not.toEqual([]));
});
