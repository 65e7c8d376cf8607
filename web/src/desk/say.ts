/** One short line in the corner, in the place of the one before: something was done. Failures belong where they happened. */
import { notifications } from "@mantine/notifications";
import { i18next } from "../language";

const SHOWN_MS = 5_000;
let said = "";

export function say(text: string): void {
  notifications.hide(said);
  said = notifications.show({
    color: "blue",
    autoClose: SHOWN_MS,
    message: text,
    closeButtonProps: { "aria-label": i18next.t("notice.close") },
  });
}
