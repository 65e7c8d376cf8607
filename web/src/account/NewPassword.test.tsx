/** What a password's field says to whoever does not see its eye is in the reader's language. */
import i18next from "i18next";
import "../language";
import "./words";
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { NewPassword } from "./NewPassword";

afterEach(cleanup);

test.each([
  ["fr", "Afficher ou masquer le mot de passe"],
  ["en", "Show or hide the password"],
])("in %s the eye is called %j", async (language, name) => {
  await i18next.changeLanguage(language);
  render(
    <MantineProvider>
      <NewPassword />
    </MantineProvider>,
  );
  expect(screen.getByRole("button", { name })).toBeTruthy();
});
