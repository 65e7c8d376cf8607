/** What the part "account" says in English. */
import type { AccountWords } from "./words.fr";

export const en: AccountWords = {
  email: "E-mail address",
  your_name: "Your name",
  password: {
    choose: "Choose a password",
    length: "At least {{count}} characters. A few words in a row are safe and easy to remember.",
    too_short: "At least {{count}} characters.",
  },
  link: {
    dead: "This link no longer works",
    dead_invitation:
      "It was used, has expired, or the invitation was withdrawn. If you accepted it, sign in; otherwise ask the dealer to send it again.",
    dead_colleague:
      "It was used, has expired, or the invitation was withdrawn. If you accepted it, sign in; otherwise ask your administrator to invite you again.",
    dead_password:
      "It was used, or has expired: it is good for one hour. Ask for a new one, then follow the last you received.",
    broken: "This link is incomplete",
    broken_text: "Open it from the e-mail with a click, or copy all of it, with everything after the # sign.",
    ask_again: "Ask for a new link",
    to_sign_in: "Go to sign-in",
    signed_in_as: "You are signed in: {{who}}.",
    other_account: "Use another account",
    accept: "Accept with this account",
    sign_in_first: "This address has an account: sign in, and the invitation is accepted.",
    sign_in_own: "Sign in with your account, and the invitation is accepted.",
    sign_in_and_accept: "Sign in and accept",
    have_account: "I have an account",
    make_account: "Make an account",
    email_fixed: "You will sign in with this address.",
  },
  invitation: {
    title: "Invitation",
    heading: "{{group}} invites you",
    lead_one:
      "{{who}} invites you to connect with this entity. You will be told of its vehicle auctions, and can bid in them:",
    lead_many:
      "{{who}} invites you to connect with these entities. You will be told of their vehicle auctions, and can bid in them:",
    lead_other:
      "{{who}} invites you to connect with these entities. You will be told of their vehicle auctions, and can bid in them:",
    until: "The link works once, until {{at}}.",
    dealers_cannot: "This is a dealer’s account, which buys nothing: accept with a trader’s account.",
    your_account: "Your account",
    your_company: "Your company",
    accept_new: "Make the account and accept",
    welcome_one: "Welcome. You are connected with {{entities}}: its auctions show up here.",
    welcome_many: "Welcome. You are connected with {{entities}}: their auctions show up here.",
    welcome_other: "Welcome. You are connected with {{entities}}: their auctions show up here.",
  },
  colleague: {
    title: "Invitation",
    heading: "Join {{entity}}",
    lead: "{{who}} invites you to work at {{entity}} with Adjugé.",
    other_account: "The invitation was sent to {{email}}: it is accepted with that address’s account only.",
    accept_new: "Make the account and start",
    welcome: "Welcome, {{name}}. You now work at {{entity}}.",
  },
  forgotten: {
    title: "Forgotten password",
    lead: "Give the address of your account: we send a link there to choose a new password.",
    send: "Send me the link",
    sent: "Look at your mail",
    sent_text:
      "If {{email}} has an account, a link is on its way to it. It is good for {{minutes}} minutes and works once.",
    nothing_comes:
      "Nothing comes? Look among the junk mail, and check that it is the address of your account.",
    other: "Another address",
  },
  reset: {
    title: "New password",
    lead: "Saving it signs you out everywhere you were signed in.",
    save: "Save the password",
    done: "Password changed",
    done_text: "You are signed out everywhere. Sign in with the new password.",
  },
};
