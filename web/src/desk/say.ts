/** One short line in the corner: something was done. Failures belong where they happened, not here. */
import { notifications } from "@mantine/notifications";
import { i18next } from "../language";

const SHOWN_MS = 5_000;

export function say(text: string): void {
  notifications.show({
    color: "blue",
    autoClose: SHOWN_MS,
    message: text,
    closeButtonProps: { "aria-label": i18next.t("notice.close") },
  });
}
