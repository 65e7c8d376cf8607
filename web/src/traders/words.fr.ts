/** What the part "traders" says in French; the shape of its English. */
export const fr = {
  title: "Professionnels",
  kinds: { merchant: "Marchand", bidder: "Enchériste" },
  company: {
    legal_name: "Raison sociale",
    siret: "SIRET",
    siret_hint: "14 chiffres.",
    siret_wrong: "14 chiffres, dont la clé doit être juste : vérifiez-les.",
    vat_number: "N° de TVA",
    ape_code: "Code APE",
    kind: "Type",
    kind_hint: "Un enchériste achète par l’API.",
    street: "Adresse",
    postcode: "Code postal",
    city: "Ville",
    country: "Pays",
    country_hint: "Code de deux lettres : FR, BE…",
    phone: "Téléphone",
    email: "E-mail de la société",
    email_hint: "Pour les papiers ; on se connecte avec celui du compte.",
    legal_representative: "Représentant légal",
    legal_representative_hint: "Nécessaire avant un bon de commande.",
  },
};

export type TradersWords = typeof fr;
