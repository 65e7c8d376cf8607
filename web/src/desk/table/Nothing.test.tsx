// An empty list says what to do next: back to all of it, or what comes first, if that is the reader's to do.
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Nothing } from "./Nothing";

afterEach(cleanup);

const ALL = { says: "All", href: "/cars" };
const FIRST = { says: "Import", href: "/cars/import" };

test.each([
  [true, FIRST, "Nothing found", ALL],
  [true, null, "Nothing found", ALL],
  [false, FIRST, "No cars", FIRST],
  [false, null, "No cars", null],
] as const)("narrowed %s, first %o: says %s", (narrowed, first, says, way) => {
  render(
    <MantineProvider env="test">
      <Nothing narrowed={narrowed} nothing="Nothing found" all={ALL} empty="No cars" first={first} />
    </MantineProvider>,
  );
  expect(screen.getByText(says)).toBeTruthy();
  expect(screen.queryAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")])).toEqual(
    way ? [[way.says, way.href]] : [],
  );
});
