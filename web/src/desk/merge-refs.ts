/** One ref out of several: what a scroll area of the library asks another library for (vite.config.ts). */
import { useMergedRef } from "@mantine/hooks";
import type { Ref } from "react";

export function useMergeRefs<Instance>(refs: Ref<Instance>[]) {
  return useMergedRef(...refs);
}
