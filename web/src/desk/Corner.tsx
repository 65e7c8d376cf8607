/**
 * Where toasts stand, notices and "done" alike: beneath whatever one works with, never over it. Each closes by its
 * button, all of them on Escape where nothing else is open that Escape would close. They never take the focus.
 */
import { Notifications, notifications, notificationsStore } from "@mantine/notifications";
import { useEffect } from "react";
import css from "./corner.module.css";

const WIDTH = 360;
const AT_ONCE = 5;
/** Above what a page scrolls, below its bars (5 and more), the header and every dialog. */
const LAYER = 4;
/** What Escape closes first. */
const OPENED =
  "[role=dialog], dialog[open], [role=menu], [role=listbox], header details[open], nav details[open]";

const isOpen = () => [...document.querySelectorAll(OPENED)].some((one) => one.checkVisibility());

export function Corner() {
  useEffect(() => {
    const escaping = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || isOpen()) return;
      for (const { id } of notificationsStore.getState().notifications) if (id) notifications.hide(id);
    };
    // Before whoever else closes something on Escape: what is open is still there to be seen.
    window.addEventListener("keydown", escaping, true);
    return () => window.removeEventListener("keydown", escaping, true);
  }, []);
  return (
    <Notifications
      className={css.corner}
      position="bottom-left"
      limit={AT_ONCE}
      containerWidth={WIDTH}
      zIndex={LAYER}
    />
  );
}
