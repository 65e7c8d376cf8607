// A sign-up that is sent empty: each field that lacks something says so, the password among them, also to whoever hears it.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../language";
import "../words";
import { ColleaguePage } from "./ColleaguePage";
import { InvitationPage } from "./InvitationPage";

const LINK = {
  email: "ana@auto71.example",
  language: "fr",
  expires_at: "2099-01-05T10:00:00Z",
  invited_by: "Zoé",
};
let sent: string[] = [];

async function answer(address: URL | string): Promise<Response> {
  const path = String(address).replace(/^.*\/api/, "");
  if (path.includes("acceptance")) sent.push(path);
  if (path === "/sessions") return Response.json({ user: null, demonstration: false });
  return Response.json(
    path === "/invitation-links"
      ? { ...LINK, group: "Valserine", entities: ["Lyon"], company: {}, sign_in: false }
      : { ...LINK, entity_name: "Lyon", has_account: false },
  );
}

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", answer);
  window.history.replaceState(null, "", "#secret");
});
afterEach(cleanup);

test.each([
  ["a trader", InvitationPage, ["Votre nom", "Choisissez un mot de passe", "Raison sociale", "SIRET"]],
  ["a colleague", ColleaguePage, ["Votre nom", "Choisissez un mot de passe"]],
])("%s who sends it empty reads what lacks, field by field", async (_who, Page, lacking) => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Page />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: /^Créer le compte et/ }));
  for (const name of lacking) {
    const field = screen.getByLabelText(new RegExp(`^${name}`));
    expect(field.getAttribute("aria-invalid"), name).toBe("true");
    expect(field.getAttribute("aria-required"), name).toBe("true");
    const told = (field.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .find((id) => id.endsWith("-error"));
    expect(document.getElementById(told ?? "")?.textContent, name).toMatch(
      /^(À renseigner|8 caractères au moins)\.$/,
    );
  }
  expect(document.querySelectorAll("[aria-invalid=true]")).toHaveLength(lacking.length);
  expect(sent).toEqual([]);
});
