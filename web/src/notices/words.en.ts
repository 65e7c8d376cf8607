/** What the part "notices" says in English. */
import type { NoticesWords } from "./words.fr";

export const en: NoticesWords = {
  title: "Notifications",
  show: "Notifications shown",
  all: "All",
  unread: "Unread ({{left}})",
  unread_word: "Unread: ",
  read: "Mark as read",
  read_one: "Mark as read: {{heading}}",
  read_all: "Mark all as read",
  nothing:
    "No notifications. What concerns you appears here as soon as it happens, and goes out by e-mail as well.",
  nothing_unread: "Everything is read.",
};
