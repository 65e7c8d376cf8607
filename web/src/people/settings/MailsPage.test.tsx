// Mails that were given up: "send again" queues that one, the list is read anew, a refusal stays where it happened.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import "../../language";
import { MeProvider } from "../../desk/me";
import type { DeadLetter } from "../../wire/generated/http";
import "../words";
import { MailsPage } from "./MailsPage";

const LETTERS: DeadLetter[] = ["achats@auto71.example", "contact@semine.example"].map((email, at) => ({
  id: at + 1,
  kind: "order_placed",
  email,
  failure: "550 no such mailbox",
  attempts: 12,
  queued_at: "2026-01-05T10:00:00Z",
  dead_at: "2026-01-06T10:00:00Z",
}));
let given: DeadLetter[] = [];
let asked: string[] = [];
let refused = false;

async function answer(address: URL | string, { method = "GET" }: RequestInit = {}): Promise<Response> {
  const path = String(address).replace(/^.*\/api/, "");
  if (method === "POST") {
    asked.push(path);
    if (refused) return Response.json({ error: { code: "not_found", message: "Perdu." } }, { status: 404 });
    given = given.filter(({ id }) => path !== `/dead-letters/${id}/retry`);
    return new Response(null, { status: 204 });
  }
  if (path.startsWith("/sessions")) return Response.json({ user: null, demonstration: null });
  return Response.json({ items: given, pages: 1, page: 1, total: given.length });
}

async function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const me = {
    id: 1,
    name: "Ana",
    email: "",
    role: "dealer",
    language: "fr",
    company: "",
    entities: [],
  } as const;
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <MeProvider me={{ ...me, entities: [] }}>
          <MailsPage />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.findByRole("button", { name: "Renvoyer à contact@semine.example" });
}

beforeEach(() => {
  [given, asked, refused] = [LETTERS, [], false];
  vi.stubGlobal("fetch", answer);
});

test("the mail is queued, says so and leaves the list; the other stays", async () => {
  await userEvent.click(await open());
  expect(await screen.findByText("Le courrier pour contact@semine.example repart.")).toBeTruthy();
  expect(asked).toEqual(["/dead-letters/2/retry"]);
  const table = screen.getByRole("table", { name: "Courriers non remis" });
  await waitFor(() => expect(within(table).queryByText("contact@semine.example")).toBeNull());
  expect(within(table).getByText("achats@auto71.example")).toBeTruthy();
});

test("a refusal is said beside the mail, which stays", async () => {
  refused = true;
  await userEvent.click(await open());
  const table = screen.getByRole("table", { name: "Courriers non remis" });
  const row = (await within(table).findByRole("alert")).closest("tr, li") as HTMLElement;
  expect(row.textContent).toContain("contact@semine.example");
  expect(asked).toHaveLength(1);
});
