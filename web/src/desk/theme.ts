/** How Mantine's pieces behave in this house, where that is not their own way; their looks are in tokens.css. */
import type { MantineThemeOverride } from "@mantine/core";

/**
 * Choices open when they are clicked, typed into or asked by an arrow. Not when the focus only comes by: a refused form
 * leads to its first wrong field, and the choices would cover what it says.
 */
const onAsking = { defaultProps: { openOnFocus: false } };

export const THEME: MantineThemeOverride = { components: { Select: onAsking, Autocomplete: onAsking } };
