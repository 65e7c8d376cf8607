/** The styles of the Mantine components that only the dealer's part uses. */
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
