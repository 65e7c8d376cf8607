/** A page that breaks says so, and the next address is read as if nothing had been. */
import "../language";
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { Link, Route, Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { Boundary } from "./Boundary";

function Breaks(): never {
  throw new Error("a bug of ours");
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test("what broke stays at its address", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { hook, navigate } = memoryLocation({ path: "/" });
  render(
    <MantineProvider>
      <Router hook={hook}>
        <Boundary>
          <Route path="/">
            <Link href="/broken">On</Link>
          </Route>
          <Route path="/broken">
            <Breaks />
          </Route>
        </Boundary>
      </Router>
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole("link", { name: "On" }));
  expect(screen.getByRole("alert")).toBeTruthy();
  navigate("/");
  expect(await screen.findByRole("link", { name: "On" })).toBeTruthy();
});
