/** A photo that cannot be loaded is drawn as a car in outline; another one in its place is tried again. */
import "../language";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PhotoImage } from "./PhotoImage";

afterEach(cleanup);

test("a photo that is gone leaves an outline, until another comes", () => {
  const { container, rerender } = render(<PhotoImage src="/photos/1" alt="Photo 1" />);
  fireEvent.error(screen.getByAltText("Photo 1"));
  expect(screen.queryByAltText("Photo 1")).toBeNull();
  expect(container.querySelector("svg title")?.textContent).not.toBe("");
  rerender(<PhotoImage src="/photos/2" alt="Photo 2" />);
  expect(screen.getByAltText("Photo 2").getAttribute("src")).toBe("/photos/2");
});
