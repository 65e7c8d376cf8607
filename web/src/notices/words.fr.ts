/** What the part "notices" says in French; the shape of its English. What a notice says is among the first view's words. */
export const fr = {
  title: "Notifications",
  show: "Notifications affichées",
  all: "Toutes",
  unread: "Non lues ({{left}})",
  unread_word: "Non lue : ",
  read: "Marquer comme lue",
  read_one: "Marquer comme lue : {{heading}}",
  read_all: "Tout marquer comme lu",
  nothing:
    "Aucune notification. Ce qui vous concerne s’inscrit ici dès que cela arrive, et part aussi par e-mail.",
  nothing_unread: "Tout est lu.",
};

export type NoticesWords = typeof fr;
