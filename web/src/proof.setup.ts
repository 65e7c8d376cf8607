/**
 * Before every test of the pages: updates are awaited with `act`, for longer than a busy machine takes, and each test
 * leaves an empty document behind.
 */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
configure({ asyncUtilTimeout: 10_000 });
afterEach(() => cleanup());
