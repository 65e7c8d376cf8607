// Light or dark in one click; turning back to what the device shows follows the device again.
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import "../language";
import { ThemeButton } from "./choices";

test("a choice stands until it is turned back to the device's own", async () => {
  const device = { matches: true, addEventListener: () => {}, removeEventListener: () => {} };
  vi.stubGlobal("matchMedia", () => device);
  render(
    <MantineProvider defaultColorScheme="auto">
      <ThemeButton />
    </MantineProvider>,
  );
  const scheme = () => document.documentElement.dataset.mantineColorScheme;
  const kept = () => localStorage.getItem("mantine-color-scheme-value");
  expect(scheme()).toBe("dark");
  await userEvent.click(screen.getByRole("button"));
  expect([scheme(), kept()]).toEqual(["light", "light"]);
  await userEvent.click(screen.getByRole("button"));
  expect([scheme(), kept()]).toEqual(["dark", "auto"]);
});
