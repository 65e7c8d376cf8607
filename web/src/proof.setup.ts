/** Before every test of the pages: each test leaves an empty document behind. */
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(() => cleanup());
