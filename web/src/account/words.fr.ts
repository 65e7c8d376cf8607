/** What the part "account" says in French; the shape of its English. */
export const fr = {
  title: "Mon compte",
  places: {
    profile: "Profil",
    company: "Société",
    security: "Mot de passe et sessions",
    tokens: "Jetons d’API",
  },
  profile: {
    name_dealer: "Vos collègues le voient.",
    name_trader: "Celui qui s’affiche sur votre compte.",
    email_hint: "Vous vous connectez avec elle.",
    language: "Langue",
    language_hint: "Pour vos e-mails et pour ces pages.",
    works_at_one: "Vous travaillez dans {{entities}}.",
    works_at_many: "Vous travaillez dans {{entities}}.",
    works_at_other: "Vous travaillez dans {{entities}}.",
  },
  company: {
    no_representative:
      "Indiquez le représentant légal : sans lui, aucun bon de commande ne peut être passé pour vous.",
    identity:
      "La raison sociale, le SIRET et le type ne se changent pas ici : une autre société est un autre compte.",
  },
  sessions: {
    title: "Sessions ouvertes",
    device: "Appareil",
    seen: "Vue",
    opened: "Ouverte",
    expires: "Expire",
    end: "Déconnecter",
    ended: "Session fermée.",
    unknown: "Appareil inconnu",
    this_one: "Cette session",
    end_others: "Déconnecter partout ailleurs",
    end_others_title: "Déconnecter partout ailleurs ?",
    end_others_text_one: "Une autre session se ferme ; celle-ci reste ouverte.",
    end_others_text_many: "{{count}} autres sessions se ferment ; celle-ci reste ouverte.",
    end_others_text_other: "{{count}} autres sessions se ferment ; celle-ci reste ouverte.",
    others_ended: "Déconnecté partout ailleurs.",
  },
  tokens: {
    title: "Jetons d’API",
    lead: "Un programme se connecte avec un jeton à la place de votre mot de passe.",
    may: "Il peut tout ce que vous pouvez, par HTTP et en direct : protégez-le comme un mot de passe.",
    may_not: "Il ne peut pas créer d’autres jetons, et ne vaut plus rien dès qu’il est révoqué.",
    documents: "Le protocole :",
    live: "en direct",
    name: "Nom du jeton",
    name_hint: "Par exemple : import du stock",
    make: "Créer un jeton",
    made_at: "Créé",
    empty: "Aucun jeton. Nommez-en un ci-dessus pour qu’un programme travaille en votre nom.",
    fresh: "Jeton « {{name}} »",
    fresh_text: "Copiez-le maintenant : il ne sera plus jamais affiché.",
    copy: "Copier",
    copied: "Copié",
    not_copied: "Le navigateur ne permet pas de copier : sélectionnez-le et copiez-le vous-même.",
    noted: "C’est noté",
    revoke: "Révoquer",
    revoke_title: "Révoquer « {{name}} » ?",
    revoke_text: "Le programme qui l’utilise est déconnecté aussitôt et ne peut plus rien faire.",
    revoked: "Jeton révoqué.",
  },
  email: "Adresse e-mail",
  your_name: "Votre nom",
  password: {
    change: "Changer de mot de passe",
    change_hint: "Toutes vos autres sessions se ferment ; celle-ci reste ouverte.",
    current: "Mot de passe actuel",
    save: "Changer le mot de passe",
    changed: "Mot de passe changé. Vos autres sessions sont fermées.",
    choose: "Choisissez un mot de passe",
    length: "{{count}} caractères au moins. Une suite de quelques mots est sûre et se retient.",
    too_short: "{{count}} caractères au moins.",
  },
  link: {
    dead: "Ce lien ne fonctionne plus",
    dead_invitation:
      "Il a déjà servi, a expiré, ou l’invitation a été retirée. Si vous l’avez acceptée, connectez-vous ; sinon, demandez au distributeur de vous la renvoyer.",
    dead_colleague:
      "Il a déjà servi, a expiré, ou l’invitation a été retirée. Si vous l’avez acceptée, connectez-vous ; sinon, demandez à votre administrateur de vous inviter de nouveau.",
    dead_password:
      "Il a déjà servi, ou a expiré : il n’est valable qu’une heure. Demandez-en un nouveau, puis suivez le dernier reçu.",
    broken: "Ce lien est incomplet",
    broken_text:
      "Ouvrez-le depuis l’e-mail d’un clic, ou copiez-le en entier, avec tout ce qui suit le signe #.",
    ask_again: "Demander un nouveau lien",
    to_sign_in: "Aller à la connexion",
    signed_in_as: "Vous êtes connecté : {{who}}.",
    other_account: "Utiliser un autre compte",
    accept: "Accepter avec ce compte",
    sign_in_first: "Cette adresse a déjà un compte : connectez-vous, et l’invitation est acceptée.",
    sign_in_own: "Connectez-vous avec votre compte, et l’invitation est acceptée.",
    sign_in_and_accept: "Se connecter et accepter",
    have_account: "J’ai déjà un compte",
    make_account: "Créer un compte",
    email_fixed: "C’est à cette adresse que vous vous connecterez.",
  },
  invitation: {
    title: "Invitation",
    heading: "{{group}} vous invite",
    lead_one:
      "{{who}} vous invite à vous connecter à cette entité. Vous recevrez ses enchères de véhicules et pourrez y enchérir :",
    lead_many:
      "{{who}} vous invite à vous connecter à ces entités. Vous recevrez leurs enchères de véhicules et pourrez y enchérir :",
    lead_other:
      "{{who}} vous invite à vous connecter à ces entités. Vous recevrez leurs enchères de véhicules et pourrez y enchérir :",
    until: "Le lien sert une fois, jusqu’au {{at}}.",
    dealers_cannot:
      "C’est le compte d’un distributeur, qui n’achète pas : acceptez avec un compte de professionnel.",
    your_account: "Votre compte",
    your_company: "Votre société",
    accept_new: "Créer le compte et accepter",
    welcome_one: "Bienvenue. Vous êtes connecté à {{entities}} : ses enchères s’affichent ici.",
    welcome_many: "Bienvenue. Vous êtes connecté à {{entities}} : leurs enchères s’affichent ici.",
    welcome_other: "Bienvenue. Vous êtes connecté à {{entities}} : leurs enchères s’affichent ici.",
  },
  colleague: {
    title: "Invitation",
    heading: "Rejoignez {{entity}}",
    lead: "{{who}} vous invite à travailler dans {{entity}} avec Adjugé.",
    other_account:
      "L’invitation a été envoyée à {{email}} : elle s’accepte avec le compte de cette adresse seulement.",
    accept_new: "Créer le compte et commencer",
    welcome: "Bienvenue, {{name}}. Vous travaillez maintenant dans {{entity}}.",
  },
  forgotten: {
    title: "Mot de passe oublié",
    lead: "Indiquez l’adresse de votre compte : nous y envoyons un lien pour choisir un nouveau mot de passe.",
    send: "Recevoir le lien",
    sent: "Regardez vos e-mails",
    sent_text:
      "Si un compte existe pour {{email}}, un lien vient d’y être envoyé. Il est valable {{minutes}} minutes et sert une fois.",
    nothing_comes:
      "Rien ne vient ? Regardez dans les indésirables, et vérifiez que c’est bien l’adresse de votre compte.",
    other: "Autre adresse",
  },
  reset: {
    title: "Nouveau mot de passe",
    lead: "L’enregistrer vous déconnecte partout où vous l’étiez.",
    save: "Enregistrer le mot de passe",
    done: "Mot de passe changé",
    done_text: "Vous êtes déconnecté partout. Connectez-vous avec le nouveau mot de passe.",
  },
};

export type AccountWords = typeof fr;
